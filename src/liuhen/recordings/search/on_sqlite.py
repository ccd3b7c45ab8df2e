"""The index as an FTS5 table without content: pairs in their order, pieces and facets beside.

Its row number is the rank, so that it is read newest first and stops where a page is full.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from django.db import connection

from liuhen.recordings.models import Words
from liuhen.recordings.search.grams import Query, pairs, pieces
from liuhen.recordings.search.wanted import (
    LAST_KEY,
    LAST_RANK,
    Found,
    Sql,
    Wanted,
    contains,
    limits,
)

TABLE = "recordings_pairs"
KEY = f"({TABLE}.rowid & {LAST_KEY})"

CODED = {n: chr(0xE000 + n) for n in range(0x80) if not chr(n).isalnum()}
"""Into Unicode's private use area, of which no text has anything after `grams.spelled`."""


def replace(gone: Collection[Words], new: Iterable[Words]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [(row.rank,) for row in gone])
        cursor.executemany(
            f"INSERT OR REPLACE INTO {TABLE} (rowid, pairs, pieces) VALUES (%s, %s, %s)",
            list(map(entry, new)),
        )


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('delete-all')")


def ranks() -> Iterable[int]:
    """Of all entries, ascending."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM {TABLE} ORDER BY rowid")
        while some := cursor.fetchmany(10_000):
            yield from (rank for (rank,) in some)


def entry(row: Words) -> tuple[int, str, str]:
    words = dict.fromkeys([*row.own.split(), *row.linked.split()])
    both = [cut(word) for word in words]
    in_order = [pairs for pairs, _pieces in both]
    beside = [pieces for _pairs, pieces in both if pieces]
    return row.rank, " ".join(in_order), " ".join([*beside, row.facets])


@lru_cache(maxsize=20_000)
def cut(word: str) -> tuple[str, str]:
    """Its pairs and its pieces. Names and places are those of many recordings."""
    beside = dict.fromkeys(map(coded, pieces(word)))
    return " ".join(pairs(coded(word))), " ".join(beside)


def coded(piece: str) -> str:
    """Nothing but letters and digits: FTS5 has ideas of its own about ASCII's other characters."""
    return piece.translate(CODED)


def look(wanted: Wanted, *, after: int | None, before: int | None, size: int, cap: int) -> Found:
    """At most `size` keys below rank `after`, or the nearest above `before`, newest first."""
    low = max(wanted.since, before + 1 if before is not None else 0)
    high = min(wanted.until, after if after is not None else LAST_RANK)
    order = "ASC" if before is not None else "DESC"
    matches, params = rows(wanted, low, high)
    keys = ask(f"SELECT {KEY} {matches} ORDER BY {TABLE}.rowid {order} LIMIT {size}", params)
    if before is not None:
        keys.reverse()
    elif after is None and len(keys) < size:
        return Found(keys, len(keys))
    matches, params = rows(wanted, wanted.since, wanted.until)
    (count,) = ask(f"SELECT count(*) FROM (SELECT 1 {matches} LIMIT {cap + 1})", params)
    return Found(keys, count)


def ask(sql: str, params: list[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


def rows(wanted: Wanted, low: int, high: int) -> Sql:
    """FROM and WHERE. Texts are read again only where the index alone does not decide."""
    within, params = limits(wanted, KEY)
    source, also = TABLE, ""
    if wanted.seen is not None or not all(one.is_exact for one in wanted.words):
        source = f"{TABLE} CROSS JOIN {Words._meta.db_table} w ON w.recording_id = {KEY}"
        told, more = contains(wanted, "instr", KEY)
        also, params = f" AND {told}", [*params, *more]
    sql = (
        f"FROM {source} WHERE {TABLE} MATCH %s AND {TABLE}.rowid >= %s AND {TABLE}.rowid < %s "
        f"AND {within}{also}"
    )
    return sql, [matching(wanted), low, high, *params]


def matching(wanted: Wanted) -> str:
    said = [part for word in wanted.words for part in match(word)]
    said += [f'pieces : "{facet}"' for facet in wanted.facets]
    return " AND ".join(said)


def match(word: Query) -> Iterable[str]:
    if word.single:
        return [f'pairs : "{coded(word.single)}" *']
    if word.phrase:
        return [f'pairs : "{" ".join(map(coded, word.phrase))}"']
    return [f'{"pairs" if len(one) == 2 else "pieces"} : "{coded(one)}"' for one in word.pieces]
