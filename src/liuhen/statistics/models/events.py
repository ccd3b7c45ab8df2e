from django.db import models

from liuhen.people.models import Agency


class EventCount(models.Model):
    """How many events of a kind a bureau's log holds for one day of China's calendar.

    Made from the log alone and made anew from it at any time: a figure can be counted after.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=40)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "day", "kind"], name="event_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day} {self.kind}: {self.count}"


class LogCursor(models.Model):
    """How far the log has been read for one kind of prepared counts."""

    name = models.CharField(max_length=30, unique=True)
    next_index = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.next_index}"
