"""What has to be entered before a recording counts as archived, what of it is known, what lacks.

Which fields, the regulation of the recording's own day says (`engines.policy.describing.missing`).
What is known comes from the recording and, through its activity, from case and party: nothing is
entered twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from liuhen.cases.models import CaseParty
from liuhen.devices.models import DeviceKind
from liuhen.engines.policy import describing
from liuhen.engines.policy.describing import Missing
from liuhen.engines.policy.pack import Rulebook
from liuhen.engines.policy.values import ArchiveFields
from liuhen.engines.policy.vocabulary import Field
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Agency, Officer
from liuhen.recordings import queries as recordings
from liuhen.recordings.models import Mark, Recording, TimeOrigin
from liuhen.regulations import current

PARAMETER = "archive_fields"
ACTIVITY = "activity_recording__activity"
NO_ACTIVITY = Q(activity_recording=None)
CASE_HAS_PARTY = Exists(
    CaseParty.objects.filter(case_id=OuterRef(f"{ACTIVITY}__case_id"), part="party")
)
IS_MARKED = Exists(Mark.objects.filter(recording_id=OuterRef("pk"), removed_at=None))
NO_CASE = Q(**{f"{ACTIVITY}__case": None})
NO_PARTY = NO_ACTIVITY | (
    Q(**{f"{ACTIVITY}__party": None, f"{ACTIVITY}__party_name": ""}) & Q(~CASE_HAS_PARTY)
)
NO_CONTENT = (NO_ACTIVITY | Q(**{f"{ACTIVITY}__note": ""})) & Q(~IS_MARKED)
NO_TIME = Q(recorded_at_origin=TimeOrigin.INTAKE)

LACKS: dict[Field, Q] = {
    Field.CASE_NAME: NO_CASE,
    Field.CASE_NO: NO_CASE,
    Field.PARTY: NO_PARTY,
    Field.CONTENT: NO_CONTENT,
    Field.OFFICER: Q(officer=None),
    Field.MAKER: Q(officer=None),
    Field.MAKER_UNIT: Q(unit=None),
    Field.RECORDED_DATE: NO_TIME,
    Field.MADE_TIME: NO_TIME,
}
"""When a field of a recording is not known, in the database's words.

A party's name heard on site counts as written down. Content is the activity's note or a mark. The
storing date is always known. What belongs to a disc or an extraction is asked for there.
"""

ASKABLE = frozenset({*LACKS, Field.STORED_DATE})


@dataclass(frozen=True)
class Span:
    """From `since` on, before `until` (None: still), these fields are required."""

    since: date
    until: date | None
    fields: tuple[Field, ...]
    article: int
    pack_id: str

    def days(self) -> Q:
        during = Q(recorded_at__gte=midnight(self.since))
        return during & Q(recorded_at__lt=midnight(self.until)) if self.until else during

    def missing(self) -> Q:
        return self.days() & reduce(or_, [LACKS[one] for one in self.fields if one in LACKS])


def spans_of(book: Rulebook | None) -> tuple[Span, ...]:
    """The stretches of time in which the regulation requires anything that can be lacking."""
    if book is None:
        return ()
    begins = {one.from_date for one in book.adopted}
    begins |= {one.from_date for one in book.changes if one.parameter == PARAMETER}
    for one in book.adopted:
        series = one.pack.parameters.get(PARAMETER, ())
        begins |= {value.from_date for value in series if value.from_date}
    days = sorted(day for day in begins if day >= book.adopted[0].from_date)
    found = []
    for since, until in zip(days, [*days[1:], None], strict=True):
        rules = book.on(since)
        rule = rules.get(ArchiveFields)
        if rule is not None and any(one in LACKS for one in rule.fields):
            fields = tuple(one for one in rule.fields if one in ASKABLE)
            found.append(Span(since, until, fields, rule.article, rules.pack.pack_id))
    return tuple(found)


def spans_for(agency: Agency) -> tuple[Span, ...]:
    return spans_of(current.rulebook_if_any(agency))


def asked(rows: QuerySet[Recording]) -> QuerySet[Recording]:
    """Those that belong to enforcement: not what a window's camera recorded, nor what was set
    aside."""
    return rows.filter(aside=None).exclude(device__kind=DeviceKind.FIXED_CAMERA)


def lacking(
    officer: Officer, spans: Sequence[Span], *, only: Field | None = None
) -> QuerySet[Recording]:
    """The recordings the officer sees in which a required field, or `only` this one, lacks."""
    rows = asked(recordings.visible_to(officer))
    wanted = [
        span.days() & LACKS[only] if only else span.missing()
        for span in spans
        if only is None or (only in span.fields and only in LACKS)
    ]
    if not wanted:
        return rows.none()
    return rows.filter(reduce(or_, wanted))


def with_lacks(rows: QuerySet[Recording]) -> QuerySet[Recording]:
    """Each row with `lacks_<field>`: whether that field is not known."""
    told: dict[str, Any] = {
        f"lacks_{field}": ExpressionWrapper(lacks, output_field=BooleanField())
        for field, lacks in LACKS.items()
    }
    return rows.annotate(**told)


def known_of(row: Recording) -> frozenset[Field]:
    """Of a row of `with_lacks`."""
    return frozenset(one for one in ASKABLE if not getattr(row, f"lacks_{one}", False))


def missing_of(row: Recording, book: Rulebook | None) -> Missing | None:
    """Of a row of `with_lacks`, by the rules of the day it was recorded; None: nothing lacks."""
    if book is None:
        return None
    rules = book.on(in_china(row.recorded_at).date())
    return describing.missing(rules, known_of(row), ASKABLE)


def missing_in(recording: Recording) -> Missing | None:
    """Of one recording. Three queries at most; None also where it is not asked for."""
    row = with_lacks(asked(Recording.objects.filter(pk=recording.pk))).first()
    return missing_of(row, current.rulebook_if_any(recording.agency)) if row else None


@dataclass(frozen=True)
class Figures:
    """One unit's figures; `unit` None: recordings nobody has said whose they are.

    `total`: recordings of which anything is required; `lacking`: those in which anything lacks.
    """

    unit: int | None
    total: int
    lacking: int
    by_field: dict[Field, int]


def figures(officer: Officer, spans: Sequence[Span]) -> list[Figures]:
    """By unit, in one query over the indexes of recordings and activities."""
    if not spans:
        return []
    during = reduce(or_, [span.days() for span in spans])
    fields = sorted({one for span in spans for one in span.fields if one in LACKS})
    counted: dict[str, Any] = {
        f"n_{field}": Count(
            "pk",
            filter=reduce(or_, [s.days() & LACKS[field] for s in spans if field in s.fields]),
        )
        for field in fields
    }
    missing = reduce(or_, [span.missing() for span in spans])
    rows = asked(recordings.visible_to(officer)).filter(during).order_by().values("unit_id")
    rows = rows.annotate(total=Count("pk"), lacking=Count("pk", filter=missing), **counted)
    answers: list[Any] = list(rows)
    return [
        Figures(
            row["unit_id"],
            row["total"],
            row["lacking"],
            {field: row[f"n_{field}"] for field in fields},
        )
        for row in answers
    ]
