"""One page of a long list, newest first, by keyset: a deep page costs what the first does.

It stands here as in the lowest package that has a database, for the lists of all above it.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from liuhen.kernel import cursors

T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class Slice(Generic[T]):
    """`older` and `newer` are cursors, None at an end; `is_whole`: there are no other rows."""

    rows: list[T]
    older: str | None
    newer: str | None
    is_whole: bool


def take(rows: QuerySet[T], cursor: str | None, *, by: str, size: int) -> Slice[T]:
    """At most `size` rows by the instant in column `by`, then by key. A bad cursor is the first
    page."""
    backwards, edge = cursors.read(cursor)
    if edge is not None:
        rows = rows.filter(beside(by, edge, after=backwards))
    sign = "" if backwards else "-"
    taken = list(rows.order_by(f"{sign}{by}", f"{sign}pk")[: size + 1])
    more = len(taken) > size
    taken = taken[:size]
    if backwards:
        taken.reverse()
    has_older = more or backwards
    has_newer = more if backwards else edge is not None
    return Slice(
        taken,
        older=cursor_at(taken[-1], by, backwards=False) if taken and has_older else None,
        newer=cursor_at(taken[0], by, backwards=True) if taken and has_newer else None,
        is_whole=edge is None and not more,
    )


def beside(by: str, edge: cursors.Edge, *, after: bool) -> Q:
    """Rows whose (by, pk) is greater than the edge's, or smaller.

    The bound on `by` alone says nothing new, but it is what lets SQLite begin at the edge: from the
    alternatives alone it walks the index from its first row.
    """
    at, pk = edge
    side = "gt" if after else "lt"
    return Q(**{f"{by}__{side}e": at}) & (Q(**{f"{by}__{side}": at}) | Q(**{f"pk__{side}": pk}))


def cursor_at(row: Model, by: str, *, backwards: bool) -> str:
    return cursors.write(getattr(row, by), row.pk, backwards=backwards)
