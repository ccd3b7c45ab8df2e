"""Reads: how completely a bureau records, in figures and in the lists they are counted from.

Counted from verdicts as they are kept, by index; no activity is judged here.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Value

from liuhen.cases.models import Activity, Case, ListedMatter, Verdict
from liuhen.cases.queries import activities_for, cases_for
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Officer, Unit

INCOMPLETE = (Verdict.UNEXPLAINED, Verdict.NOT_RECORDED)
"""What somebody has to do something about."""

IN_ORDER = (Verdict.COMPLETE, Verdict.EXPLAINED, Verdict.EXEMPT)
"""Recorded as it had to be, or excused."""

SETTLED = (*IN_ORDER, Verdict.UNEXPLAINED, Verdict.NOT_REQUIRED)
"""Of an activity with one of these nobody asks any more where its recording is."""

Counts = Counter[str]


def counted(officer: Officer) -> QuerySet[Activity]:
    """Those an officer sees that have begun; one that was only planned has no day yet."""
    return activities_for(officer).filter(voided_at=None, arrived_at__isnull=False)


@dataclass(frozen=True)
class Filters:
    """None and "" mean everything. Days of the arrival by China's clock, both included.

    `verdict`: one of Verdict, or "incomplete" for all somebody has to do something about.
    """

    verdict: str = ""
    unit: int | None = None
    matter: int | None = None
    first: date | None = None
    last: date | None = None

    def apply(self, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        if self.verdict == "incomplete":
            rows = rows.filter(verdict__in=INCOMPLETE)
        elif self.verdict:
            rows = rows.filter(verdict=self.verdict)
        if self.unit is not None:
            rows = rows.filter(unit_id=self.unit)
        if self.matter is not None:
            rows = rows.filter(listed_id=self.matter)
        if self.first:
            rows = rows.filter(arrived_at__gte=midnight(self.first))
        if self.last:
            rows = rows.filter(arrived_at__lt=midnight(self.last + timedelta(days=1)))
        return rows


@dataclass(frozen=True)
class Line:
    """One row of figures: what it is about, its address in the list, and counts by verdict."""

    name: str
    filters: Filters
    counts: Counts = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def percent(self) -> int | None:
        """Of what had to be recorded and is over, how much was in order; rounded down, so that
        100 means all. None: nothing was."""
        good = sum(self.counts[verdict] for verdict in IN_ORDER)
        owed = good + sum(self.counts[verdict] for verdict in INCOMPLETE)
        return good * 100 // owed if owed else None


@dataclass(frozen=True)
class Figures:
    """Of one year: all of it, and divided by month and by unit. Matters in the list's order."""

    whole: Line
    months: list[Line]
    units: list[Line]
    matters: list[Line]


def figures(officer: Officer, year: int, *, at: datetime) -> Figures:
    """Four queries, whatever there is: each month is one range of the index."""
    rows = counted(officer)
    span = Filters(first=date(year, 1, 1), last=date(year, 12, 31))
    whole = Line("", span)
    months = [Line(f"{month.first:%Y-%m}", month) for month in months_of(year, at)]
    units: dict[int | None, Line] = {}
    names = dict(Unit.objects.filter(agency_id=officer.agency_id).values_list("pk", "name"))
    for n, unit, verdict, count in by_month(rows, [line.filters for line in months]):
        if unit not in units:
            of_unit = Filters(unit=unit, first=span.first, last=span.last)
            units[unit] = Line(names[unit] if unit else "", of_unit)
        for line in (whole, months[n], units[unit]):
            line.counts[verdict] += count
    ordered = sorted(units.items(), key=lambda one: (one[0] is None, one[1].name))
    return Figures(
        whole, months[::-1], [line for _, line in ordered], list(by_matter(officer, rows, span))
    )


def months_of(year: int, at: datetime) -> Iterable[Filters]:
    """Those that have begun."""
    today = in_china(at).date()
    for month in range(1, 13):
        first = date(year, month, 1)
        after = (first + timedelta(days=31)).replace(day=1)
        if first <= today:
            yield Filters(first=first, last=after - timedelta(days=1))


def by_month(
    rows: QuerySet[Activity], months: list[Filters]
) -> Iterable[tuple[int, int | None, str, int]]:
    """(number of the month, unit, verdict, how many): one query."""
    if not months:
        return []
    parts = [
        month.apply(rows)
        .order_by()
        .annotate(month=Value(n, IntegerField()))
        .values_list("month", "unit", "verdict")
        .annotate(n=Count("pk"))
        for n, month in enumerate(months)
    ]
    return list(parts[0].union(*parts[1:], all=True))


def by_matter(officer: Officer, rows: QuerySet[Activity], span: Filters) -> Iterable[Line]:
    """Each line of the matter list as it stands, those nobody carried out as well. Two queries."""
    listed = ListedMatter.objects.filter(agency_id=officer.agency_id, dropped_at=None)
    lines = {
        matter.pk: Line(str(matter), Filters(matter=matter.pk, first=span.first, last=span.last))
        for matter in listed.order_by("seq", "pk")
    }
    found = span.apply(rows).order_by().values_list("listed", "verdict").annotate(n=Count("pk"))
    for matter, verdict, count in found:
        if matter in lines:
            lines[matter].counts[verdict] += count
    return lines.values()


def incomplete(officer: Officer) -> int:
    return counted(officer).filter(verdict__in=INCOMPLETE).count()


def without_recording(officer: Officer) -> QuerySet[Activity]:
    """What had to be recorded, is over, and no recording shows."""
    return counted(officer).filter(verdict=Verdict.NOT_RECORDED)


def cases_without_recording(officer: Officer) -> QuerySet[Case]:
    """Cases opened since the bureau works with the system, for which no activity is on record, or
    none that anything was recorded of."""
    rows = cases_for(officer)
    if officer.agency.set_up_at is not None:
        rows = rows.filter(opened_date__gte=in_china(officer.agency.set_up_at).date())
    shown = Activity.objects.filter(case=OuterRef("pk"), voided_at=None)
    return rows.filter(~Exists(shown.exclude(verdict=Verdict.NOT_RECORDED)))


def not_begun(officer: Officer) -> int:
    """Registered, and nobody has entered when they arrived: in no figure, as they have no day."""
    return activities_for(officer).filter(voided_at=None, arrived_at=None).count()
