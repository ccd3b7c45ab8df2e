"""Which recordings stand as evidence in which case."""

from django.db import models
from django.db.models import Q

from liuhen.cases.models.case_files import Case
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording


class Exhibit(models.Model):
    """A recording used as evidence (作为证据使用): it is kept as long as the case's file.

    `proves` is what it is to show (证明对象). One entered by mistake is withdrawn with a reason
    and stays.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="exhibits")
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="exhibits")
    proves = models.CharField(max_length=200, blank=True)
    used_at = models.DateTimeField()
    used_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "case"],
                condition=Q(withdrawn_at=None),
                name="exhibit_once_in_a_case",
            ),
            models.CheckConstraint(
                name="exhibit_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None)
                | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["case", "-used_at"], name="exhibit_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.recording_id}"
