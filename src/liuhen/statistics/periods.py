"""A day, a month or a year of China's calendar, and the stretch before it that it is held against.

What is not over is held against as much of the former one: the first 27 days of a month against
the first 27 of the month before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from liuhen.statistics.models import Span

EARLIEST = date(2000, 1, 1)


class Length(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class Period:
    """Both days included; `until` is the last one of the period or, while it lasts, today."""

    length: Length
    since: date
    until: date

    @property
    def end(self) -> date:
        """The last day it will have."""
        return last_day(self.length, self.since)

    @property
    def is_over(self) -> bool:
        return self.until == self.end

    def before(self) -> "Period":
        """The one before, as long as this one has lasted."""
        since = first_day(self.length, self.since - timedelta(days=1))
        end = last_day(self.length, since)
        lasted = self.until - self.since
        until = end if self.is_over else min(since + lasted, end)
        return Period(self.length, since, until)

    def after(self) -> date:
        return self.end + timedelta(days=1)


def period(length: Length, day: date, *, today: date) -> Period:
    """The one in which `day` lies; of a day to come, the one in which today does."""
    day = max(min(day, today), EARLIEST)
    since = first_day(length, day)
    return Period(length, since, min(last_day(length, since), today))


def first_day(length: Length, day: date) -> date:
    if length == Length.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if length == Length.MONTH else day


def last_day(length: Length, first: date) -> date:
    if length == Length.YEAR:
        return first.replace(month=12, day=31)
    return end_of_month(first) if length == Length.MONTH else first


def end_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def parts(since: date, until: date) -> Iterator[tuple[Span, date, date]]:
    """The tallies that make up a stretch of days: whole months as such, the rest by days. At most
    three."""
    first = since if since.day == 1 else end_of_month(since) + timedelta(days=1)
    last = until if until == end_of_month(until) else until.replace(day=1) - timedelta(days=1)
    if first > last:
        yield Span.DAY, since, until
        return
    if since < first:
        yield Span.DAY, since, first - timedelta(days=1)
    yield Span.MONTH, first, last
    if last < until:
        yield Span.DAY, last + timedelta(days=1), until
