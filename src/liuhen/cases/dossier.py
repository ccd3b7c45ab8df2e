"""One dossier for each party (一户式): papers and recordings, across cases, on one timeline."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from liuhen.cases import documents, queries
from liuhen.cases.models import Activity, ActivityRecording, Case, CaseParty, Document, Party
from liuhen.kernel.clock import CHINA, in_china, midnight
from liuhen.people.models import Officer
from liuhen.recordings import queries as recordings
from liuhen.recordings.models import Recording

MOST_ENTRIES = 400
"""On one page; of more, the newest, and each year stands on its own."""


class Sort(StrEnum):
    """What an entry of the timeline is."""

    CASE_OPENED = "case_opened"
    CASE_CLOSED = "case_closed"
    ACTIVITY = "activity"
    RECORDING = "recording"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Scope:
    """Everything of one party, as far as whoever asks sees it."""

    party: Party
    cases: QuerySet[Case]
    activities: QuerySet[Activity]
    recordings: QuerySet[Recording]
    documents: QuerySet[Document]


def seen_by(officer: Officer, party: Party) -> Scope:
    return scope(
        party,
        queries.cases_for(officer),
        queries.activities_for(officer),
        recordings.visible_to(officer),
        documents.documents_for(officer),
    )


def whole(party: Party) -> Scope:
    """All the bureau has of the party."""
    bureau = {"agency_id": party.agency_id}
    return scope(
        party,
        Case.objects.filter(**bureau),
        Activity.objects.filter(**bureau),
        Recording.objects.filter(**bureau),
        Document.objects.filter(**bureau),
    )


def scope(
    party: Party,
    cases: QuerySet[Case],
    activities: QuerySet[Activity],
    seen: QuerySet[Recording],
    papers: QuerySet[Document],
) -> Scope:
    """An activity of a case the party is in belongs to it, too; withdrawn and void ones do not.

    Keys are read first, each by its own index: a party has few, and an OR over subqueries would
    read the whole bureau's. Four queries.
    """
    case_keys = list(CaseParty.objects.filter(party=party).values_list("case_id", flat=True))
    acted = Activity.objects.filter(voided_at=None)
    on_site = keys(acted.filter(party=party), acted.filter(case__in=case_keys))
    links = ActivityRecording.objects.filter(activity__in=on_site)
    footage = list(links.values_list("recording_id", flat=True))
    kept = Document.objects.filter(withdrawn_at=None)
    handed_in = keys(
        kept.filter(party=party), kept.filter(case__in=case_keys), kept.filter(activity__in=on_site)
    )
    return Scope(
        party,
        cases.filter(pk__in=case_keys),
        activities.filter(pk__in=on_site),
        seen.filter(pk__in=footage),
        papers.filter(pk__in=handed_in),
    )


def keys(*rows: QuerySet[Any]) -> list[int]:
    ids = [one.order_by().values_list("pk", flat=True) for one in rows]
    return list(ids[0].union(*ids[1:]))


@dataclass(frozen=True)
class Entry:
    """`at` orders; of what has only a date it is that day's beginning, and `is_day` says so."""

    at: datetime
    sort: Sort
    row: Any
    is_day: bool = False

    @property
    def day(self) -> date:
        return in_china(self.at).date()


@dataclass(frozen=True)
class Timeline:
    """Newest first. `is_cut`: older entries of these filters are left out."""

    entries: list[Entry]
    is_cut: bool


def timeline(
    of: Scope, *, year: int | None = None, only: Sort | None = None, most: int = MOST_ENTRIES
) -> Timeline:
    """Five queries at most, whatever there is."""
    found: list[Entry] = []
    for sort, entries in SOURCES.items():
        if only is None or only == sort:
            found += entries(of, year, most + 1)
    found.sort(key=lambda one: (one.at, RANKS[one.sort], one.row.pk), reverse=True)
    return Timeline(found[:most], len(found) > most)


def during(column: str, year: int | None, *, is_date: bool = False) -> Q:
    if year is None:
        return Q(**{f"{column}__isnull": False})
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    since, until = (first, after) if is_date else (midnight(first), midnight(after))
    return Q(**{f"{column}__gte": since, f"{column}__lt": until})


def opened(of: Scope, year: int | None, most: int) -> list[Entry]:
    rows = of.cases.filter(during("opened_date", year, is_date=True)).order_by("-opened_date")
    return [
        Entry(midnight(row.opened_date), Sort.CASE_OPENED, row, is_day=True)
        for row in rows.select_related("unit")[:most]
    ]


def closed(of: Scope, year: int | None, most: int) -> list[Entry]:
    rows = of.cases.filter(during("closed_date", year, is_date=True)).order_by("-closed_date")
    return [
        Entry(midnight(row.closed_date), Sort.CASE_CLOSED, row, is_day=True)
        for row in rows[:most]
        if row.closed_date
    ]


def acted(of: Scope, year: int | None, most: int) -> list[Entry]:
    """One only planned stands at the time it was registered."""
    rows = of.activities.filter(
        during("arrived_at", year) | (Q(arrived_at=None) & during("registered_at", year))
    )
    rows = rows.select_related("case", "unit").order_by("-registered_at")
    return [Entry(row.arrived_at or row.registered_at, Sort.ACTIVITY, row) for row in rows[:most]]


def recorded(of: Scope, year: int | None, most: int) -> list[Entry]:
    rows = of.recordings.filter(during("recorded_at", year)).order_by("-recorded_at", "-pk")
    beside = ("officer", "device", "activity_recording__activity")
    rows = rows.select_related(*beside).defer("examination", "search_text")
    return [Entry(row.recorded_at, Sort.RECORDING, row) for row in rows[:most]]


def papers(of: Scope, year: int | None, most: int) -> list[Entry]:
    """By the date on the paper, else by when it was handed in."""
    rows = of.documents.filter(
        during("made_date", year, is_date=True) | (Q(made_date=None) & during("added_at", year))
    )
    rows = rows.select_related("case", "activity", "added_by").order_by("-added_at", "-pk")
    return [
        Entry(
            midnight(row.made_date) if row.made_date else row.added_at,
            Sort.DOCUMENT,
            row,
            is_day=bool(row.made_date),
        )
        for row in rows[:most]
    ]


RANKS = {
    Sort.CASE_OPENED: 0,
    Sort.DOCUMENT: 1,
    Sort.ACTIVITY: 2,
    Sort.RECORDING: 3,
    Sort.CASE_CLOSED: 4,
}
"""Of one moment, e.g. a day's beginning: what came first."""

Source = Callable[[Scope, int | None, int], list[Entry]]
SOURCES: dict[Sort, Source] = {
    Sort.CASE_OPENED: opened,
    Sort.CASE_CLOSED: closed,
    Sort.ACTIVITY: acted,
    Sort.RECORDING: recorded,
    Sort.DOCUMENT: papers,
}


def years(of: Scope) -> list[int]:
    """In which anything lies, newest first. Six queries."""
    return sorted(set(years_of(of)), reverse=True)


def years_of(of: Scope) -> Iterator[int]:
    for rows, column in (
        (of.cases, "opened_date"),
        (of.cases, "closed_date"),
        (of.documents, "made_date"),
    ):
        for day in rows.order_by().dates(column, "year"):
            yield day.year
    for found, column in (
        (of.activities, "arrived_at"),
        (of.recordings, "recorded_at"),
        (of.documents.filter(made_date=None), "added_at"),
    ):
        for at in found.order_by().datetimes(column, "year", tzinfo=CHINA):
            yield at.year
