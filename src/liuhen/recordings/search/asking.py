"""One page of what words and filters find, for one officer."""

from datetime import timedelta
from typing import Any

from liuhen.custody.keyset import cursor_at
from liuhen.kernel import cursors
from liuhen.kernel.clock import midnight, now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import (
    PAGE_SIZE,
    UNASSIGNED,
    Filters,
    Page,
    for_list,
    hidden_from,
    lapsed,
)
from liuhen.recordings.search.keeping import facet, index, is_built, of_bureau
from liuhen.recordings.search.wanted import (
    LAST_RANK,
    Facets,
    Wanted,
    first_rank,
    rank_of,
    words_of,
)

FOUND_CAP = 2_000
"""Counting stops here, sooner than without words: each one found is held against them. Who has
found as many asks more closely."""


def is_narrow(officer: Officer) -> bool:
    """Does not see the whole bureau's: the index is read without words, too, where it is built."""
    return scope_of(officer) is not None and is_built()


def page(
    officer: Officer, filters: Filters, cursor: str | None, *, knows: tuple[Facets, ...] | None
) -> Page:
    """As `queries.page` over `visible_to` and these filters, by the index.

    `knows`: facets of the recordings through whose links the officer may find, too; None: all.
    A bad cursor is the first page.
    """
    asked = wanted(officer, filters, knows)
    if asked.scope == ():
        return Page()
    backwards, edge = cursors.read(cursor)
    beside = None if edge is None else rank_of(*edge)
    found = index().look(
        asked,
        after=None if backwards else beside,
        before=beside if backwards else None,
        size=PAGE_SIZE + 1,
        cap=FOUND_CAP,
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
        count=min(found.count, FOUND_CAP),
        count_is_capped=found.count > FOUND_CAP,
    )


def every(
    officer: Officer, filters: Filters, *, knows: tuple[Facets, ...] | None, most: int
) -> list[int]:
    """Ids of what `page` shows on all its pages; of more than `most` one more."""
    asked = wanted(officer, filters, knows)
    if asked.scope == ():
        return []
    found = index().look(asked, after=None, before=None, size=most + 1, cap=most)
    return list(found.keys)


def ways(row: Recording, backwards: bool) -> str:
    return cursor_at(row, "recorded_at", backwards=backwards)


def wanted(officer: Officer, filters: Filters, knows: tuple[Facets, ...] | None) -> Wanted:
    scope, hidden = scope_of(officer), hidden_from(officer)
    kept = [] if hidden is None else [hidden]
    if scope is not None:
        kept.append(lapsed(officer, at=now()))
    nobodys = Recording.objects.filter(UNASSIGNED, agency_id=officer.agency_id).values("pk")
    said: dict[str, Any] = {
        "unit": filters.unit,
        "officer": filters.officer,
        "device": filters.device,
        "kind": filters.kind or None,
        "state": filters.state or None,
    }
    agency = officer.agency_id
    facets = [of_bureau(agency, name, value) for name, value in said.items() if value is not None]
    if not facets and scope is None:
        facets = [facet("agency", agency)]
    until = midnight(filters.until + timedelta(days=1)) if filters.until else None
    return Wanted(
        words=words_of(filters.words),
        facets=tuple(facets),
        scope=scope,
        knows=knows,
        since=first_rank(midnight(filters.since)) if filters.since else 0,
        until=first_rank(until) if until else LAST_RANK,
        hidden=tuple(kept),
        within=(nobodys,) if filters.unassigned else (),
    )


def scope_of(officer: Officer) -> Facets | None:
    """What `queries.known_to` says, as facets; None: the whole bureau's. Of what was admitted,
    what is `lapsed` has to be left out."""
    granted = permissions_of(officer)
    if Permission.SEE_AGENCY in granted:
        return None
    if not granted & {Permission.SEE_UNIT, Permission.SEE_OWN}:
        return ()
    said = {"shared": officer.pk, "admitted": officer.pk}
    if Permission.SEE_UNIT in granted and officer.unit_id:
        said["unit"] = officer.unit_id
    if Permission.SEE_OWN in granted:
        said["officer"] = officer.pk
    return tuple(of_bureau(officer.agency_id, name, value) for name, value in said.items())
