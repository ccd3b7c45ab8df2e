"""What a unit's head checks day by day, and what the legal office looks back at."""

from django.db import models
from django.db.models import Q

from liuhen.people.models import Agency, Officer, Unit
from liuhen.recordings.models import Recording


class DailyCheck(models.Model):
    """`seen`: the day's figures as they were shown; `wrong`: codes of the points that were not in
    order, `note` says what."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="daily_checks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="daily_checks")
    day = models.DateField()
    seen = models.JSONField()
    wrong = models.JSONField(default=list)
    note = models.CharField(max_length=1000, blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day"], name="daily_check_once"),
            models.CheckConstraint(
                name="daily_check_says_what_is_wrong", condition=Q(wrong=[]) | ~Q(note="")
            ),
        ]
        indexes = [models.Index(fields=["agency", "-checked_at", "-id"], name="daily_newest")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day}"


class Lookback(models.Model):
    """A recording played back for the regulation's sake, and what was seen."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="lookbacks")
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="lookbacks")
    is_whole = models.BooleanField(help_text="recorded from beginning to end")
    is_proper = models.BooleanField(help_text="enforced as the rules want it")
    seen = models.CharField(max_length=1000)
    looked_at = models.DateTimeField()
    looked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["agency", "-looked_at", "-id"], name="lookback_newest")]

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.looked_by_id}"
