"""Whom enforcement concerns (当事人), each once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Agency, Decision, Officer


class PartyKind(models.TextChoices):
    PERSON = "person", _("公民")
    ORGANISATION = "organisation", _("法人或者其他组织")


class IdKind(models.TextChoices):
    RESIDENT = "resident", _("居民身份证")
    USCC = "uscc", _("统一社会信用代码")
    PASSPORT = "passport", _("护照")
    OTHER = "other", _("其他证件")


class Party(models.Model):
    """`id_no` None: not known yet. One merged into another keeps its row and points there."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="parties")
    kind = models.CharField(max_length=12, choices=PartyKind.choices)
    name = models.CharField(max_length=200)
    id_kind = models.CharField(max_length=10, choices=IdKind.choices, blank=True)
    id_no = models.CharField(max_length=50, null=True, help_text="normalised, upper case")
    representative = models.CharField(max_length=50, blank=True, help_text="of an organisation")
    phone = models.CharField(max_length=50, blank=True)
    address = models.CharField(max_length=200, blank=True)
    remark = models.CharField(max_length=500, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    search_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "id_kind", "id_no"],
                condition=Q(id_no__isnull=False, merged_into=None),
                name="party_id_once",
            ),
            models.CheckConstraint(
                name="party_id_of_a_kind", condition=Q(id_no=None) | ~Q(id_kind="")
            ),
            models.CheckConstraint(
                name="party_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-added_at", "-id"], name="party_newest_first"),
            models.Index(fields=["agency", "name"], name="party_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PartyMerge(models.Model):
    """Two rows that are one party: proposed by one person, decided by another."""

    kept = models.ForeignKey(Party, models.PROTECT, related_name="merges_kept")
    dropped = models.ForeignKey(Party, models.PROTECT, related_name="merges_dropped")
    reason = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    decision = models.CharField(
        max_length=10, choices=Decision.choices, default=Decision.PENDING, blank=True
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    objection = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dropped"], condition=Q(decision=""), name="party_merge_pending_once"
            ),
            models.CheckConstraint(name="party_merge_of_two", condition=~Q(kept=F("dropped"))),
            models.CheckConstraint(
                name="party_merge_by_two",
                condition=~Q(decision=Decision.CONFIRMED)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dropped_id} → {self.kept_id}"
