from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class DeviceNoTaken(Refusal):
    code = "devices.device_no_taken"
    message = _("设备编号“{device_no}”已登记，请核对后重新填写。")


class NoSuchDevice(Refusal):
    code = "devices.no_such_device"
    message = _("没有编号为“{device_no}”的设备。请核对编号，或先登记设备。")


class NotCarried(Refusal):
    code = "devices.not_carried"
    message = _("“{device_no}”是{kind}，不随人携带，不办理领用。请核对设备编号。")


class AlreadyOut(Refusal):
    code = "devices.already_out"
    topic = "accountability"
    message = _("设备“{device_no}”已由{holder}领用，尚未归还。请先办理归还，再重新领用。")


class NotReady(Refusal):
    code = "devices.not_ready"
    topic = "pre_use_check"
    message = _(
        "设备“{device_no}”目前为“{state}”，不能领用。请换一台设备，或先办结该设备的有关手续。"
    )


class NotAUser(Refusal):
    code = "devices.not_a_user"
    message = _("{name}不是本单位在岗的执法人员，不能领用设备。请核对人员和岗位。")


class UserSuspended(Refusal):
    code = "devices.user_suspended"
    topic = "sanctions"
    message = _("{name}停止执法至{until}（含当日），其间不能领用设备。请改由其他执法人员领用。")


class SecondDevice(Refusal):
    code = "devices.second_device"
    message = _("{name}已领用设备“{held}”尚未归还。确需同时使用第二台的，请填写理由后重新提交。")


class NotExplosionProof(Refusal):
    code = "devices.not_explosion_proof"
    message = _(
        "本次任务在爆炸危险区域内，设备“{device_no}”不是防爆设备，不能领用。"
        "请换用防爆设备；没有防爆设备的，依制度办理免予记录。"
    )


class CheckFailed(Refusal):
    code = "devices.check_failed"
    topic = "pre_use_check"
    message = _(
        "使用前检查不合格，设备“{device_no}”不能领用：{failures}请处理后重新检查，或换一台设备。"
    )


class BatteryLow(CheckFailed):
    """Told apart for the scripts of charging docks: charging is all that is wanted."""

    code = "devices.battery_low"
    message = _("设备“{device_no}”{failures}请充电后再领用，或换一台设备。")


class AlreadyReturned(Refusal):
    code = "devices.already_returned"
    message = _("设备“{device_no}”的这次领用已于{at}办理归还，无需重复办理。")


class NotOut(Refusal):
    code = "devices.not_out"
    message = _("设备“{device_no}”没有未归还的领用记录。请核对设备编号。")


class ConditionNeedsNote(Refusal):
    code = "devices.condition_needs_note"
    topic = "upkeep"
    message = _("归还时设备有故障或者损坏的，请写明情况，以便报修和分清责任。")


class TimesTurned(Refusal):
    code = "devices.times_turned"
    message = _("到达现场的时间应早于离开现场的时间，且都在领用至归还之间。请核对后重新填写。")


class NotTheUser(Refusal):
    code = "devices.not_the_user"
    topic = "ledger"
    message = _("这次领用登记的使用人不是您，不能代为确认。")


class SignedAlready(Refusal):
    code = "devices.signed_already"
    message = _("您已确认过，无需重复确认。")


class TimeUnreadable(Refusal):
    code = "devices.time_unreadable"
    message = _(
        "“{typed}”不是可以识别的时间。请按设备显示录入，"
        "如 20:03:05、200305 或 2026-01-05 20:03:05。"
    )


class ReadingStale(Refusal):
    code = "devices.reading_stale"
    message = _("设备时钟的测定结果已过期或不属于这台设备，请重新测定。")
