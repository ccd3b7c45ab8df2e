"""Enforcement activities (执法活动), and which recordings belong to which."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models.case_files import Case
from liuhen.cases.models.matters import ListedMatter, MatterKind
from liuhen.cases.models.parties import Party
from liuhen.devices.models import Device
from liuhen.engines.policy.vocabulary import Excuse
from liuhen.people.models import Agency, Officer, Unit
from liuhen.recordings.models import Recording


class Verdict(models.TextChoices):
    """Whether what had to be recorded was. Kept beside the activity, computed by `coverage`."""

    PENDING = "pending", _("待核对")
    COMPLETE = "complete", _("全程记录")
    EXPLAINED = "explained", _("间断已说明")
    UNEXPLAINED = "unexplained", _("间断未说明")
    NOT_RECORDED = "not_recorded", _("未记录")
    EXEMPT = "exempt", _("免予记录")
    NOT_REQUIRED = "not_required", _("不要求记录")


class ExcuseKind(models.TextChoices):
    """Why recordings could not be handed in at once (`engines.policy.vocabulary.Excuse`)."""

    REMOTE = Excuse.REMOTE, _("边远地区")
    ON_WATER = Excuse.ON_WATER, _("水上作业")
    POOR_TRANSPORT = Excuse.POOR_TRANSPORT, _("交通不便")
    AWAY = Excuse.AWAY, _("异地执法")
    CONTINUOUS = Excuse.CONTINUOUS, _("连续工作")
    REMOTE_TOWNSHIP = Excuse.REMOTE_TOWNSHIP, _("偏远乡镇")


class Activity(models.Model):
    """`arrived_at` None: planned. `left_at` None: under way. `inspection_ended_at` counts where a
    regulation asks for recording until the inspection's end; None: it ended when they left.

    `rights` and `triggers` are lists of `engines.policy.vocabulary` words; `is_disputable` None:
    nobody has said. `party_name` is what was heard on site while the party is not identified.
    `coverage` is what `verdict` rests on, as last computed.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="activities")
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=MatterKind.choices)
    listed = models.ForeignKey(ListedMatter, models.PROTECT, null=True, related_name="activities")
    stage = models.CharField(max_length=100, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="activities")
    place = models.CharField(max_length=200)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="activities")
    party_name = models.CharField(max_length=200, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="activities")
    case_set_at = models.DateTimeField(null=True)
    case_set_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    officers = models.ManyToManyField(
        Officer,
        through="ActivityOfficer",
        through_fields=("activity", "officer"),
        related_name="activities",
    )
    devices = models.ManyToManyField(Device, through="ActivityDevice", related_name="activities")
    arrived_at = models.DateTimeField(null=True)
    inspection_ended_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True, help_text="back at the unit")
    excuse = models.CharField(max_length=20, choices=ExcuseKind.choices, blank=True)
    is_disputable = models.BooleanField(null=True)
    rights = models.JSONField(default=list, blank=True)
    triggers = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField(max_length=200, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict.choices, default=Verdict.PENDING)
    coverage = models.JSONField(null=True)
    computed_at = models.DateTimeField(null=True)
    search_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="activity_left_after_arriving",
                condition=Q(left_at=None)
                | (Q(arrived_at__isnull=False) & Q(left_at__gte=F("arrived_at"))),
            ),
            models.CheckConstraint(
                name="activity_voided_with_a_reason",
                condition=Q(voided_at=None) | (Q(voided_by__isnull=False) & ~Q(void_reason="")),
            ),
            models.CheckConstraint(
                name="activity_case_set_by_somebody",
                condition=Q(case=None) | Q(case_set_at__isnull=False, case_set_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-registered_at", "-id"], name="activity_newest"),
            models.Index(
                fields=["agency", "verdict", "-registered_at", "-id"], name="activity_verdict"
            ),
            models.Index(
                fields=["agency", "-registered_at", "-id"],
                condition=Q(left_at=None, voided_at=None),
                name="activity_not_over",
            ),
            models.Index(fields=["agency", "arrived_at"], name="activity_by_arrival"),
            models.Index(fields=["unit", "-registered_at", "-id"], name="activity_by_unit"),
            # All that figures by month, unit and matter are counted from: no row is read. SQLite
            # looks for the condition's column, too.
            models.Index(
                fields=["agency", "arrived_at", "unit", "verdict", "listed", "voided_at"],
                condition=Q(voided_at=None),
                name="activity_figures",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ActivityOfficer(models.Model):
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="activity_officers")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="activity_officers")
    is_lead = models.BooleanField(default=False, help_text="the leader on site")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "officer"], name="activity_officer_once"),
            models.UniqueConstraint(
                fields=["activity"], condition=Q(is_lead=True), name="activity_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.officer_id}"


class ActivityDevice(models.Model):
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="activity_devices")
    device = models.ForeignKey(Device, models.PROTECT, related_name="activity_devices")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "device"], name="activity_device_once")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.device_id}"


class Part(models.TextChoices):
    """Which list of the regulation a point stands in."""

    NOTICE = "notice", _("告知用语")
    OPENING = "opening", _("开始记录时的说明")
    SHOT = "shot", _("重点摄录内容")


class Tick(models.Model):
    """An officer's word that a point was said or filmed. A mark on a recording shows it."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="ticks")
    part = models.CharField(max_length=10, choices=Part.choices)
    code = models.CharField(max_length=40)
    ticked_at = models.DateTimeField()
    ticked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "part", "code"], name="tick_once")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.part}/{self.code}"


class ActivityRecording(models.Model):
    """A recording belongs to one activity at most; somebody said so, or confirmed a proposal."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="activity_recordings")
    recording = models.OneToOneField(Recording, models.PROTECT, related_name="activity_recording")
    was_proposed = models.BooleanField()
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.recording_id}"


class Declined(models.Model):
    """A proposal somebody turned down; it is not made again."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="declined")
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="declined")
    declined_at = models.DateTimeField()
    declined_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "recording"], name="declined_once")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.recording_id}"


class Aside(models.Model):
    """A recording that belongs to no enforcement activity, and why."""

    class Why(models.TextChoices):
        TEST = "test", _("设备试拍、检查")
        TRAINING = "training", _("培训、演练")
        MISTAKE = "mistake", _("误触录制")
        WINDOW = "window", _("服务窗口监控")
        NOT_ENFORCEMENT = "not_enforcement", _("非执法使用")

    recording = models.OneToOneField(Recording, models.PROTECT, related_name="aside")
    why = models.CharField(max_length=16, choices=Why.choices)
    reason = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="aside_has_a_reason", condition=~Q(reason=""))]
        indexes = [models.Index(fields=["-set_at", "-id"], name="aside_newest")]

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.why}"
