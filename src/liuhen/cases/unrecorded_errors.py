"""What exemptions, interruptions and reports that recording cannot go on refuse."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.regulations.errors import ByArticle


class NoSuchPaper(Refusal):
    code = "unrecorded.no_such"
    message = _("没有这项登记，或者您无权查看。请从“免予记录与中断”列表中打开。")


class NotOfThisActivity(Refusal):
    code = "unrecorded.not_of_this_activity"
    message = _("只有参加本次执法活动的人员和登记人可以办理。请由其办理。")


class ActivityVoided(Refusal):
    code = "unrecorded.activity_voided"
    message = _("执法活动“{number}”已作废，不能再办理免予记录、中断和报告。")


class WordsMissing(Refusal):
    code = "unrecorded.words_missing"
    message = _("请填写“{field}”后再提交。")


class RegulationSilent(Refusal):
    code = "unrecorded.regulation_silent"
    message = _("本单位执行的制度没有规定哪些执法活动应当记录，也没有规定免予记录。无需办理。")


class NoExemption(ByArticle):
    code = "unrecorded.no_exemption"
    message = _(
        "制度没有规定可以免予记录的情形，“{cause}”不能免予记录。"
        "途中停止记录的，请登记中断并写明原因。"
    )


class CauseNotListed(ByArticle):
    code = "unrecorded.cause_not_listed"
    message = _("“{cause}”不属于制度规定可以免予记录的情形，应当进行音像记录。请核对事由。")


class AskedTooLate(ByArticle):
    code = "unrecorded.asked_too_late"
    message = _(
        "不记录须事前取得同意，执法活动已于{arrived_at}开始，不能事后补办。未记录的，按未记录处理。"
    )


class ExemptionThere(Refusal):
    code = "unrecorded.exemption_there"
    message = _("该执法活动已办理免予记录，目前为“{state}”，无需重复办理。请在原登记上继续办理。")


class OwnPaper(Refusal):
    code = "unrecorded.own_paper"
    message = _("不能审核、阅知由本人提交的材料。请由规定的其他负责人办理。")


class NotYoursToDecide(ByArticle):
    code = "unrecorded.not_yours_to_decide"
    message = _("此事项由{posts}办理。请由其办理。")


class WrongStep(Refusal):
    code = "unrecorded.wrong_step"
    message = _("该材料目前为“{state}”，不能办理此步骤，可能刚由他人办理。请刷新页面查看。")


class NotYoursToFile(Refusal):
    code = "unrecorded.not_yours_to_file"
    message = _("材料由参加本次执法活动的人员或者资料保管员归档。请由其办理。")


class NotArrived(Refusal):
    code = "unrecorded.not_arrived"
    message = _("执法活动尚未登记到达现场的时间，不能登记中断。请先登记到达时间。")


class TimesTurned(Refusal):
    code = "unrecorded.times_turned"
    message = _("恢复记录的时间不能早于停止记录的时间。请核对后重新填写。")


class InTheFuture(Refusal):
    code = "unrecorded.in_the_future"
    message = _("“{field}”不能晚于现在。请核对后重新填写。")


class OutsideActivity(Refusal):
    code = "unrecorded.outside_activity"
    message = _("中断应在到达现场（{arrived_at}）之后、离开现场之前。请核对时间。")


class Overlapping(Refusal):
    code = "unrecorded.overlapping"
    message = _("这段时间与已登记的中断（{stretch}）重叠，无需重复登记。请在原登记上修改。")


class MarkElsewhere(Refusal):
    code = "unrecorded.mark_elsewhere"
    message = _("语音说明标记应是本次执法活动音像资料上的“说明中断原因”标记。请重新选择。")


class StopNotAsked(Refusal):
    code = "unrecorded.stop_not_asked"
    message = _("本单位执行的制度没有规定无法继续记录时的报告程序。请登记中断，写明原因。")


class SeenAlready(Refusal):
    code = "unrecorded.seen_already"
    message = _("该报告已由{name}于{at}阅知，无需重复办理。")


class StopThere(Refusal):
    code = "unrecorded.stop_there"
    message = _("该执法活动已于{at}报告无法继续记录，尚未恢复记录，无需重复报告。")


class StatementThere(Refusal):
    code = "unrecorded.statement_there"
    message = _("书面说明已于{at}提交，不能重复提交。")


class StatementNotAsked(ByArticle):
    code = "unrecorded.statement_not_asked"
    message = _("制度没有要求提交书面说明。")
