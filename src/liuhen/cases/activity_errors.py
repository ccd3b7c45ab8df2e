"""Refusals about activities and what happens on site."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class TwoOfficersNeeded(Refusal):
    """行政处罚法 42; the law's article, not the bureau's regulation's."""

    code = "activity.two_officers"
    message = _(
        "执法人员只有 {n} 名，未保存。《中华人民共和国行政处罚法》第四十二条规定，"
        "行政处罚应当由具有行政执法资格的执法人员实施，执法人员不得少于两人。请补选同行的执法人员。"
    )


class OfficerNotFit(Refusal):
    code = "activity.officer_not_fit"
    message = _("{name}不是本单位在岗的执法人员，未保存。请核对人员和岗位。")


class LeadNotAmong(Refusal):
    code = "activity.lead_not_among"
    message = _("现场负责人{name}不在本次活动的执法人员之中，未保存。请从执法人员中选定。")


class NotAmongOfficers(Refusal):
    code = "activity.not_among_officers"
    message = _(
        "您不在本次活动的执法人员之中，未保存。执法活动由参加的执法人员或者其科室负责人登记。"
    )


class NotYoursToChange(Refusal):
    code = "activity.not_yours"
    message = _(
        "您没有参加执法活动 {number}，不能办理。请由参加的执法人员、登记人或者科室负责人办理。"
    )


class OfAnotherBureau(Refusal):
    code = "activity.of_another_bureau"
    message = _("所选的科室、设备、案件或者当事人不属于本单位，未保存。请重新选择。")


class MatterGone(Refusal):
    code = "activity.matter_gone"
    message = _("“{name}”已不在执法事项清单中，未保存。请从现行清单中重新选择。")


class PlaceMissing(Refusal):
    code = "activity.place_missing"
    message = _("没有填写地点，未保存。请填写执法活动的地点。")


class PositionHalf(Refusal):
    code = "activity.position_half"
    message = _("经纬度不完整或者超出范围，未保存。请同时填写正确的纬度和经度，或者都不填。")


class TimesOutOfOrder(Refusal):
    code = "activity.times_out_of_order"
    topic = "span"
    message = _(
        "时间先后不对，未保存。到达、检查结束、离开、返回单位的时间应当依次填写，不得先后颠倒。"
    )


class InTheFuture(Refusal):
    code = "activity.in_the_future"
    message = _("所填时间晚于现在，未保存。尚未发生的请先不填。")


class ClockBehind(Refusal):
    code = "activity.clock_behind"
    message = _(
        "服务器时钟早于上一步的时间（{before}），未登记。请系统管理员校准服务器时钟后再登记。"
    )


class ArrivedAlready(Refusal):
    code = "activity.arrived_already"
    topic = "span"
    message = _(
        "执法活动 {number} 已登记到达，未作改动。到达时间有误的，请在“修改”中更正并说明情况。"
    )


class NotArrived(Refusal):
    code = "activity.not_arrived"
    topic = "span"
    message = _("执法活动 {number} 尚未登记到达现场，不能登记离开。请先登记到达。")


class LeftAlready(Refusal):
    code = "activity.left_already"
    topic = "span"
    message = _("执法活动 {number} 已登记离开，未作改动。时间有误的，请在“修改”中更正。")


class Voided(Refusal):
    code = "activity.voided"
    message = _("执法活动 {number} 已作废，不能再办理。如系误作废，请重新登记。")


class ReasonMissing(Refusal):
    code = "activity.reason_missing"
    message = _("没有填写原因，未办理。请写明原因后重新提交。")


class ChangedMeanwhile(Refusal):
    code = "activity.changed_meanwhile"
    message = _(
        "您填写期间，执法活动 {number} 已由他人修改，未保存。请刷新页面查看新的内容后再修改。"
    )


class NoSuchPoint(Refusal):
    code = "activity.no_such_point"
    message = _("本单位执行的制度没有这一事项，未登记。请刷新页面后重试。")
