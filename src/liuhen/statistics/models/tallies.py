from django.db import models

from liuhen.people.models import Agency, Officer, Unit


class Span(models.TextChoices):
    DAY = "day"
    MONTH = "month"


class Level(models.TextChoices):
    """What a row counts: a unit's things once each, or an officer's. An activity of two officers
    is one of the unit's and one of each of theirs."""

    UNIT = "unit"
    OFFICER = "officer"


class Tally(models.Model):
    """What was counted for one unit or officer in one day or month of China's calendar.

    Made from the rows alone, a day at a time, and made anew at any time; a month is the sum of its
    days. The columns are `statistics.figures`, which says what each of them counts. `unit` is the
    thing's own, `None` where it has none. `is_secret`: of recordings under a secrecy mark, or of a
    spot check among such, for those alone who see them. Breaches have no column: who reads decides
    which of them are counted (`breach_counts`).
    """

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    span = models.CharField(max_length=5, choices=Span.choices)
    level = models.CharField(max_length=7, choices=Level.choices)
    first = models.DateField(help_text="the day, or the first one of the month")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    is_secret = models.BooleanField(default=False)

    recordings = models.BigIntegerField(default=0)
    recording_bytes = models.BigIntegerField(default=0)
    recorded_ms = models.BigIntegerField(default=0)
    described_due = models.BigIntegerField(default=0)
    lacking = models.BigIntegerField(default=0)

    activities = models.BigIntegerField(default=0)
    required = models.BigIntegerField(default=0)
    recorded = models.BigIntegerField(default=0)
    not_recorded = models.BigIntegerField(default=0)
    complete = models.BigIntegerField(default=0)
    incomplete = models.BigIntegerField(default=0)
    exempt = models.BigIntegerField(default=0)
    pending = models.BigIntegerField(default=0)
    required_ms = models.BigIntegerField(default=0)
    covered_ms = models.BigIntegerField(default=0)

    handed_on_time = models.BigIntegerField(default=0)
    handed_late = models.BigIntegerField(default=0)
    duties_on_time = models.BigIntegerField(default=0)
    duties_late = models.BigIntegerField(default=0)

    checkouts = models.BigIntegerField(default=0)
    used_ms = models.BigIntegerField(default=0)

    spot_checked = models.BigIntegerField(default=0)
    spot_failed = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tally_of_an_officer_names_one",
                condition=models.Q(level=Level.UNIT, officer=None)
                | models.Q(level=Level.OFFICER, officer__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "level", "span", "first"], name="tally_by_time"),
            models.Index(
                fields=["officer", "span", "first"],
                condition=models.Q(officer__isnull=False),
                name="tally_of_officer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.span} {self.first}: {self.unit_id}, {self.officer_id}"


class StaleDay(models.Model):
    """A day whose tallies are to be counted anew: the log says that something of it has changed."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "day"], name="stale_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.day}"
