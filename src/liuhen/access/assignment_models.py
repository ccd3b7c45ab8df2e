"""安排查看: what somebody is to look at for a check, without a request of their own."""

from django.db import models
from django.db.models import F, Q

from liuhen.people.models import Officer
from liuhen.recordings.models import Recording


class Assignment(models.Model):
    """One recording, one viewer, for one check. `reference` is the check's number, `ground` what
    kind it is (`access.rights.Ground`), `article` the one that has it done, if any.

    Over at `until`, or at `ended_at` if that comes first.
    """

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="assignments")
    viewer = models.ForeignKey(Officer, models.PROTECT, related_name="assignments")
    ground = models.CharField(max_length=20)
    article = models.PositiveSmallIntegerField(null=True)
    reference = models.CharField(max_length=20)
    from_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "recording", "viewer"], name="assigned_once"
            ),
            models.CheckConstraint(name="assignment_lasts", condition=Q(until__gt=F("from_at"))),
        ]
        indexes = [
            models.Index(fields=["viewer", "recording", "until"], name="assignment_of_viewer")
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.recording_id} → {self.viewer_id}"
