"""What is asked of the index, whichever database keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from liuhen.recordings.search.grams import Query, query, spelled

KEY_BITS = 32
LAST_KEY = (1 << KEY_BITS) - 1
LAST_RANK = (1 << 63) - 1

Ids = QuerySet[Any]
"""One column: keys of recordings."""

Sql = tuple[str, list[Any]]


def rank_of(recorded_at: datetime, pk: int) -> int:
    """Orders recordings as the list does, to the second: one number the index can be walked by."""
    seconds = max(0, int(recorded_at.timestamp()))
    return seconds << KEY_BITS | min(max(pk, 0), LAST_KEY)


def first_rank(at: datetime) -> int:
    """Of all that was recorded at `at` or later."""
    return rank_of(at, 0)


@dataclass(frozen=True)
class Wanted:
    """All `words`, all `facets`, from rank `since` up to but not including `until`.

    `hidden`: never these; None: none is hidden. `within`: only what is in all of them. `seen`:
    whose linked words the reader may know of; None: all. They are asked anew with each search.
    """

    words: tuple[Query, ...]
    facets: tuple[str, ...]
    since: int = 0
    until: int = LAST_RANK
    hidden: Ids | None = None
    within: tuple[Ids, ...] = ()
    seen: Ids | None = None

    @property
    def texts(self) -> list[str]:
        return [one.word for one in self.words]


def words_of(typed: str) -> tuple[Query, ...]:
    """Each word once, in the order typed."""
    return tuple(query(word) for word in dict.fromkeys(spelled(typed).split()))


def limits(wanted: Wanted, key: str) -> Sql:
    """Who may know of what, as a condition on the recording whose key the SQL `key` is."""
    parts: list[str] = ["1 = 1"]
    params: list[Any] = []
    hidden = [] if wanted.hidden is None else [(wanted.hidden, "NOT IN")]
    for ids, says in [*hidden, *((ids, "IN") for ids in wanted.within)]:
        sql, more = compiled(ids)
        parts.append(f"{key} {says} ({sql})")
        params += more
    return " AND ".join(parts), params


def compiled(ids: Ids) -> Sql:
    sql, params = ids.query.sql_with_params()
    return sql, list(params)


def contains(wanted: Wanted, finds: str, key: str) -> Sql:
    """Every word stands in the texts; `finds` is the database's own function of (text, word)."""
    own = every([f"{finds}(w.own, %s) > 0"], wanted.texts)
    either = every([f"{finds}(w.own, %s) > 0", f"{finds}(w.linked, %s) > 0"], wanted.texts)
    if wanted.seen is None:
        return either
    sql, params = compiled(wanted.seen)
    return (
        f"({own[0]} OR ({either[0]} AND {key} IN ({sql})))",
        [*own[1], *either[1], *params],
    )


def every(one_of: Sequence[str], words: Sequence[str]) -> Sql:
    each = f"({' OR '.join(one_of)})"
    said = " AND ".join([each] * len(words)) or "1 = 1"
    return f"({said})", [word for word in words for _ in one_of]


@dataclass(frozen=True)
class Found:
    """Keys newest first, at most as many as asked for; `count` goes up to one beyond its cap."""

    keys: list[int]
    count: int
