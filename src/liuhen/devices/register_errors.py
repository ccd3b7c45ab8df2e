"""Why something is not entered in the register, not changed in it or not shown from it."""

from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.vocabulary import Topic
from liuhen.kernel.refusal import Refusal


class UnknownDevice(Refusal):
    code = "devices.unknown_device"
    message = _("没有这台设备，或不在您可查看的范围内。请核对设备编号。")


class NumberBlank(Refusal):
    code = "devices.number_blank"
    message = _("设备编号为空，未登记。请按机身或资产标签填写编号。")
    topic = Topic.DEVICES


class KeeperNotFit(Refusal):
    code = "devices.keeper_not_fit"
    message = _(
        "“{name}”不能指定为设备管理员，未作改动。须为本单位账号启用、担任“设备管理员”岗位的人员，"
        "请先办理岗位调整，或另选一人。"
    )
    topic = Topic.ACCOUNTABILITY


class ResponsibleNotFit(Refusal):
    code = "devices.responsible_not_fit"
    message = _(
        "“{name}”不能指定为第一责任人，未作改动。须为本单位账号启用的人员，且不担任系统、安全、审计管理员，"
        "请另选一人。"
    )
    topic = Topic.ACCOUNTABILITY


class PlaceNeeded(Refusal):
    code = "devices.place_needed"
    message = _("采集、存储设备须写明使用科室和存放地点，未作改动。请补填后重新提交。")
    topic = Topic.STORAGE


class Scrapped(Refusal):
    code = "devices.scrapped"
    message = _("设备“{device_no}”已报废，不能再办理此事项。如登记有误，请以新编号重新登记。")


class StillOut(Refusal):
    code = "devices.still_out"
    message = _("设备“{device_no}”已领用、尚未归还，不能报废。请先办理归还，再办理报废。")
    topic = Topic.ASSETS


class CaseOpen(Refusal):
    code = "devices.case_open"
    message = _("设备“{device_no}”的赔偿尚未办结，不能报废。请先由局领导决定赔偿并办理赔付。")
    topic = Topic.COMPENSATION


class RepairOpen(Refusal):
    code = "devices.repair_open"
    message = _("设备“{device_no}”的报修单尚未办结，不能报废。请先将报修单办结，或登记为无法修复。")
    topic = Topic.REPAIR


class NoPassword(Refusal):
    code = "devices.no_password"
    message = _("设备“{device_no}”没有登记设备口令。请设置后再查看。")


class NotItsKeeper(Refusal):
    code = "devices.not_its_keeper"
    message = _(
        "设备“{device_no}”的口令只供其设备管理员查看，未予显示。确需查看的，请与其设备管理员联系。"
    )
    topic = Topic.DEVICES


class PasswordUnreadable(Refusal):
    code = "devices.password_unreadable"
    message = _(
        "设备“{device_no}”的口令无法解密，可能是数据目录中的密钥文件已更换。请核对设备后重新设置口令。"
    )
