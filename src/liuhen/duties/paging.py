"""One page of a list of duties by keyset: a deep page costs what the first does."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from liuhen.custody.keyset import beside
from liuhen.duties.models import Duty
from liuhen.duties.queries import BESIDE
from liuhen.kernel import cursors

PAGE_SIZE = 25
COUNT_CAP = 10_000
"""Counting stops here: beyond it a page says "10000+"."""

MOST_UNDATED = 500
"""Duties without a time follow the last dated one; there are about as many as units."""


@dataclass(frozen=True)
class Page:
    """Rows in order; `later` and `earlier` are cursors along it, None at an end."""

    rows: list[Duty] = field(default_factory=list)
    later: str | None = None
    earlier: str | None = None
    count: int = 0
    count_is_capped: bool = False


def page(duties: QuerySet[Duty], cursor: str | None, *, closed: bool) -> Page:
    """Open ones soonest first, those without a time last; closed ones newest first.

    A bad cursor is the first page.
    """
    column = "closed_at" if closed else "due_at"
    backwards, edge = cursors.read(cursor)
    dated = duties.filter(**{f"{column}__isnull": False}).select_related(*BESIDE)
    if edge is not None:
        dated = dated.filter(beside(column, edge, after=backwards == closed))
    sign = "-" if backwards != closed else ""
    taken = list(dated.order_by(f"{sign}{column}", f"{sign}pk")[: PAGE_SIZE + 1])
    more = len(taken) > PAGE_SIZE
    taken = taken[:PAGE_SIZE]
    if backwards:
        taken.reverse()
    has_later, has_earlier = (True, more) if backwards else (more, edge is not None)
    rows = list(taken)
    if not closed and not has_later:
        undated = duties.filter(due_at=None).select_related(*BESIDE).order_by("pk")
        rows += list(undated[:MOST_UNDATED])
    whole = edge is None and not more
    count = len(rows) if whole else duties.order_by()[: COUNT_CAP + 1].count()
    return Page(
        rows=rows,
        later=cursor_at(taken[-1], column, backwards=False) if taken and has_later else None,
        earlier=cursor_at(taken[0], column, backwards=True) if taken and has_earlier else None,
        count=min(count, COUNT_CAP),
        count_is_capped=count > COUNT_CAP,
    )


def cursor_at(duty: Duty, column: str, *, backwards: bool) -> str:
    return cursors.write(getattr(duty, column), duty.pk, backwards=backwards)
