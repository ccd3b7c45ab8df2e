"""What is asked of the index, whichever database keeps it."""

from collections.abc import Callable, Iterable, Sequence
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

Facets = tuple[str, ...]
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

    `scope`: at least one of these facets; None: the whole bureau's. `knows`: whose linked words
    the reader may know of, at least one facet of each; None: all. `hidden`: none of these, and
    `within`: only what is in all of them; both are asked anew with each search.
    """

    words: tuple[Query, ...]
    facets: Facets
    scope: Facets | None = None
    knows: tuple[Facets, ...] | None = None
    since: int = 0
    until: int = LAST_RANK
    hidden: tuple[Ids, ...] = ()
    within: tuple[Ids, ...] = ()

    @property
    def texts(self) -> list[str]:
        return [one.word for one in self.words]


def words_of(typed: str) -> tuple[Query, ...]:
    """Each word once, in the order typed."""
    return tuple(query(word) for word in dict.fromkeys(spelled(typed).split()))


@dataclass(frozen=True)
class Spoken:
    """How an index is asked: what stands between two conditions, and how one is written.

    `word`: of a recording's own text, or (True) of the linked one.
    """

    both: str
    either: str
    word: Callable[[Query, bool], str]
    facet: Callable[[str], str]


def asked(wanted: Wanted, spoken: Spoken) -> str:
    """All that an index decides by itself, the rarer conditions first."""

    def every(parts: Iterable[str]) -> str:
        return f"({spoken.both.join(parts)})"

    def one_of(parts: Iterable[str]) -> str:
        return f"({spoken.either.join(dict.fromkeys(parts))})"

    def own(word: Query) -> str:
        return spoken.word(word, False)

    def either(word: Query) -> str:
        return one_of([own(word), spoken.word(word, True)])

    def facets(some: Facets) -> str:
        return one_of(map(spoken.facet, some))

    said = list(map(either, wanted.words))
    if wanted.words and wanted.knows is not None:
        known = every([*said, *map(facets, wanted.knows)])
        said = [one_of([every(map(own, wanted.words)), known])]
    scope = [] if wanted.scope is None else [facets(wanted.scope)]
    return spoken.both.join([*said, *scope, *map(spoken.facet, wanted.facets)])


def limits(wanted: Wanted, key: str) -> Sql:
    """What is asked anew, as a condition on the recording whose key the SQL `key` is."""
    parts: list[str] = ["1 = 1"]
    params: list[Any] = []
    hidden = [(ids, "NOT IN") for ids in wanted.hidden]
    for ids, says in [*hidden, *((ids, "IN") for ids in wanted.within)]:
        sql, more = ids.query.sql_with_params()
        parts.append(f"{key} {says} ({sql})")
        params += more
    return " AND ".join(parts), params


def contains(wanted: Wanted, finds: str) -> Sql:
    """Every word stands in the texts; `finds` is the database's own function of (text, word)."""
    own = every([f"{finds}(w.own, %s) > 0"], wanted.texts)
    either = every([f"{finds}(w.own, %s) > 0", f"{finds}(w.linked, %s) > 0"], wanted.texts)
    if wanted.knows is None:
        return either
    known = [any_of(f"{finds}(w.known, %s) > 0", facets) for facets in wanted.knows]
    sql = " AND ".join([either[0], *(told for told, _params in known)])
    params = [*either[1], *(value for _told, values in known for value in values)]
    return f"({own[0]} OR ({sql}))", [*own[1], *params]


def every(one_of: Sequence[str], words: Sequence[str]) -> Sql:
    each = f"({' OR '.join(one_of)})"
    said = " AND ".join([each] * len(words)) or "1 = 1"
    return f"({said})", [word for word in words for _ in one_of]


def any_of(condition: str, facets: Facets) -> Sql:
    """Of a text that has spaces around each facet."""
    return f"({' OR '.join([condition] * len(facets))})", [f" {one} " for one in facets]


@dataclass(frozen=True)
class Found:
    """Keys newest first, at most as many as asked for; `count` goes up to one beyond its cap."""

    keys: list[int]
    count: int
