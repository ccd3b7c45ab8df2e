"""One page of what words and filters find, for one officer."""

from datetime import timedelta
from typing import Any

from liuhen.custody.keyset import cursor_at
from liuhen.kernel import cursors
from liuhen.kernel.clock import midnight
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import (
    COUNT_CAP,
    PAGE_SIZE,
    UNASSIGNED,
    Filters,
    Page,
    for_list,
    hidden_from,
    known_to,
)
from liuhen.recordings.search.keeping import facet, index
from liuhen.recordings.search.wanted import (
    LAST_RANK,
    Ids,
    Wanted,
    first_rank,
    rank_of,
    words_of,
)


def page(officer: Officer, filters: Filters, cursor: str | None, *, seen: Ids | None) -> Page:
    """As `queries.page` over `visible_to` and these filters, by the index.

    `seen`: ids of the recordings through whose links the officer may find, too; None: all.
    A bad cursor is the first page.
    """
    backwards, edge = cursors.read(cursor)
    beside = None if edge is None else rank_of(*edge)
    found = index().look(
        wanted(officer, filters, seen),
        after=None if backwards else beside,
        before=beside if backwards else None,
        size=PAGE_SIZE + 1,
        cap=COUNT_CAP,
    )
    more = len(found.keys) > PAGE_SIZE
    keys = found.keys[1:] if more and backwards else found.keys[:PAGE_SIZE]
    there = {row.pk: row for row in for_list(Recording.objects.filter(pk__in=keys))}
    rows = [there[pk] for pk in keys if pk in there]
    has_older, has_newer = more or backwards, more if backwards else edge is not None
    return Page(
        rows=rows,
        older=ways(rows[-1], False) if rows and has_older else None,
        newer=ways(rows[0], True) if rows and has_newer else None,
        count=min(found.count, COUNT_CAP),
        count_is_capped=found.count > COUNT_CAP,
    )


def ways(row: Recording, backwards: bool) -> str:
    return cursor_at(row, "recorded_at", backwards=backwards)


def wanted(officer: Officer, filters: Filters, seen: Ids | None) -> Wanted:
    known = known_to(officer)
    within = [] if known is None else [known]
    if filters.unassigned:
        nobodys = Recording.objects.filter(UNASSIGNED, agency_id=officer.agency_id)
        within.append(nobodys.values("pk"))
    said: dict[str, Any] = {
        "unit": filters.unit,
        "officer": filters.officer,
        "device": filters.device,
        "kind": filters.kind or None,
        "state": filters.state or None,
    }
    facets = [facet(name, value) for name, value in said.items() if value is not None]
    until = midnight(filters.until + timedelta(days=1)) if filters.until else None
    return Wanted(
        words=words_of(filters.words),
        facets=(facet("agency", officer.agency_id), *facets),
        since=first_rank(midnight(filters.since)) if filters.since else 0,
        until=first_rank(until) if until else LAST_RANK,
        hidden=hidden_from(officer),
        within=tuple(within),
        seen=seen,
    )
