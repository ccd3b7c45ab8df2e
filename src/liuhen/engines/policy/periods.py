"""Terms as a regulation states them: whole calendar years, months, days."""

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_DAYS = 36_600
"""A century: longer is a slip of the pen, and "for ever" is no period."""

ISO = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?\Z")


@dataclass(frozen=True, order=False)
class Period:
    """Calendar months and days, e.g. `P12M`, `P2Y`, `P30D` (ISO 8601 without hours).

    Years stand apart from months only to be said as the regulation says them: 12 months, 2 years.
    """

    months: int = 0
    days: int = 0
    years: int = 0

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Raises ValueError: no ISO 8601 period of years, months, days; empty; over a century."""
        found = ISO.match(text)
        if not found or not any(found.groups()):
            raise ValueError(text)
        years, months, days = (int(part or 0) for part in found.groups())
        if not 0 < years * 366 + months * 31 + days <= LONGEST_DAYS:
            raise ValueError(text)
        return cls(months, days, years)

    def after(self, instant: datetime) -> datetime:
        """The same time of day this much later, in the zone of `instant`.

        A day the month lacks becomes its last: 31 August and 6 months is 28 February.
        """
        months = instant.year * 12 + instant.month - 1 + self.years * 12 + self.months
        year, month = months // 12, months % 12 + 1
        day = min(instant.day, calendar.monthrange(year, month)[1])
        return instant.replace(year=year, month=month, day=day) + timedelta(days=self.days)

    def __str__(self) -> str:
        parts = [(self.years, "Y"), (self.months, "M"), (self.days, "D")]
        return "P" + "".join(f"{n}{unit}" for n, unit in parts if n)
