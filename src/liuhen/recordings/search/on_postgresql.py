"""The index as vectors of pairs, pieces and facets under GIN.

GIN knows no order: what few recordings have is gathered and sorted, what more than that have is
found by walking the newest ones. Left to the planner either is now and then chosen for the
other, and costs half a second.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache

from django.db import connection, transaction

from liuhen.recordings.models import Words
from liuhen.recordings.search.grams import LINKED, Query, pairs, pieces
from liuhen.recordings.search.wanted import (
    LAST_RANK,
    Found,
    Spoken,
    Sql,
    Wanted,
    any_of,
    asked,
    contains,
    limits,
)

GATHERED = 10_000
"""Fewer may all lie far back, or on the last page: walking to them would read every text."""

TABLE = "recordings_pairs"
TEXTS = "recordings_words"


def replace(gone: Collection[Words], new: Iterable[Words]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE recording_id = ANY(%s)", [[row.pk for row in gone]]
        )
        cursor.executemany(
            f"INSERT INTO {TABLE} (recording_id, rank, tokens) "
            "VALUES (%s, %s, array_to_tsvector(%s))",
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
    told: set[str] = {*row.facets.split(), *row.known.split()}
    for word in row.own.split():
        told |= cut(word)
    for word in row.linked.split():
        told |= cut(word, LINKED)
    return list(told)


@lru_cache(maxsize=20_000)
def cut(word: str, end: str = "") -> frozenset[str]:
    """Names and places are those of many recordings."""
    return frozenset(one + end for one in [*word, *pairs(word), *pieces(word)])


def look(wanted: Wanted, *, after: int | None, before: int | None, size: int, cap: int) -> Found:
    """At most `size` keys below rank `after`, or the nearest above `before`, newest first."""
    low = max(wanted.since, before + 1 if before is not None else 0)
    high = min(wanted.until, after if after is not None else LAST_RANK)
    order = "ASC" if before is not None else "DESC"
    most = max(cap, GATHERED)
    with transaction.atomic(), connection.cursor() as cursor:
        # GIN alone, however common the planner takes the pieces to be.
        cursor.execute("SET LOCAL enable_seqscan = off")
        few, params = gathered(wanted)
        cursor.execute(
            f"WITH few AS MATERIALIZED ({few} LIMIT {most + 1}) "
            f"SELECT n.count, page.key FROM (SELECT count(*) FROM few) n LEFT JOIN LATERAL "
            f"(SELECT key, rank FROM few WHERE rank >= %s AND rank < %s AND n.count <= {most} "
            f"ORDER BY rank {order} LIMIT {size}) page ON true ORDER BY page.rank {order}",
            [*params, low, high],
        )
        rows = cursor.fetchall()
        count = rows[0][0]
        if count > most:
            many, params = walked(wanted, low, high)
            cursor.execute(f"{many} ORDER BY t.rank {order} LIMIT {size}", params)
            rows = [(count, key) for (key,) in cursor.fetchall()]
    keys = [key for _count, key in rows if key is not None]
    return Found(keys[::-1] if before is not None else keys, count)


def gathered(wanted: Wanted) -> Sql:
    """Keys and ranks by GIN. Texts are read again only where the index alone does not decide.

    The fences keep the planner from reading the table by its key and each vector in it, and the
    texts from being read by another way than by theirs.
    """
    within, params = limits(wanted, "t.key")
    texts, also = "", ""
    if any(len(word) > 2 for word in wanted.texts):
        texts = (
            f"JOIN LATERAL (SELECT own, linked, known FROM {TEXTS} "
            "WHERE recording_id = t.key OFFSET 0) w ON true"
        )
        told, more = contains(wanted, "strpos")
        also, params = f" AND {told}", [*params, *more]
    sql = (
        f"SELECT t.key, t.rank FROM (SELECT recording_id AS key, rank FROM {TABLE} "
        f"WHERE tokens @@ %s::tsquery AND rank >= %s AND rank < %s OFFSET 0) t {texts} "
        f"WHERE {within}{also}"
    )
    return sql, [asked(wanted, SPOKEN), wanted.since, wanted.until, *params]


def walked(wanted: Wanted, low: int, high: int) -> Sql:
    """Keys, over the texts in order of time: as many match, it soon has a page."""
    within, params = limits(wanted, "t.recording_id")
    told, more = contains(wanted, "strpos")
    of_scope = [] if wanted.scope is None else [wanted.scope]
    facets = [
        any_of("strpos(t.facets, %s) > 0", some)
        for some in [*((one,) for one in wanted.facets), *of_scope]
    ]
    asked_for = " AND ".join(sql for sql, _params in facets)
    sql = (
        f"SELECT t.recording_id FROM {TEXTS} t "
        "JOIN LATERAL (SELECT t.own, t.linked, t.known) w ON true "
        f"WHERE t.rank >= %s AND t.rank < %s AND {asked_for} AND {told} AND {within}"
    )
    return sql, [low, high, *(one for _sql, some in facets for one in some), *more, *params]


def quoted(token: str) -> str:
    doubled = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def match(word: Query, is_linked: bool) -> str:
    """Without their order: texts are read again for it."""
    end = LINKED if is_linked else ""
    each = [quoted(one + end) for one in (word.single, *word.phrase, *word.pieces) if one]
    return f"({' & '.join(each)})"


SPOKEN = Spoken(" & ", " | ", match, quoted)
