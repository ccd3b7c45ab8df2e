"""Keeping the index true: in the transaction of the change it follows, never after it.

What a recording itself says is read here. What is known through what it belongs to, the rooms
above say (`link`): nothing here knows of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from types import ModuleType

from django.db import connection

from liuhen.recordings.models import IndexState, Recording, Words
from liuhen.recordings.queries import DISPOSED
from liuhen.recordings.search import on_postgresql, on_sqlite
from liuhen.recordings.search.grams import spelled
from liuhen.recordings.search.wanted import rank_of

VERSION = 1
"""Of how texts are spelled and cut; raised with every change of either, so that the next start
builds the index anew."""

AT_ONCE = 500
TOLD = ("rank", "own", "linked", "facets")
COLUMNS = ("recording_id", *TOLD)
ADD = f"INSERT INTO {Words._meta.db_table} ({', '.join(COLUMNS)}) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
READ = (
    "number", "search_text", "recorded_at", "agency", "unit", "officer", "device", "kind", "state",
    "disposed_at",
)  # fmt: skip


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
    """These recordings' own words and facts have changed, or they are new."""
    for some in at_once(keys):
        put(some, {})


def link(texts: Mapping[int, str]) -> None:
    """By recording: what it is found by through what it belongs to, "" for nothing."""
    for some in at_once(texts):
        put(some, texts)


def at_once(keys: Iterable[int], size: int = AT_ONCE) -> Iterator[list[int]]:
    every = iter(keys)
    while some := list(islice(every, size)):
        yield some


def put(keys: Iterable[int], linked: Mapping[int, str]) -> None:
    rows = read(keys)
    there = Words.objects.in_bulk([row.pk for row in rows])
    new = []
    for row in rows:
        was, known = there.get(row.pk), linked.get(row.pk)
        entry = words_of(row, spelled(known) if known is not None else was.linked if was else "")
        if was is None or differs(was, entry):
            new.append(entry)
    Words.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["recording"], update_fields=TOLD
    )
    index().replace([there[row.pk] for row in new if row.pk in there], new)


def add(texts: Mapping[int, str]) -> None:
    """The same for recordings of which nothing is there yet."""
    new = [words_of(row, spelled(texts[row.pk])) for row in read(texts)]
    # As plain rows: of a million, the object mapper's own work would be the most of it.
    with connection.cursor() as cursor:
        cursor.executemany(ADD, [tuple(getattr(row, name) for name in COLUMNS) for row in new])
    index().replace([], new)


def read(keys: Iterable[int]) -> list[Recording]:
    return list(Recording.objects.filter(pk__in=list(keys)).only(*READ).order_by("recorded_at"))


def differs(one: Words, other: Words) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in TOLD)


def words_of(row: Recording, linked: str) -> Words:
    """As it should be. `linked` is spelled."""
    return Words(
        recording_id=row.pk,
        rank=rank_of(row.recorded_at, row.pk),
        own=spelled(f"{row.number} {row.search_text}"),
        linked=linked,
        # With a space at either end, too: a facet is looked for as a whole.
        facets=f" {' '.join(facets_of(row))} ",
    )


def facets_of(row: Recording) -> list[str]:
    state = DISPOSED if row.disposed_at else str(row.state)
    told = [facet("agency", row.agency_id), facet("kind", str(row.kind)), facet("state", state)]
    who = {"unit": row.unit_id, "officer": row.officer_id, "device": row.device_id}
    return told + [facet(name, pk) for name, pk in who.items() if pk is not None]


def facet(name: str, value: int | str) -> str:
    """Letters and digits alone, longer than a pair and without a piece's colon."""
    return f"{name}{value}"
