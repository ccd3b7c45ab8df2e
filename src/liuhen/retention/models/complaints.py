"""What somebody says against an enforcement (投诉、信访、异议)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Agency, Officer
from liuhen.retention.models.holds import Hold, HoldGround


class Channel(models.TextChoices):
    """By what way a complaint came."""

    HOTLINE = "hotline", _("12345等热线")
    PHONE = "phone", _("电话")
    VISIT = "visit", _("来访")
    LETTER = "letter", _("来信")
    ONLINE = "online", _("网上")
    TRANSFERRED = "transferred", _("上级或者其他部门转办")
    ON_SITE = "on_site", _("现场提出")
    OTHER = "other", _("其他")


class Outcome(models.TextChoices):
    PENDING = "", _("办理中")
    FOUNDED = "founded", _("属实")
    PARTLY = "partly", _("部分属实")
    UNFOUNDED = "unfounded", _("不属实")
    WITHDRAWN = "withdrawn", _("投诉人撤回")
    MISTAKEN = "mistaken", _("误登")


class Complaint(models.Model):
    """What somebody says against an enforcement (投诉、信访、异议). What it is about is its hold's
    scope: the hold is placed with its entry, in one step."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="complaints")
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(
        max_length=12,
        choices=[
            (one.value, one.label)
            for one in (HoldGround.COMPLAINT, HoldGround.PETITION, HoldGround.OBJECTION)
        ],
    )
    channel = models.CharField(max_length=12, choices=Channel.choices)
    told_by = models.CharField(max_length=100, blank=True, help_text="blank: anonymous")
    contact = models.CharField(max_length=100, blank=True)
    text = models.CharField(max_length=2000)
    received_at = models.DateTimeField()
    hold = models.OneToOneField(Hold, models.PROTECT, related_name="complaint")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    outcome = models.CharField(
        max_length=10, choices=Outcome.choices, default=Outcome.PENDING, blank=True
    )
    outcome_text = models.CharField(max_length=1000, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="complaint_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="complaint_closed_with_an_outcome",
                condition=Q(outcome=Outcome.PENDING, closed_at=None)
                | (
                    ~Q(outcome=Outcome.PENDING)
                    & Q(closed_at__isnull=False, closed_by__isnull=False)
                    & ~Q(outcome_text="")
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-entered_at", "-id"], name="complaint_newest"),
        ]

    def __str__(self) -> str:
        return self.number
