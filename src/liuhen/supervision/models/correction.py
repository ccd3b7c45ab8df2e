"""整改: what is to be put right, by whom and by when, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Agency, Officer, Unit


class CorrectionSource(models.TextChoices):
    """On what occasion it was ordered."""

    REVIEW = "review", _("评查")
    SPOT_CHECK = "spot_check", _("抽查")
    INSPECTION = "inspection", _("监督检查")
    DAILY_CHECK = "daily_check", _("日常检查")
    PLAYBACK = "playback", _("调阅回放")
    DECISION = "decision", _("责任追究决定")
    OTHER = "other", _("其他")


class CorrectionState(models.TextChoices):
    ORDERED = "ordered", _("整改中")
    SUBMITTED = "submitted", _("待验收")
    ACCEPTED = "accepted", _("验收合格")
    WITHDRAWN = "withdrawn", _("已撤回")


class Correction(models.Model):
    """An order to put something right. `officer` None: the unit's head sees to it; `unit` None:
    somebody of no unit, by name.

    `reference`: the number of the check or decision it comes from. `due_at` is the first instant
    that is too late. `report` and `opinion` are the last ones; the log keeps every one.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="corrections")
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(
        max_length=10, choices=CorrectionState.choices, default=CorrectionState.ORDERED
    )
    source = models.CharField(max_length=12, choices=CorrectionSource.choices)
    reference = models.CharField(max_length=20, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="corrections")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="corrections")
    problem = models.CharField(max_length=1000)
    demand = models.CharField(max_length=1000, help_text="what has to be done")
    pack_id = models.CharField(max_length=50)
    article = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    report = models.CharField(max_length=2000, blank=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    opinion = models.CharField(max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, help_text="accepted, returned or withdrawn")
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="correction_is_somebodys",
                condition=Q(unit__isnull=False) | Q(officer__isnull=False),
            ),
            models.CheckConstraint(
                name="correction_leaves_time", condition=Q(due_at__gt=F("ordered_at"))
            ),
            models.CheckConstraint(
                name="correction_accepted_on_a_report",
                condition=~Q(state=CorrectionState.ACCEPTED)
                | (Q(decided_by__isnull=False, submitted_at__isnull=False) & ~Q(report="")),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-ordered_at", "-id"], name="correction_newest"),
            models.Index(fields=["agency", "source", "reference"], name="correction_from"),
        ]

    def __str__(self) -> str:
        return self.number
