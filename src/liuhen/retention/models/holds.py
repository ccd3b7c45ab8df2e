"""Holds (保全): what nobody disposes of while they stand."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models import Activity, Case, Party
from liuhen.devices.models import Device
from liuhen.engines.policy.vocabulary import Trigger
from liuhen.people.models import Agency, Officer
from liuhen.recordings.models import Recording


class HoldScope(models.TextChoices):
    """What is held: named recordings, or all that belong to something now and later."""

    RECORDINGS = "recordings", _("指定资料")
    ACTIVITY = "activity", _("执法活动")
    CASE = "case", _("案件")
    PARTY = "party", _("当事人")
    OFFICER = "officer", _("执法人员")
    DEVICE = "device", _("设备")
    PERIOD = "period", _("时间范围")


class HoldGround(models.TextChoices):
    """Why. The first three are also what a regulation may name as a trigger."""

    COMPLAINT = Trigger.COMPLAINT, _("投诉")
    PETITION = Trigger.PETITION, _("信访、上访")
    OBJECTION = Trigger.OBJECTION, _("当事人有异议")
    REVIEW = "review", _("行政复议、行政诉讼")
    INQUIRY = "inquiry", _("纪检监察、督查调查")
    CASE = "case", _("案件办理需要")
    OTHER = "other", _("其他需要保全的情形")


class HoldState(models.TextChoices):
    LIVE = "live", _("保全中")
    LIFT_ASKED = "lift_asked", _("申请解除")
    LIFTED = "lifted", _("已解除")


SUBJECTS = ("activity", "case", "party", "officer", "device")
"""The scopes that name one row; each has a column of its name."""


def one_subject() -> Q:
    """The column of the scope is filled, and no other."""
    found = Q()
    for scope in HoldScope:
        empty = {name: None for name in SUBJECTS if name != scope}
        filled = {f"{scope}__isnull": False} if scope in SUBJECTS else {}
        found |= Q(scope=scope, **empty, **filled)
    return found


class Hold(models.Model):
    """While it stands, nobody disposes of what it covers. Placed by one, lifted by two.

    What it covers is asked anew each time: what comes into its scope later is held, too. `since`
    and `until` narrow it to what was recorded between them; None: no bound. `article` is that of
    the regulation's `preserve`, None where it has none for this ground.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="holds")
    number = models.CharField(max_length=20, unique=True)
    ground = models.CharField(max_length=12, choices=HoldGround.choices)
    reason = models.CharField(max_length=1000)
    scope = models.CharField(max_length=10, choices=HoldScope.choices)
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="holds")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="holds")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="holds")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="holds_about")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="holds")
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    article = models.IntegerField(null=True)
    state = models.CharField(max_length=10, choices=HoldState.choices, default=HoldState.LIVE)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    lift_reason = models.CharField(max_length=1000, blank=True)
    lift_asked_at = models.DateTimeField(null=True)
    lift_asked_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    lift_refused_why = models.CharField(max_length=500, blank=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="hold_of_one_subject", condition=one_subject()),
            models.CheckConstraint(name="hold_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hold_ends_after_it_begins",
                condition=Q(since=None) | Q(until=None) | Q(until__gt=F("since")),
            ),
            models.CheckConstraint(
                name="hold_of_a_period_is_bounded",
                condition=~Q(scope=HoldScope.PERIOD) | Q(since__isnull=False, until__isnull=False),
            ),
            models.CheckConstraint(
                name="hold_lifted_by_two",
                condition=Q(lifted_at=None)
                | (
                    Q(lift_asked_by__isnull=False)
                    & Q(lifted_by__isnull=False)
                    & ~Q(lifted_by=F("lift_asked_by"))
                ),
            ),
            models.CheckConstraint(
                name="hold_state_tells_whether_it_is_lifted",
                condition=Q(state=HoldState.LIFTED, lifted_at__isnull=False)
                | (~Q(state=HoldState.LIFTED) & Q(lifted_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-placed_at", "-id"], name="hold_newest"),
            models.Index(fields=["agency", "scope"], condition=Q(lifted_at=None), name="hold_live"),
        ]

    def __str__(self) -> str:
        return self.number


class HoldRecording(models.Model):
    """One of the recordings a hold names, or came to cover by its scope: those it goes on covering,
    whatever becomes of them."""

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="hold_recordings")
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="hold_recordings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hold", "recording"], name="hold_recording_once")
        ]

    def __str__(self) -> str:
        return f"{self.hold_id}: {self.recording_id}"
