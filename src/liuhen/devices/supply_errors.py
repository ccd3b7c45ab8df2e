from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.vocabulary import Topic
from liuhen.kernel.refusal import Refusal


class NotOurs(Refusal):
    code = "devices.supply_not_ours"
    message = _("这不是本单位的事项，不能办理。请从本单位的列表中打开。")


class NoSuchRequest(Refusal):
    code = "devices.no_such_request"
    message = _("没有这项配备申请，或者您的岗位不能查看。请从配备申请列表中打开。")


class NotYourUnit(Refusal):
    code = "devices.not_your_unit"
    topic = Topic.EQUIPMENT
    message = _("只能为本科室申请设备，未提交。请选择您所在或负责的科室。")


class QuantityWrong(Refusal):
    code = "devices.quantity_wrong"
    message = _("台数应为 1 至 {most} 的整数，未提交。请改正后重新提交。")


class RequestReasonMissing(Refusal):
    code = "devices.request_reason_missing"
    topic = Topic.EQUIPMENT
    message = _("请写明申请理由，例如人数增加、设备报废，再行提交。")


class AnswerMissing(Refusal):
    code = "devices.answer_missing"
    message = _("不予配备的须写明理由，未办理。请填写答复后再提交。")


class OwnRequest(Refusal):
    code = "devices.own_request"
    message = _("配备申请不能由申请人自行审批，未办理。请由另一名设备管理或装备财务人员办理。")


class RequestClosed(Refusal):
    code = "devices.request_closed"
    message = _("此项申请的状态已经变化，本次未作改动。请刷新页面查看办理结果。")


class NotYourRequest(Refusal):
    code = "devices.not_your_request"
    message = _("只有申请人可以撤回。不同意配备的，请由有权人员填写“不予配备”。")


class NoDevicesChosen(Refusal):
    code = "devices.no_devices_chosen"
    message = _("没有选择设备，未配发。请勾选要配发的设备。")


class TooManyDevices(Refusal):
    code = "devices.too_many_devices"
    message = _("选择了 {chosen} 台，超过尚待配发的 {left} 台，未配发。请减少后重新提交。")


class DeviceNotFree(Refusal):
    code = "devices.not_free"
    message = _(
        "所选设备中有 {wrong} 台不能配发：类别不符、不在库，或已归入该科室。"
        "请刷新页面，重新选择后再提交。"
    )
