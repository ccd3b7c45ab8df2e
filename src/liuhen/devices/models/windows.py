"""Fixed cameras at service windows: where their picture comes from, and when there was none."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.devices.models.registered import Device


class WindowCamera(models.Model):
    """How a fixed camera is recorded: an RTSP stream, or a folder its recorder writes into.

    The address, which may hold a password, is sealed. `segment_seconds` is how long one file of a
    stream is.
    """

    device = models.OneToOneField(Device, models.PROTECT, related_name="window")
    sealed_address = models.CharField(max_length=1200, blank=True)
    folder = models.CharField(max_length=500, blank=True)
    segment_seconds = models.PositiveIntegerField(default=600)
    is_on = models.BooleanField(default=True)
    set_up_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="window_has_one_source",
                condition=(Q(sealed_address="") & ~Q(folder=""))
                | (~Q(sealed_address="") & Q(folder="")),
            ),
            models.CheckConstraint(
                name="window_segment",
                condition=Q(segment_seconds__gte=10, segment_seconds__lte=3600),
            ),
        ]

    def __str__(self) -> str:
        return str(self.device)


class GapReason(models.TextChoices):
    UNREACHABLE = "unreachable", _("无法连接")
    STREAM_LOST = "stream_lost", _("信号中断")
    NOT_RUNNING = "not_running", _("系统未运行")
    STORE_FAILED = "store_failed", _("存储写入失败")
    SWITCHED_OFF = "switched_off", _("人工停用")


class WindowGap(models.Model):
    """A stretch without recording; `ended_at` None: it lasts. `detail` is the engine's code
    (`streams.Lost`) for what went wrong when it began, '' where there is none."""

    camera = models.ForeignKey(WindowCamera, models.PROTECT, related_name="gaps")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=14, choices=GapReason.choices)
    detail = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["camera"], condition=Q(ended_at=None), name="window_gap_open_once"
            ),
            models.CheckConstraint(
                name="window_gap_ends_after_it_begins",
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("began_at")),
            ),
        ]
        indexes = [models.Index(fields=["camera", "-began_at", "-id"], name="window_gap_newest")]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.began_at}"
