"""Keeping the index true: in the transaction of the change it follows, never after it.

What a recording itself says is read here. What is known through what it belongs to, the rooms
above say (`link`): nothing here knows of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import ModuleType

from django.db import connection

from liuhen.recordings.models import Admission, IndexState, Recording, Share, Words
from liuhen.recordings.queries import DISPOSED
from liuhen.recordings.search import on_postgresql, on_sqlite
from liuhen.recordings.search.grams import spelled
from liuhen.recordings.search.wanted import rank_of

VERSION = 2
"""Of how texts are spelled and cut; raised with every change of either, so that the next start
builds the index anew."""

AT_ONCE = 500
TOLD = ("rank", "own", "linked", "known", "facets")
COLUMNS = ("recording_id", *TOLD)
MARKS = ", ".join(["%s"] * len(COLUMNS))
ADD = f"INSERT INTO {Words._meta.db_table} ({', '.join(COLUMNS)}) VALUES ({MARKS})"  # noqa: S608 -- names of ours
READ = (
    "number", "search_text", "recorded_at", "agency", "unit", "officer", "device", "kind", "state",
    "disposed_at",
)  # fmt: skip


@dataclass(frozen=True)
class Linked:
    """What a recording is found by through what it belongs to, and the facets of those who may
    know of it; both empty: it belongs to nothing."""

    text: str = ""
    known: tuple[str, ...] = ()


def index() -> ModuleType:
    return on_sqlite if connection.vendor == "sqlite" else on_postgresql


def is_built() -> bool:
    """By the rules of this version. One small query."""
    return IndexState.objects.filter(pk=1, version=VERSION).exists()


def note_built() -> None:
    IndexState.objects.update_or_create(pk=1, defaults={"version": VERSION})


def note_unbuilt() -> None:
    IndexState.objects.all().delete()


def refresh(keys: Iterable[int]) -> None:
    """These recordings' own words and facts have changed, or who sees them; or they are new."""
    for some in at_once(keys):
        put(some, {})


def link(linked: Mapping[int, Linked]) -> None:
    """By recording."""
    for some in at_once(linked):
        put(some, linked)


def at_once(keys: Iterable[int], size: int = AT_ONCE) -> Iterator[list[int]]:
    every = iter(keys)
    while some := list(islice(every, size)):
        yield some


def put(keys: Iterable[int], linked: Mapping[int, Linked]) -> None:
    rows = read(keys)
    there = Words.objects.in_bulk([row.pk for row in rows])
    new = []
    for entry in words_of(rows, linked):
        was = there.get(entry.recording_id)
        if was is not None and entry.recording_id not in linked:
            entry.linked, entry.known = was.linked, was.known
        if was is None or differs(was, entry):
            new.append(entry)
    Words.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["recording"], update_fields=TOLD
    )
    index().replace([there[row.pk] for row in new if row.pk in there], new)


def add(linked: Mapping[int, Linked]) -> None:
    """The same for recordings of which nothing is there yet."""
    insert(words_of(read(linked), linked))


def enter(recording: Recording) -> None:
    """One that was just made: it belongs to nothing, and nobody else sees it. No query but the
    entry's own."""
    insert([entry_of(recording, Linked(), ())])


def insert(new: list[Words]) -> None:
    # As plain rows: of a million, the object mapper's own work would be the most of it.
    with connection.cursor() as cursor:
        cursor.executemany(ADD, [tuple(getattr(row, name) for name in COLUMNS) for row in new])
    index().replace([], new)


def read(keys: Iterable[int]) -> list[Recording]:
    return list(Recording.objects.filter(pk__in=list(keys)).only(*READ).order_by("recorded_at"))


def differs(one: Words, other: Words) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in TOLD)


def words_of(rows: Iterable[Recording], linked: Mapping[int, Linked]) -> list[Words]:
    """As they should be, in the same order. Two queries."""
    rows = list(rows)
    beside = seen_by(rows)
    return [entry_of(row, linked.get(row.pk, Linked()), beside[row.pk]) for row in rows]


def entry_of(row: Recording, linked: Linked, beside: Iterable[str]) -> Words:
    return Words(
        recording_id=row.pk,
        rank=rank_of(row.recorded_at, row.pk),
        own=spelled(f"{row.number} {row.search_text}"),
        linked=spelled(linked.text),
        known=written(linked.known),
        facets=written([*facets_of(row), *beside]),
    )


def written(facets: Iterable[str]) -> str:
    """With a space at either end, too: a facet is looked for as a whole."""
    text = " ".join(facets)
    return f" {text} " if text else ""


def seen_by(rows: list[Recording]) -> dict[int, list[str]]:
    """By recording: who sees it beside those it is of. Whether an admission has ended is asked
    with each search."""
    found: dict[int, list[str]] = defaultdict(list)
    agency_of = {row.pk: row.agency_id for row in rows}
    for model, name in ((Share, "shared"), (Admission, "admitted")):
        entries = model._default_manager.filter(recording_id__in=list(agency_of))
        keys = entries.order_by("officer_id").values_list("recording_id", "officer_id")
        for recording, officer in keys:
            found[recording].append(of_bureau(agency_of[recording], name, officer))
    return found


def facets_of(row: Recording) -> list[str]:
    state = DISPOSED if row.disposed_at else str(row.state)
    said: dict[str, int | str | None] = {"kind": str(row.kind), "state": state}
    said |= {"unit": row.unit_id, "officer": row.officer_id, "device": row.device_id}
    told = [
        of_bureau(row.agency_id, name, value) for name, value in said.items() if value is not None
    ]
    return [facet("agency", row.agency_id), *told]


def of_bureau(agency: int, name: str, value: int | str) -> str:
    """It says whose recording it is, too: what few have is not compared with what all have."""
    return facet(name, f"{value}of{agency}")


def facet(name: str, value: int | str) -> str:
    """Letters and digits alone, longer than a pair and without a piece's colon."""
    return f"{name}{value}"
