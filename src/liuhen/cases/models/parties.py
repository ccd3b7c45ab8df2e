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
    name_key = models.CharField(max_length=200, blank=True, help_text="the name, written one way")
    core_key = models.CharField(max_length=200, blank=True, help_text="without its legal form")

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
            models.Index(fields=["agency", "name_key"], name="party_by_name_key"),
            models.Index(fields=["agency", "core_key"], name="party_by_core_key"),
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


class PartyTwin(models.Model):
    """Two rows that may be one party, found when one was entered or changed; `one` is the older.

    `apart_at`: somebody looked and said that they are two.
    """

    class Why(models.TextChoices):
        NUMBER = "number", _("证件号码相同")
        CONTACT = "contact", _("名称和联系方式相同")
        NAME = "name", _("名称相同")
        SIMILAR = "similar", _("名称相近")

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="party_twins")
    one = models.ForeignKey(Party, models.PROTECT, related_name="twins_after")
    other = models.ForeignKey(Party, models.PROTECT, related_name="twins_before")
    why = models.CharField(max_length=8, choices=Why.choices)
    found_at = models.DateTimeField()
    apart_at = models.DateTimeField(null=True)
    apart_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="party_twin_once"),
            models.CheckConstraint(name="party_twin_in_order", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(
                name="party_twin_apart_by_someone",
                condition=Q(apart_at=None) | Q(apart_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "apart_at", "-found_at", "-id"], name="party_twin_newest"
            )
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"
