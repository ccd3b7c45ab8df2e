"""Reads: recordings nobody has said to what they belong, with what speaks for which activity.

Empty when all is well. A page is a slice by the index on what is open (`Recording.settled_at`):
its cost does not grow with what the bureau keeps.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from liuhen.cases import linking, matching
from liuhen.cases.grouping import Group, groups
from liuhen.cases.matching import Proposal
from liuhen.cases.models import Activity, Aside
from liuhen.cases.queries import activities_for
from liuhen.custody import keyset
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import COUNT_CAP, Filters, hides, visible_to

PAGE_SIZE = 60
ASIDES_SHOWN = 30


@dataclass(frozen=True)
class Matched:
    """An activity and what is proposed for it; `may_confirm`: by the one who looks."""

    activity: Activity
    proposals: list[Proposal]
    may_confirm: bool


@dataclass(frozen=True)
class Worklist:
    """One slice of the open recordings: what fits an activity, and the rest by what belongs
    together. `count` of all that is open, up to COUNT_CAP."""

    matched: list[Matched] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    older: str | None = None
    newer: str | None = None
    count: int = 0
    count_is_capped: bool = False

    @property
    def proposed(self) -> int:
        return sum(len(one.proposals) for one in self.matched)


def loose(officer: Officer) -> QuerySet[Recording]:
    """Those the officer sees and nobody has spoken of, while they are kept."""
    return visible_to(officer).filter(settled_at=None, disposed_at=None)


def worklist(officer: Officer, filters: Filters, cursor: str | None, *, at: datetime) -> Worklist:
    """Newest first. Nine queries, whatever is on the page."""
    rows = filters.apply(loose(officer))
    count = rows.order_by()[: COUNT_CAP + 1].count()
    found = keyset.take(rows.only("recorded_at"), cursor, by="recorded_at", size=PAGE_SIZE)
    shown, fits = fitting(found.rows, officer, at=at)
    return Worklist(
        matched_of([best(fits[one.pk]) for one in shown if one.pk in fits], officer),
        groups([one for one in shown if one.pk not in fits])[::-1],
        older=found.older,
        newer=found.newer,
        count=min(count, COUNT_CAP),
        count_is_capped=count > COUNT_CAP,
    )


def with_proposals(
    rows: Sequence[Recording], officer: Officer, *, at: datetime
) -> list[tuple[Recording, Proposal | None]]:
    """Some of `loose`, in their order, as the pages propose them; a few queries for all of them."""
    shown, fits = fitting(rows, officer, at=at)
    by_key = {one.pk: one for one in shown}
    return [
        (by_key[one.pk], best(fits[one.pk]) if one.pk in fits else None)
        for one in rows
        if one.pk in by_key
    ]


def fitting(
    rows: Sequence[Recording], officer: Officer, *, at: datetime
) -> tuple[list[Recording], dict[int, list[Proposal]]]:
    """With what matching asks of them, and what fits which; of many, as many activities are looked
    at for each page of them."""
    shown = matching.with_position(Recording.objects.filter(pk__in=[one.pk for one in rows]))
    most = matching.MOST_CANDIDATES * max(1, -(-len(shown) // PAGE_SIZE))
    return shown, matching.by_recording(shown, at=at, among=activities_for(officer), most=most)


def best(fits: list[Proposal]) -> Proposal:
    """The likeliest activity; one that is as likely beside it is named."""
    first = fits[0]
    rival = next((fit.activity for fit in fits[1:] if fit.score >= first.score), None)
    return Proposal(first.recording, first.activity, first.score, first.reasons, rival)


def matched_of(proposals: list[Proposal], officer: Officer) -> list[Matched]:
    """By activity, the newest first, each in the order recorded."""
    in_order = sorted(
        proposals,
        key=lambda one: (one.activity.pk, one.recording.recorded_at, one.recording.pk),
    )
    together = [list(some) for _pk, some in groupby(in_order, lambda one: one.activity.pk)]
    together.sort(key=lambda some: some[-1].recording.recorded_at, reverse=True)
    return [
        Matched(some[0].activity, some, linking.may_link(some[0].activity, officer))
        for some in together
    ]


@dataclass(frozen=True)
class AsidePage:
    rows: list[Aside]
    older: str | None
    newer: str | None


def asides(rows: QuerySet[Aside], cursor: str | None) -> AsidePage:
    """A page of those set aside, the latest first. Three queries."""
    found = keyset.take(rows, cursor, by="set_at", size=ASIDES_SHOWN)
    return AsidePage(found.rows, found.older, found.newer)


def set_aside(officer: Officer) -> QuerySet[Aside]:
    """Those set aside among what the officer sees."""
    rows = Aside.objects.filter(recording__agency_id=officer.agency_id)
    if Permission.SEE_AGENCY in permissions_of(officer):
        rows = rows.exclude(hides(officer))
    else:
        rows = rows.filter(recording__in=visible_to(officer).values("pk"))
    beside = ("recording__officer", "recording__unit", "recording__device", "set_by")
    return rows.select_related(*beside).defer("recording__examination")
