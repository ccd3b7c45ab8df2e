from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Agency, Officer


class Adoption(models.Model):
    """From this day (China's calendar) the bureau follows this pack."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="adoptions")
    pack_id = models.CharField(max_length=50)
    from_date = models.DateField()
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "from_date"], name="adoption_one_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.pack_id} {self.from_date}"


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", _("待批准")
    APPROVED = "approved", _("已批准")
    REFUSED = "refused", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")


class Proposal(models.Model):
    """A change of the bureau's rules: one parameter's new dated value, or another pack.

    Approved, a parameter's value counts from `from_date` on; it is never edited afterwards.
    `parameter` is empty for the adoption of `pack_id`.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="proposals")
    parameter = models.CharField(max_length=40, blank=True)
    value = models.JSONField(null=True, help_text="as in a pack, without `from`")
    pack_id = models.CharField(max_length=50, blank=True)
    from_date = models.DateField()
    reason = models.CharField(max_length=500)
    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED
    )
    proposed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposal_is_one_thing",
                condition=(~Q(parameter="") & Q(pack_id="") & Q(value__isnull=False))
                | (Q(parameter="") & ~Q(pack_id="") & Q(value__isnull=True)),
            ),
            models.CheckConstraint(
                name="proposal_by_two",
                condition=~Q(state=ProposalState.APPROVED)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.UniqueConstraint(
                fields=["agency", "parameter", "from_date"],
                condition=Q(state=ProposalState.PROPOSED),
                name="proposal_pending_once",
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "-id"], name="proposal_by_state")]

    def __str__(self) -> str:
        return f"{self.agency_id}: {self.parameter or self.pack_id} {self.from_date}"


class FullText(models.Model):
    """The regulation's own words as the bureau issued them. The newest counts; none is removed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="full_texts")
    pack_id = models.CharField(max_length=50)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    articles = models.JSONField(
        default=dict, help_text="number → that article's words, if readable"
    )
    uploaded_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name


class CalendarDay(models.Model):
    """The bureau's word on one day, above the holidays library's."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="calendar_days")
    day = models.DateField()
    is_working = models.BooleanField()
    note = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.is_working}"
