from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class ByArticle(Refusal):
    """Said with the article it rests on: another one in each bureau's regulation."""

    def __init__(self, article: int | None = None, **facts: object) -> None:
        super().__init__(None, **facts)
        self.article = None if article is None else str(article)


class NoRegulation(Refusal):
    code = "regulations.none"
    message = _("本单位尚未执行任何音像记录制度。请先完成初始设置。")


class NoSuchArticle(Refusal):
    code = "regulations.no_such_article"
    message = _("{day}执行的制度没有第 {number} 条。请核对条号或另选日期。")


class UnknownParameter(Refusal):
    code = "regulations.unknown_parameter"
    message = _("没有名为“{name}”的制度参数。请从参数表中选择要调整的参数。")


class ValueInvalid(Refusal):
    code = "regulations.value_invalid"
    message = _("填写的内容不符合该参数的要求：{problems}请修改后重新提出。")


class NothingChanges(Refusal):
    code = "regulations.nothing_changes"
    message = _("从 {day} 起执行的正是这一内容，无需调整。请核对生效日期和内容。")


class TooEarly(Refusal):
    code = "regulations.too_early"
    message = _("生效日期 {day} 已过。已经发生的事项按当时的制度办理，请填写今日或以后的日期。")


class TooFar(Refusal):
    code = "regulations.too_far"
    message = _("生效日期 {day} 在十年以后，请核对年份。")


class NoReason(Refusal):
    code = "regulations.no_reason"
    message = _("请写明调整理由，供审批和日后查阅。")


class AlreadyPending(Refusal):
    code = "regulations.already_pending"
    message = _("同一事项、同一生效日期已有一份待批准的申请。请先由批准人办理，或由提出人撤回。")


class NoSuchPack(Refusal):
    code = "regulations.no_such_pack"
    message = _("没有这一制度。请从列表中选择。")


class AlreadyFollowed(Refusal):
    code = "regulations.already_followed"
    message = _("{day}执行的正是这一制度，无需更换。")


class AdoptedThatDay(Refusal):
    code = "regulations.adopted_that_day"
    message = _("{day} 已有开始执行的制度，同一天不能再换。请另选日期。")


class ChangesAfter(Refusal):
    code = "regulations.changes_after"
    message = _(
        "现行制度有 {day} 起生效的参数调整已经批准，不能套用到新的制度上。"
        "请把新制度的执行日期定在这一天之后。"
    )


class OwnProposal(Refusal):
    code = "regulations.own_proposal"
    message = _("不能批准自己提出的申请。制度调整须由两人办理，请由另一名有批准权的人员办理。")


class NotTheProposer(Refusal):
    code = "regulations.not_the_proposer"
    message = _("只有提出人可以撤回申请。如不同意，请由批准人选择“不批准”。")


class AlreadyDecided(Refusal):
    code = "regulations.already_decided"
    message = _("该申请已经办理完毕，不能再次办理。请刷新页面查看结果。")


class DayPassed(Refusal):
    code = "regulations.day_passed"
    message = _(
        "申请的生效日期 {day} 已过，已经发生的事项不能改按新规定办理。"
        "请退回，由提出人改填以后的日期重新提出。"
    )


class RegulationChanged(Refusal):
    code = "regulations.changed_since"
    message = _("提出申请以后，本单位已改为执行另一制度，原申请不再适用。请对照新制度重新提出。")


class NoteMissing(Refusal):
    code = "regulations.note_missing"
    message = _("不批准须写明理由，以便提出人修改。")


class FileTooLarge(Refusal):
    code = "regulations.file_too_large"
    message = _("文件超过 {most} MB，未予保存。请压缩图片或只上传正文。")


class FileEmpty(Refusal):
    code = "regulations.file_empty"
    message = _("文件是空的，未予保存。请核对所选文件。")


class FileTypeUnknown(Refusal):
    code = "regulations.file_type"
    message = _("只接受 {kinds} 文件，且内容须与扩展名相符。请另存为上述格式后再上传。")


class FileUnreadable(Refusal):
    code = "regulations.file_unreadable"
    message = _("文件内容无法读取，可能已损坏或加密。请重新保存后再上传。")


class FileBloated(Refusal):
    code = "regulations.file_bloated"
    message = _("文件解压后过大或段落过长，不像制度正文，未予保存。请另存为纯文本后再上传。")


class TableRefused(Refusal):
    """`facts["rows"]`: every row's number with what is wrong in it."""

    code = "regulations.table_refused"
    message = _("表中有 {n} 处错误，全部未导入。请按下列提示改正后重新导入。")
