"""What repair, loss and compensation refuse."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NoSuchTicket(Refusal):
    code = "devices.no_such_ticket"
    message = _("没有这张报修单，或者您的岗位不能查看。请从报修列表中打开。")


class NoSuchLoss(Refusal):
    code = "devices.no_such_loss"
    message = _("没有这项遗失登记，或者您的岗位不能查看。请从遗失列表中打开。")


class NoSuchCase(Refusal):
    code = "devices.no_such_case"
    message = _("没有这项赔偿事项，或者您的岗位不能查看。请从赔偿列表中打开。")


class NotYoursToReport(Refusal):
    code = "devices.not_yours_to_report"
    topic = "accountability"
    message = _("只能报告由您领用、尚未归还的设备。其他设备请告知设备管理员办理。")


class NotYoursToClose(Refusal):
    code = "devices.not_yours_to_close"
    message = _("报修单由设备管理员、报修人或者设备所在科室负责人验收反馈。请联系其办理。")


class FaultMissing(Refusal):
    code = "devices.fault_missing"
    topic = "repair"
    message = _("请写明故障现象，例如什么时候、在什么情况下、出现什么问题。")


class AlreadyReported(Refusal):
    code = "devices.already_reported"
    message = _("设备“{device_no}”已有一张未办结的报修单，无需重复报修。请在该报修单上继续办理。")


class DeviceGone(Refusal):
    code = "devices.device_gone"
    message = _("设备“{device_no}”目前为“{state}”，不能办理此事项。遗失后找回的，请先登记找回。")


class WrongStep(Refusal):
    code = "devices.wrong_step"
    message = _("报修单目前为“{state}”，不能办理此步骤，可能刚由他人办理。请刷新页面查看。")


class WordsMissing(Refusal):
    code = "devices.words_missing"
    message = _("请填写“{field}”后再提交。")


class InTheFuture(Refusal):
    code = "devices.in_the_future"
    message = _("“{field}”不能晚于现在。请核对后重新填写。")


class CostWrong(Refusal):
    code = "devices.cost_wrong"
    message = _("维修费用应为零或者正数，以元为单位，至多两位小数。不收费的填 0。")


class AlreadyLost(Refusal):
    code = "devices.already_lost"
    message = _("设备“{device_no}”已登记遗失，无需重复登记。请在遗失登记页面继续办理。")


class MissedBeforeHandOut(Refusal):
    code = "devices.missed_before_hand_out"
    message = _("发现遗失的时间早于本次领用时间（{handed_at}）。请核对后重新填写。")


class AlreadyFound(Refusal):
    code = "devices.already_found"
    message = _("设备“{device_no}”的这次遗失已登记找回，无需重复登记。")


class NotOfThisBureau(Refusal):
    code = "devices.not_of_this_bureau"
    message = _("赔偿责任人须为本单位人员。请核对后重新选择。")


class CaseThere(Refusal):
    code = "devices.case_there"
    message = _("这次损坏或者遗失已对{name}立案，无需重复立案。请在赔偿列表中查看。")


class OwnCase(Refusal):
    code = "devices.own_case"
    topic = "compensation"
    message = _("不能办理由本人承担责任的赔偿事项。请由其他负责人办理。")


class CaseMoved(Refusal):
    code = "devices.case_moved"
    message = _("赔偿事项目前为“{state}”，不能办理此步骤，可能刚由他人办理。请刷新页面查看。")


class AmountWrong(Refusal):
    code = "devices.amount_wrong"
    message = _("赔偿金额应为正数，以元为单位，至多两位小数。不要求赔偿的，请办理“不予赔偿”。")


class AmountAbovePrice(Refusal):
    code = "devices.amount_above_price"
    message = _("赔偿金额不能高于设备原价 {price} 元。请核对后重新填写。")


class PriceUnknown(Refusal):
    code = "devices.price_unknown"
    topic = "compensation"
    message = _(
        "故意损坏的须按设备原价赔偿，但设备“{device_no}”尚未登记单价。"
        "请先由设备管理员在固定资产信息中登记单价，再作决定。"
    )


class NotFullPrice(Refusal):
    code = "devices.not_full_price"
    topic = "compensation"
    message = _("故意损坏的须按设备原价 {price} 元赔偿，不能多收或者少收。请按原价填写。")
