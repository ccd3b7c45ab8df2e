"""证据提取: what was taken out as evidence, by whom, with which note."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models import Case
from liuhen.people.models import Agency, Officer
from liuhen.recordings.models import Recording


class ExtractionState(models.TextChoices):
    CUTTING = "cutting", _("正在截取节选")
    READY = "ready", _("已提取")
    FAILED = "failed", _("未能截取节选")


class Extraction(models.Model):
    """One evidence package. `note` is the written account as it was signed off
    (`extraction_note.EvidenceNote`); `pack_id` and `article` the rule it rests on, `requests`
    the numbers of the approved ones it was made under, if any.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="extractions")
    number = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="extractions")
    state = models.CharField(max_length=10, choices=ExtractionState.choices)
    note = models.JSONField()
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="extractions")
    witness = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    pack_id = models.CharField(max_length=50, blank=True)
    article = models.PositiveSmallIntegerField(null=True)
    requests = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="extraction_witnessed_by_another", condition=~Q(made_by=F("witness"))
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-made_at", "-id"], name="extraction_newest"),
            models.Index(fields=["case", "-made_at"], name="extraction_of_case"),
        ]

    def __str__(self) -> str:
        return self.number


class ExtractionItem(models.Model):
    """One recording of it. With `asked_from` and `asked_until` it is an excerpt: `held_*` are what
    it really holds, and its digests stand once it is cut. Of an original all that is the
    recording's own."""

    extraction = models.ForeignKey(Extraction, models.PROTECT, related_name="items")
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="extraction_items")
    position = models.PositiveSmallIntegerField()
    asked_from = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    asked_until = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    held_from = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    held_until = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    suffix = models.CharField(max_length=8)
    size_bytes = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    sm3 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["extraction", "position"], name="extraction_item_in_order"
            ),
            models.CheckConstraint(
                name="excerpt_from_before_until",
                condition=Q(asked_from=None, asked_until=None)
                | Q(asked_from__gte=0, asked_until__gt=F("asked_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.extraction_id}/{self.position}: {self.recording_id}"

    @property
    def is_excerpt(self) -> bool:
        return self.asked_from is not None
