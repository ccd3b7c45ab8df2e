"""What holds and complaints refuse."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.regulations.errors import ByArticle


class NoSuchHold(Refusal):
    code = "hold.no_such"
    message = _("没有这项保全，或者您无权查看。请从“保全与投诉”列表中打开。")


class NotYoursToPlace(ByArticle):
    code = "hold.not_yours"
    topic = "hold"
    message = _("此类保全由{posts}办理。请立即告知其办理。")


class ReasonMissing(Refusal):
    code = "hold.reason_missing"
    message = _("请写明保全理由后再提交，供日后申请解除时核对。")


class NothingNamed(Refusal):
    code = "hold.nothing_named"
    message = _("没有选定要保全的资料，未办理。请填写资料编号，或者改按案件、活动等范围保全。")


class TooManyNamed(Refusal):
    code = "hold.too_many_named"
    message = _(
        "一次最多逐份列出 {most} 份资料，本次列了 {n} 份，未办理。"
        "请改按案件、活动、设备或者时间范围保全。"
    )


class PeriodTurned(Refusal):
    code = "hold.period_turned"
    message = _("结束时间不能早于开始时间，未办理。请核对时间范围。")


class PeriodMissing(Refusal):
    code = "hold.period_missing"
    message = _("按时间范围保全的，须同时填写开始和结束时间，未办理。")


class OfAnotherBureau(Refusal):
    code = "hold.of_another_bureau"
    message = _("所选范围中有不属于本单位的内容，未办理。请重新选择。")


class HeldAlready(Refusal):
    code = "hold.there"
    message = _("同一范围、同一理由已有保全“{number}”，目前仍在保全中，未重复办理。")


class HoldChanged(Refusal):
    code = "hold.changed"
    message = _("该保全目前为“{state}”，不能办理此步骤，可能刚由他人办理。请刷新页面查看。")


class LiftReasonMissing(Refusal):
    code = "hold.lift_reason_missing"
    message = _("请写明{field}，未办理。解除保全后资料可能进入鉴定，须留下依据。")


class LiftByTwo(Refusal):
    code = "hold.lift_by_two"
    topic = "hold"
    message = _("解除保全须由两人办理：申请解除的人不能自己同意。请由另一名有权人员核对后办理。")


class AboutYourself(Refusal):
    code = "hold.about_yourself"
    topic = "hold"
    message = _("该事项涉及您本人或者您录制、参加的执法活动，须由其他人员办理，未作改动。")


class NoSuchComplaint(Refusal):
    code = "complaint.no_such"
    message = _("没有这件投诉，或者您无权查看。请从“保全与投诉”列表中打开。")


class ComplaintBlank(Refusal):
    code = "complaint.blank"
    message = _("请填写投诉内容后再提交。")


class ComplaintThere(Refusal):
    code = "complaint.there"
    message = _("同一投诉已登记为“{number}”，有关资料已经保全，未重复登记。")


class ReceivedLater(Refusal):
    code = "complaint.received_later"
    message = _("收到时间不能晚于现在，未登记。请核对时间。")


class OutcomeMissing(Refusal):
    code = "complaint.outcome_missing"
    message = _("请选择办理结果并写明调查情况，未办结。")


class ComplaintClosed(Refusal):
    code = "complaint.closed"
    message = _("该投诉已由{name}于{at}办结，未重复办理。")
