"""The index as arrays of pairs, pieces and facets under GIN.

GIN knows no order: what few recordings have is gathered and sorted, what more than the cap have
is found by walking the newest ones. Left to the planner either is now and then chosen for the
other, and costs half a second.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache

from django.db import connection, transaction

from liuhen.recordings.models import Words
from liuhen.recordings.search.grams import pairs, pieces
from liuhen.recordings.search.wanted import (
    LAST_RANK,
    Found,
    Sql,
    Wanted,
    contains,
    limits,
)

TABLE = "recordings_pairs"
TEXTS = "recordings_words"


def replace(gone: Collection[Words], new: Iterable[Words]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE recording_id = ANY(%s)", [[row.pk for row in gone]]
        )
        cursor.executemany(
            f"INSERT INTO {TABLE} (recording_id, rank, tokens) VALUES (%s, %s, %s)",
            [(row.pk, row.rank, tokens(row)) for row in new],
        )


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


def ranks() -> Iterable[int]:
    """Of all entries, ascending."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rank FROM {TABLE} ORDER BY rank")
        while some := cursor.fetchmany(10_000):
            yield from (rank for (rank,) in some)


def tokens(row: Words) -> list[str]:
    told: set[str] = set(row.facets.split())
    for word in dict.fromkeys([*row.own.split(), *row.linked.split()]):
        told |= cut(word)
    return list(told)


@lru_cache(maxsize=20_000)
def cut(word: str) -> frozenset[str]:
    """Names and places are those of many recordings."""
    return frozenset([*word, *pairs(word), *pieces(word)])


def look(wanted: Wanted, *, after: int | None, before: int | None, size: int, cap: int) -> Found:
    """At most `size` keys below rank `after`, or the nearest above `before`, newest first."""
    low = max(wanted.since, before + 1 if before is not None else 0)
    high = min(wanted.until, after if after is not None else LAST_RANK)
    order = "ASC" if before is not None else "DESC"
    with transaction.atomic(), connection.cursor() as cursor:
        # GIN alone, however common the planner takes the pieces to be.
        cursor.execute("SET LOCAL enable_seqscan = off")
        rows, params = gathered(wanted, wanted.since, wanted.until)
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 {rows} LIMIT {cap + 1}) n", params)
        count = cursor.fetchone()[0]
        if count == 0:
            return Found([], 0)
        few, params = gathered(wanted, low, high) if count <= cap else walked(wanted, low, high)
        select = f"SELECT t.recording_id AS key, t.rank {few}"
        if count <= cap:
            select = f"WITH t AS MATERIALIZED ({select}) SELECT key FROM t"
        cursor.execute(f"{select} ORDER BY rank {order} LIMIT {size}", params)
        keys = [row[0] for row in cursor.fetchall()]
    return Found(keys[::-1] if before is not None else keys, count)


def gathered(wanted: Wanted, low: int, high: int) -> Sql:
    """FROM and WHERE by GIN. Texts are read again only where the index alone does not decide."""
    within, params = limits(wanted, "t.recording_id")
    source, also = f"{TABLE} t", ""
    if wanted.seen is not None or any(len(word) > 2 for word in wanted.texts):
        source += f" JOIN {TEXTS} w ON w.recording_id = t.recording_id"
        told, more = contains(wanted, "strpos", "t.recording_id")
        also, params = f" AND {told}", [*params, *more]
    asked = [piece for word in wanted.words for piece in (word.single, *word.phrase, *word.pieces)]
    asked = [*filter(None, asked), *wanted.facets]
    sql = f"FROM {source} WHERE t.tokens @> %s AND t.rank >= %s AND t.rank < %s AND {within}{also}"
    return sql, [asked, low, high, *params]


def walked(wanted: Wanted, low: int, high: int) -> Sql:
    """FROM and WHERE over the texts in order of time: as many match, it soon has a page."""
    within, params = limits(wanted, "t.recording_id")
    told, more = contains(wanted, "strpos", "t.recording_id")
    facets = " AND ".join(["strpos(t.facets, %s) > 0"] * len(wanted.facets))
    sql = (
        f"FROM {TEXTS} t JOIN LATERAL (SELECT t.own, t.linked) w ON true "
        f"WHERE t.rank >= %s AND t.rank < %s AND {facets} AND {told} AND {within}"
    )
    return sql, [low, high, *(f" {one} " for one in wanted.facets), *more, *params]
