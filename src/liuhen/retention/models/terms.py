"""Until when each recording is kept, as last computed."""

from django.db import models
from django.db.models import Q

from liuhen.people.models import Agency
from liuhen.recordings.models import Recording


class Term(models.Model):
    """Until when a recording is kept, as last computed: for lists, figures and appraisal.

    Never the last word on a disposal: whoever disposes asks `terms` and `holds` again. `until`
    None: not by itself, for one of `never`, `waits` (for a case file's end), `is_held`, or because
    no rule has a term for it. `is_stale`: something it rests on has changed since.
    """

    recording = models.OneToOneField(Recording, models.PROTECT, related_name="term")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="terms")
    until = models.DateTimeField(null=True)
    never = models.BooleanField(default=False)
    waits = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    at_least = models.BooleanField(default=False, help_text="a floor bears on it")
    grounds = models.JSONField(default=list)
    computed_at = models.DateTimeField(null=True)
    is_stale = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="term_has_one_end",
                condition=Q(until=None) | Q(never=False, waits=False, is_held=False),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "until", "recording"], name="term_by_end"),
            models.Index(fields=["id"], condition=Q(is_stale=True), name="term_stale"),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.until}"


class TermCursor(models.Model):
    """The first event not looked at yet. One row."""

    next_index = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.next_index)
