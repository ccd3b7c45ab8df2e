"""Refusals about taking evidence out."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NoSuchExtraction(Refusal):
    code = "extraction.no_such"
    message = _("没有这次证据提取，或者您无权查看。请从证据提取列表进入。")


class NothingToExtract(Refusal):
    code = "extraction.nothing_chosen"
    message = _("没有选择音像资料，未提取。请至少选择一份。")


class TooManyToExtract(Refusal):
    code = "extraction.too_many"
    message = _("一次至多提取 {most} 份音像资料，未提取。请分几次提取。")


class ChosenTwice(Refusal):
    code = "extraction.chosen_twice"
    message = _("资料 {recording} 选择了两次，未提取。请保留一次；需要两段节选的，分两次提取。")


class NotYoursToExtract(Refusal):
    code = "extraction.not_yours"
    topic = "outward"
    message = _(
        "您不能为案件“{case_no}”提取证据，未提取。请由该案件的办案人员、资料保管员或者法制机构办理。"
    )


class NeedsApproval(Refusal):
    code = "extraction.needs_approval"
    topic = "access"
    message = _(
        "本单位制度规定，提取证据须经{posts}批准。资料 {recordings} 没有已批准的提取申请，未提取。"
        "请先提出调阅申请，事项选“{kind}”，批准后再办理。"
    )


class NotOfThisCase(Refusal):
    code = "extraction.not_of_this_case"
    topic = "outward"
    message = _(
        "资料 {recordings} 没有归入案件“{case_no}”的执法活动，未提取。"
        "请先把资料归入执法活动，并在执法活动中选择本案；与本案无关的，另行申请复制。"
    )


class WitnessMissing(Refusal):
    code = "extraction.no_witness"
    message = _("没有选择另一名提取人，未提取。提取证据应由两人办理，请选择。")


class WitnessNotFit(Refusal):
    code = "extraction.witness_not_fit"
    message = _("“{name}”不能作为另一名提取人，未提取。须为本单位账号启用的其他人员，请另选一人。")


class NoteBlank(Refusal):
    code = "extraction.note_blank"
    topic = "evidence_note"
    message = _("文字说明缺少“{field}”，未提取。请补充后重新提交。")


class CopiesOutside(Refusal):
    code = "extraction.copies"
    topic = "evidence_note"
    message = _("复制份数应在 1 至 {most} 之间，未提取。请更正。")


class ExcerptOutside(Refusal):
    code = "extraction.excerpt_outside"
    message = _(
        "资料 {recording} 的节选起止时间不对，未提取。止点须晚于起点，且不超过资料时长，请更正。"
    )


class NoExcerptOfPhoto(Refusal):
    code = "extraction.photo"
    message = _("资料 {recording} 是照片，不能节选，未提取。请提取整张照片。")


class PutThereAlone(Refusal):
    code = "extraction.put_there_alone"
    topic = "evidence_note"
    message = _(
        "资料 {recordings} 归入案件“{case_no}”是由您本人登记的，不能由您自行提取，未提取。"
        "请录制人把您登记为共同执法人员，或者请资料保管人、法制机构提取。"
    )


class ApprovalOver(Refusal):
    code = "extraction.approval_over"
    topic = "access"
    message = _(
        "批准提取资料 {recording} 的调阅申请（{requests}）已到期或者被收回，不能再取得证据包。"
        "确需再次提供的，请重新申请，批准后重新提取。"
    )


class OthersApproval(Refusal):
    code = "extraction.others_approval"
    topic = "access"
    message = _(
        "资料 {recording} 是按他人获准的调阅申请（{requests}）提取的，许可只对本人有效，"
        "您不能取得证据包。请由申请人本人下载；您确需取得的，请另行申请。"
    )


class NotReady(Refusal):
    code = "extraction.not_ready"
    message = _("证据包“{number}”的节选尚未截取完成，不能下载。请稍候，完成后本页会自动更新。")


class CutFailed(Refusal):
    code = "extraction.cut_failed"
    message = _(
        "证据包“{number}”的节选未能截取：这种格式不能无损截取，或者该时段没有画面和声音。"
        "请重新提取，选择整个文件。"
    )


class ExcerptLost(Refusal):
    code = "extraction.excerpt_lost"
    message = _(
        "资料 {recording} 的节选文件已不在服务器上，或者与截取时不同，不能提供。"
        "原件不受影响，请重新提取一次。"
    )


class OriginalChanged(Refusal):
    code = "extraction.original_changed"
    message = _(
        "资料 {recording} 的原件无法读取，或者与封存时不一致，已停止提供。"
        "请立即报告资料保管员核查，并从备份中恢复。"
    )
