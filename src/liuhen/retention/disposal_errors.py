"""Why a recording is not appraised, not put on a register, not destroyed."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NothingChosen(Refusal):
    code = "disposal.nothing_chosen"
    message = _("没有选择资料，未办理。请在列表中勾选后再办理。")


class WordsBlank(Refusal):
    code = "disposal.words_blank"
    message = _("未填写{field}，未办理。请填写后再提交。")


class KeepDatePast(Refusal):
    code = "disposal.keep_date_past"
    message = _("继续保存的日期须在今天以后，未办理。请重新选择日期；永久保存的，不填日期。")


class NotYetDue(Refusal):
    code = "disposal.not_yet_due"
    topic = "retention"
    message = _("资料 {number} {why}，未办理。任何资料都不会因到期而自动销毁，期满后由保管员鉴定。")


class ClockAhead(Refusal):
    code = "disposal.clock_ahead"
    topic = "retention"
    message = _(
        "服务器时钟为 {wall}，存证日志能够证明的时间为 {lived}。期限和等待期以两者中较早的为准，"
        "现在还不能办理，未作改动。请稍后再办；两者相差较大的，请系统管理员核对服务器时钟。"
    )


class NotAppraised(Refusal):
    code = "disposal.not_appraised"
    topic = "retention"
    message = _("资料 {number} 没有“无保存价值”的鉴定意见，不能列入销毁清册。请先鉴定。")


class OnAnotherList(Refusal):
    code = "disposal.on_another_list"
    message = _("资料 {number} 已列入销毁清册 {list}，未重复办理。")


class NoSuchList(Refusal):
    code = "disposal.no_such"
    message = _("没有编号为“{number}”的销毁清册，或者您无权查看。请从“鉴定与销毁”进入。")


class WrongStep(Refusal):
    code = "disposal.wrong_step"
    message = _("销毁清册当前为“{state}”，不能办理此步骤，未作改动。请刷新页面查看最新进展。")


class OwnList(Refusal):
    code = "disposal.own_list"
    topic = "retention"
    message = _(
        "您已编制、审核或者批准这份销毁清册，或者鉴定过其中的资料，不能再由您办理这一步。请由他人办理。"
    )


class OwnRecordings(Refusal):
    code = "disposal.own_recordings"
    topic = "retention"
    message = _(
        "其中有您本人录制或者参加的执法活动的资料，不能由您鉴定、审核、批准或者监销。请由他人办理。"
    )


class NotYoursToRevoke(Refusal):
    code = "disposal.not_yours_to_revoke"
    message = _("您的岗位不能撤销销毁清册。请由资料保管员、法制机构或者主要负责人撤销。")


class StillWaiting(Refusal):
    code = "disposal.still_waiting"
    topic = "retention"
    message = _(
        "批准后须等待 {days} 天方可监销，{until} 以前不能办理；等待期间可以撤销。"
        "等待期以服务器时钟和存证日志时间中较慢的为准。"
    )


class WitnessedAlready(Refusal):
    code = "disposal.witnessed_already"
    message = _("您已确认监销，须由另一名监销人确认后方开始销毁。")


class ListEmpty(Refusal):
    code = "disposal.list_empty"
    message = _("销毁清册中已没有资料，不能提交。请撤销该清册。")


class NotOnList(Refusal):
    code = "disposal.not_on_list"
    message = _("所选资料有的已不在这份销毁清册中，未作改动。请刷新页面后重试。")


class NoSuchCopy(Refusal):
    code = "disposal.no_such_copy"
    message = _("所选副本有的不在这份清册中，或者已登记销毁，未作改动。请刷新页面后重试。")


class TooManyLines(Refusal):
    code = "disposal.too_many_lines"
    message = _("一份销毁清册最多列入 {most} 件，未编制。请分批办理。")
