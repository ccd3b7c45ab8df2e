from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Everything that can happen to a recording, or to those who may touch one.

    The log quotes these values for ever: one may be added, none renamed.
    """

    AGENCY_SET_UP = "agency.set_up", _("单位初始设置")
    OFFICER_ADDED = "officer.added", _("新增人员")
    OFFICER_DISABLED = "officer.disabled", _("停用账号")
    OFFICER_ENABLED = "officer.enabled", _("启用账号")
    PASSWORD_CHANGED = "officer.password_changed", _("修改口令")
    SIGNED_IN = "session.signed_in", _("登录")
    SIGN_IN_FAILED = "session.sign_in_failed", _("登录失败")
    SIGNED_OUT = "session.signed_out", _("退出")
    DEVICE_REGISTERED = "device.registered", _("登记设备")
    INTAKE_STARTED = "intake.started", _("开始采集")
    INTAKE_FINISHED = "intake.finished", _("采集结束")
    RECORDING_SEALED = "recording.sealed", _("封存入库")
    RECORDING_OFFERED_AGAIN = "recording.offered_again", _("重复采集")
    RECORDING_EXAMINED = "recording.examined", _("技术检验")
    RECORDING_ASSIGNED = "recording.assigned", _("确认归属")
    RECORDING_OPENED = "recording.opened", _("打开查看")
    RECORDING_VERIFIED = "recording.verified", _("核验完整性")
    RECORDING_EXPORTED = "recording.exported", _("导出证明")
    SOURCE_CLEARED = "source.cleared", _("清除存储卡上的源文件")
    SOURCE_KEPT = "source.kept", _("源文件未能清除")
    SCRUB_FINISHED = "vault.scrubbed", _("完整性巡检")
    QUARANTINED = "vault.quarantined", _("移入隔离区")
    WITNESS_REGISTERED = "witness.registered", _("登记见证人公钥")
