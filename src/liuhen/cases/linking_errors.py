"""Refusals about which recordings belong to which activity."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NotYoursToLink(Refusal):
    code = "linking.not_yours"
    message = _(
        "您不能为执法活动 {number} 归入或者移出资料。"
        "请由参加的执法人员、科室负责人或者资料保管员办理。"
    )


class LinkedAlready(Refusal):
    code = "linking.linked_already"
    message = _("资料 {recording} 已归入执法活动 {number}，未作改动。如有误，请先从该活动移出。")


class IsAside(Refusal):
    code = "linking.is_aside"
    topic = "purpose"
    message = _("资料 {recording} 已列为不属于执法活动，未归入。如有误，请先撤销后再归入。")


class NotLinked(Refusal):
    code = "linking.not_linked"
    message = _("资料 {recording} 不在执法活动 {number} 中，未作改动。请刷新页面后重试。")


class NothingChosen(Refusal):
    code = "linking.nothing_chosen"
    message = _("没有选择资料，未办理。请勾选后重新提交。")


class TooManyChosen(Refusal):
    code = "linking.too_many_chosen"
    message = _("一次至多办理 {most} 项，未办理。请分批选择。")


class NotYoursToSetAside(Refusal):
    code = "linking.not_yours_to_set_aside"
    topic = "purpose"
    message = _(
        "您不能将资料 {recording} 列为不属于执法活动。请由录制人、其科室负责人或者资料保管员办理。"
    )


class AsideAlready(Refusal):
    code = "linking.aside_already"
    message = _("资料 {recording} 已列为不属于执法活动，未作改动。")


class NotAside(Refusal):
    code = "linking.not_aside"
    message = _("资料 {recording} 没有列为不属于执法活动，未作改动。请刷新页面后重试。")


class NoReason(Refusal):
    code = "linking.no_reason"
    topic = "purpose"
    message = _("没有填写情况说明，未办理。请写明这段资料是怎样形成的。")
