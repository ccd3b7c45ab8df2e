"""A device in use: checked, handed out, its clock read, handed back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.devices.models.registered import Device
from liuhen.people.models import Agency, Officer, Unit


class Condition(models.TextChoices):
    """In what state a device came back; `lost` ends a check-out without a device."""

    GOOD = "good", _("完好")
    FAULTY = "faulty", _("有故障")
    DAMAGED = "damaged", _("损坏")
    LOST = "lost", _("遗失")


class Checkout(models.Model):
    """One use of a device, from its hand-out (领用) to its return (归还).

    `task` is the activity or case in words. `arrived_at` and `left_at` are when the user says to
    have been on site; None: not said.
    """

    # The device's, here as well: the newest of a bureau come from one index.
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="checkouts")
    device = models.ForeignKey(Device, models.PROTECT, related_name="checkouts")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="checkouts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="checkouts")
    task = models.CharField(max_length=200, blank=True)
    is_explosive_area = models.BooleanField(default=False)
    second_reason = models.CharField(max_length=200, blank=True, help_text="why a second device")
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    user_signed_at = models.DateTimeField(null=True, help_text="the user's own word on receiving")
    returned_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    return_signed_at = models.DateTimeField(null=True)
    condition = models.CharField(max_length=10, choices=Condition.choices, blank=True)
    condition_note = models.CharField(max_length=200, blank=True)
    card_handed = models.BooleanField(null=True, help_text="the card came with the device")
    content = models.CharField(max_length=500, blank=True, help_text="what was recorded")
    arrived_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device"], condition=Q(returned_at=None), name="device_out_once"
            ),
            models.CheckConstraint(
                name="checkout_returned",
                condition=Q(returned_at=None, received_by=None, condition="")
                | (Q(returned_at__isnull=False, received_by__isnull=False) & ~Q(condition="")),
            ),
            models.CheckConstraint(
                name="checkout_ends_after_it_begins",
                condition=Q(returned_at=None) | Q(returned_at__gte=models.F("handed_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-handed_at", "-id"], name="checkout_newest"),
            models.Index(
                fields=["agency", "handed_at", "id"],
                condition=Q(returned_at=None),
                name="checkout_still_out",
            ),
            models.Index(fields=["device", "-handed_at", "-id"], name="checkout_of_device"),
            models.Index(fields=["officer", "-handed_at", "-id"], name="checkout_of_officer"),
            models.Index(fields=["unit", "-handed_at", "-id"], name="checkout_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.device_id} {self.officer_id} {self.handed_at}"


class PreUseCheck(models.Model):
    """A device looked over, by the regulation's items or more; a failed one is kept, too.

    `items` are `{"code", "text", "ok"}`, as the regulation said them on that day.
    """

    device = models.ForeignKey(Device, models.PROTECT, related_name="checks")
    checkout = models.OneToOneField(
        Checkout, models.PROTECT, null=True, related_name="pre_use_check"
    )
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    items = models.JSONField()
    battery_percent = models.PositiveSmallIntegerField(null=True)
    free_bytes = models.BigIntegerField(null=True)
    is_passed = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    pack_id = models.CharField(max_length=50, blank=True)
    article = models.IntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="check_battery",
                condition=Q(battery_percent=None) | Q(battery_percent__lte=100),
            ),
            models.CheckConstraint(
                name="check_free", condition=Q(free_bytes=None) | Q(free_bytes__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["device", "-checked_at", "-id"], name="check_of_device")]

    def __str__(self) -> str:
        return f"{self.device_id} {self.checked_at}"


class Moment(models.TextChoices):
    HAND_OUT = "hand_out", _("领用时")
    RETURN = "return", _("归还时")
    SYNC = "sync", _("日常校时")


class Method(models.TextChoices):
    """How the device's time and the server's were put side by side."""

    TYPED = "typed", _("人工录入设备显示时间")
    CODE = "code", _("拍摄时间码自动比对")
    UPLOAD = "upload", _("试拍文件与上传时间比对")


class ClockReading(models.Model):
    """The device's clock against the server's (校时).

    `offset_seconds` is device minus server: positive, the device is ahead. The true offset lies
    within `uncertainty_seconds` of it. A reading `is_reset` says the device was set right
    afterwards: what was recorded later has no offset, until read again.
    """

    device = models.ForeignKey(Device, models.PROTECT, related_name="clock_readings")
    checkout = models.ForeignKey(Checkout, models.PROTECT, null=True, related_name="clock_readings")
    moment = models.CharField(max_length=10, choices=Moment.choices)
    method = models.CharField(max_length=10, choices=Method.choices)
    read_at = models.DateTimeField(help_text="the server's time")
    device_time = models.DateTimeField(help_text="what the device showed, taken for China's time")
    offset_seconds = models.DecimalField(max_digits=14, decimal_places=3)
    uncertainty_seconds = models.DecimalField(max_digits=10, decimal_places=3)
    is_reset = models.BooleanField(default=False)
    evidence = models.JSONField(default=dict, help_text="what it was read from")
    read_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="clock_uncertainty", condition=Q(uncertainty_seconds__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["device", "read_at", "id"], name="clock_of_device")]

    def __str__(self) -> str:
        return f"{self.device_id} {self.read_at}: {self.offset_seconds} s"
