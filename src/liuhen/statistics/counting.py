"""Count one day of a bureau from its rows, and sum its months from their days.

In the log's turn and the caller's transaction: nothing that is counted changes meanwhile.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from liuhen.cases import required
from liuhen.people.models import Agency
from liuhen.statistics.figures import FIGURES, PREPARED, SOURCES, Source, Spans
from liuhen.statistics.models import Level, Span, Tally

Key = tuple[str, int | None, int | None, bool]
"""Level, unit, officer, is_secret."""

Cells = dict[Key, dict[str, int]]
AT_ONCE = 500


def recount(agency: Agency, days: Iterable[date]) -> None:
    """These days anew, and then the months they lie in."""
    days = sorted(set(days))
    spans = required.spans_for(agency)
    for day in days:
        put(agency, Span.DAY, day, counted(agency, day, spans=spans))
    for first in sorted({day.replace(day=1) for day in days}):
        put(agency, Span.MONTH, first, summed(agency, first))


def put(agency: Agency, span: Span, first: date, cells: Cells) -> None:
    Tally.objects.filter(agency=agency, level__in=Level, span=span, first=first).delete()
    rows = [
        Tally(
            agency=agency,
            span=span,
            level=level,
            first=first,
            unit_id=unit,
            officer_id=officer,
            is_secret=is_secret,
            **counts,
        )
        for (level, unit, officer, is_secret), counts in cells.items()
    ]
    Tally.objects.bulk_create(rows, batch_size=AT_ONCE)


def counted(agency: Agency, day: date, *, spans: Spans) -> Cells:
    """Of one day, in a query for each source, and one more where officers share a row."""
    cells: Cells = defaultdict(lambda: defaultdict(int))
    for source in SOURCES:
        rows = source.rows(agency, day, day)
        for row in grouped(source, rows, source.officer, spans):
            key_unit, officer = row["unit"], row[source.officer]
            is_secret = row.get("is_secret", False)
            if officer is not None:
                add(cells[Level.OFFICER, key_unit, officer, is_secret], row)
            if not source.is_shared:
                add(cells[Level.UNIT, key_unit, None, is_secret], row)
        if source.is_shared:
            for row in grouped(source, rows, None, spans):
                add(cells[Level.UNIT, row["unit"], None, row.get("is_secret", False)], row)
    return cells


def grouped(source: Source, rows: QuerySet[Any], officer: str | None, spans: Spans) -> Any:
    by = ["unit", *([officer] if officer else []), *(["is_secret"] if source.secret else [])]
    rows = source.with_officer(rows) if officer else rows
    return rows.order_by().values(*by).annotate(**aggregates(source, spans))


def aggregates(source: Source, spans: Spans) -> dict[str, Any]:
    """By a name that is no field's: the figures' own codes may be."""
    return {
        f"n_{figure.code}": (
            Count("pk", filter=figure.where(spans))
            if figure.amount is None
            else Sum(figure.amount, filter=figure.where(spans))
        )
        for figure in FIGURES.values()
        if figure.source is source
    }


def add(counts: dict[str, int], row: dict[str, Any]) -> None:
    for name, value in row.items():
        if name.startswith("n_") and value:
            counts[name.removeprefix("n_")] += whole(value)


def whole(value: Decimal | timedelta | int) -> int:
    """Seconds of a recording and lengths of time as milliseconds."""
    if isinstance(value, timedelta):
        return value // timedelta(milliseconds=1)
    return round(value * 1000) if isinstance(value, Decimal) else value


def summed(agency: Agency, first: date) -> Cells:
    """Of a month, from its days. One query."""
    after = (first + timedelta(days=31)).replace(day=1)
    days = Tally.objects.filter(
        agency=agency, level__in=Level, span=Span.DAY, first__gte=first, first__lt=after
    )
    rows = days.order_by().values("level", "unit", "officer", "is_secret")
    sums: list[Any] = list(rows.annotate(**{f"n_{code}": Sum(code) for code in PREPARED}))
    cells: Cells = {}
    for row in sums:
        key = (row["level"], row["unit"], row["officer"], row["is_secret"])
        cells[key] = {code: row[f"n_{code}"] for code in PREPARED}
    return cells
