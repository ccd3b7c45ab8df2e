"""What is registered: the devices themselves, and what they are worth."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Agency, Officer, Unit


class DeviceKind(models.TextChoices):
    BODY_CAMERA = "body_camera", _("执法记录仪")
    CAMERA = "camera", _("照相机")
    VIDEO_CAMERA = "video_camera", _("摄像机")
    VOICE_RECORDER = "voice_recorder", _("录音笔")
    HANDHELD_TERMINAL = "handheld_terminal", _("手持执法终端")
    FIXED_CAMERA = "fixed_camera", _("固定视频监控")
    STATION = "station", _("采集设备")
    STORAGE = "storage", _("存储设备")
    OTHER = "other", _("其他")


NOT_CARRIED = (DeviceKind.FIXED_CAMERA, DeviceKind.STATION, DeviceKind.STORAGE)
"""Stay where they stand: never handed out, and no part of what officers take along."""


class DeviceState(models.TextChoices):
    READY = "ready", _("在库可用")
    OUT = "out", _("已领用")
    REPAIR = "repair", _("维修中")
    LOST = "lost", _("遗失")
    SCRAPPED = "scrapped", _("已报废")


GONE = (DeviceState.LOST, DeviceState.SCRAPPED)
"""Still in the register, but no device anybody has."""


class Device(models.Model):
    """`first_responsible` None: whoever the regulation names, e.g. the unit's head."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="devices")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="devices")
    device_no = models.CharField(max_length=50)
    kind = models.CharField(max_length=20, choices=DeviceKind.choices)
    state = models.CharField(max_length=10, choices=DeviceState.choices, default=DeviceState.READY)
    maker = models.CharField(max_length=50, blank=True)
    model = models.CharField(max_length=50, blank=True)
    serial_no = models.CharField(max_length=50, blank=True)
    keeper = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="kept_devices")
    first_responsible = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    is_explosion_proof = models.BooleanField(default=False)
    capacity_bytes = models.BigIntegerField(null=True)
    sealed_password = models.CharField(max_length=600, blank=True, help_text="'' : none is kept")
    remarks = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "device_no"], name="device_no_once_per_agency"
            ),
            models.CheckConstraint(
                name="device_capacity", condition=Q(capacity_bytes=None) | Q(capacity_bytes__gt=0)
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "device_no"], name="device_by_state"),
            models.Index(fields=["unit", "state", "device_no"], name="device_by_unit"),
        ]

    def __str__(self) -> str:
        return self.device_no


class Asset(models.Model):
    """A device as fixed asset (固定资产). Brand, model and serial number are the device's own."""

    device = models.OneToOneField(Device, models.PROTECT, related_name="asset")
    asset_no = models.CharField(max_length=50, blank=True)
    asset_name = models.CharField(max_length=100, blank=True)
    category_code = models.CharField(max_length=30, blank=True)
    unit_price = models.DecimalField(max_digits=12, decimal_places=2, null=True, help_text="yuan")
    quantity = models.PositiveIntegerField(default=1)
    invoice_no = models.CharField(max_length=50, blank=True)
    funds = models.CharField(max_length=50, blank=True, help_text="where the money came from")
    procurement_form = models.CharField(max_length=50, blank=True)
    managing_unit = models.CharField(max_length=100, blank=True)
    specification = models.CharField(max_length=100, blank=True)
    place = models.CharField(max_length=100, blank=True)
    acquired_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="asset_price", condition=Q(unit_price=None) | Q(unit_price__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.asset_no or str(self.device)
