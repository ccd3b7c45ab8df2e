from django.db import models
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Agency, Unit


class DeviceKind(models.TextChoices):
    BODY_CAMERA = "body_camera", _("执法记录仪")
    CAMERA = "camera", _("照相机")
    VIDEO_CAMERA = "video_camera", _("摄像机")
    VOICE_RECORDER = "voice_recorder", _("录音笔")
    HANDHELD_TERMINAL = "handheld_terminal", _("手持执法终端")
    FIXED_CAMERA = "fixed_camera", _("固定视频监控")
    OTHER = "other", _("其他")


class Device(models.Model):
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="devices")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="devices")
    device_no = models.CharField(max_length=50)
    kind = models.CharField(max_length=20, choices=DeviceKind.choices)
    maker = models.CharField(max_length=50, blank=True)
    model = models.CharField(max_length=50, blank=True)
    serial_no = models.CharField(max_length=50, blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "device_no"], name="device_no_once_per_agency"
            )
        ]

    def __str__(self) -> str:
        return self.device_no
