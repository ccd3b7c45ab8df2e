"""Reads: figures of a stretch of time, from prepared counts. No row of the work itself is read."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.duties.models import Duty, DutyState
from liuhen.statistics.figures import DUTIES
from liuhen.statistics.models import Level, Span, Tally
from liuhen.statistics.periods import parts
from liuhen.statistics.scopes import Scope

Counts = dict[str, int]
"""By the figure's code; what is not there is nought."""


@dataclass(frozen=True)
class Rate:
    """How many of `whole` are `good`; "" : those that are not `bad`."""

    code: str
    title: Promise
    good: str
    whole: tuple[str, ...]
    bad: str
    """What the rate's own list shows: those that spoil it."""

    def of(self, counts: Counts) -> float | None:
        """None: there is nothing of which it could be one."""
        whole = sum(counts.get(code, 0) for code in self.whole)
        if not whole:
            return None
        good = counts.get(self.good, 0) if self.good else whole - counts.get(self.bad, 0)
        return good / whole


ON_TIME = Rate(
    "on_time", _("按时移交率"), "handed_on_time", ("handed_on_time", "handed_late"), "handed_late"
)
RECORDED = Rate("recording_rate", _("记录率"), "recorded", ("required",), "not_recorded")
COMPLETE = Rate("completeness", _("记录完整率"), "complete", ("required",), "incomplete")
COVERAGE = Rate("coverage", _("时长覆盖率"), "covered_ms", ("required_ms",), "incomplete")
DESCRIBED = Rate("described", _("信息完整率"), "", ("described_due",), "lacking")


def percent(value: float) -> str:
    """Never rounded up to all of it: 99.96% is not everything."""
    shown = f"{value * 100:.1f}"
    if shown == "100.0" and value < 1:
        shown = "99.9"
    return f"{shown}%"


def totals(scope: Scope, since: date, until: date) -> Counts:
    return grouped(scope, since, until).get((), {})


def by_unit(scope: Scope, since: date, until: date) -> dict[int | None, Counts]:
    return {key[0]: counts for key, counts in grouped(scope, since, until, "unit").items()}


def by_officer(scope: Scope, since: date, until: date) -> dict[int, Counts]:
    found = grouped(scope, since, until, "officer", level=Level.OFFICER)
    return {key[0]: counts for key, counts in found.items()}


def by_time(scope: Scope, since: date, until: date, *, months: bool) -> dict[date, Counts]:
    """By day, or by the month's first day, each of them: nought is a figure."""
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    firsts = (day for day in days if not months or day.day == 1)
    found: dict[date, Counts] = {first: defaultdict(int) for first in firsts}
    spans = parts(since, until) if months else [(Span.DAY, since, until)]
    for key, counts in read(scope, spans, "first").items():
        first = key[0].replace(day=1) if months else key[0]
        merge(found[first], counts)
    return found


def grouped(
    scope: Scope, since: date, until: date, *by: str, level: Level | None = None
) -> dict[tuple[Any, ...], Counts]:
    return read(scope, parts(since, until), *by, level=level)


def read(
    scope: Scope,
    spans: Iterable[tuple[Span, date, date]],
    *by: str,
    level: Level | None = None,
) -> dict[tuple[Any, ...], Counts]:
    """A query for each part of the time: an OR of them would be found by no index. Whoever has
    nothing but what the scope hides has no line: its being there would tell of it."""
    level, codes = level or (Level.OFFICER if scope.officer else Level.UNIT), tuple(scope.codes)
    found: dict[tuple[Any, ...], Counts] = defaultdict(lambda: defaultdict(int))
    for span, first, last in spans:
        rows = scope.within(summed(by or ("level",), codes), level)
        for row in rows.filter(span=span, first__range=(first, last)):
            counts = {code: row[f"n_{code}"] or 0 for code in codes}
            if not by or any(counts.values()):
                merge(found[tuple(row[name] for name in by)], counts)
    return found


@cache
def summed(by: tuple[str, ...], codes: tuple[str, ...]) -> QuerySet[Tally, dict[str, Any]]:
    """Put together once, never asked by itself: to make fifteen sums into a query anew costs more
    than the database's answer."""
    sums = {f"n_{code}": Sum(code) for code in codes}
    rows: QuerySet[Tally, dict[str, Any]] = Tally.objects.order_by().values(*by).annotate(**sums)
    return rows


def merge(into: Counts, more: Counts) -> None:
    for code, n in more.items():
        into[code] += n


def overdue(scope: Scope, *, at: datetime) -> Any:
    """What is overdue as it stands: its time ran out by itself, no event tells it."""
    rows = Duty.objects.filter(agency=scope.agency, state=DutyState.OPEN, due_at__lte=at)
    return scope.of(DUTIES, rows)


def overdue_by(scope: Scope, *by: str, at: datetime) -> dict[Any, int]:
    rows = overdue(scope, at=at).order_by().values_list(*by).annotate(n=Count("pk"))
    return {row[0]: row[-1] for row in rows}
