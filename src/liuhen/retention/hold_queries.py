"""Reads: the lists of holds and complaints, filtered."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from liuhen.retention.models import Complaint, Hold, HoldState

Row = TypeVar("Row", Hold, Complaint)

LIVE, LIFTED = "live", "lifted"
STATES = {
    LIVE: ~Q(state=HoldState.LIFTED),
    LIFTED: Q(state=HoldState.LIFTED),
}
SUBJECT_WORDS = (
    "activity__number", "case__case_no", "party__name", "officer__name", "device__device_no",
)  # fmt: skip


@dataclass(frozen=True)
class HoldFilters:
    """What the filter bar asks for; "" means everything."""

    words: str = ""
    ground: str = ""
    scope: str = ""

    def apply(self, rows: QuerySet[Hold]) -> QuerySet[Hold]:
        for name in ("ground", "scope"):
            if asked := getattr(self, name):
                rows = rows.filter(**{name: asked})
        return worded(rows, self.words, "", "number", "reason")


@dataclass(frozen=True)
class ComplaintFilters:
    """`state`: "open", "closed" or ""."""

    words: str = ""
    state: str = ""

    def apply(self, rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
        if self.state:
            rows = rows.filter(closed_at__isnull=self.state == "open")
        return worded(rows, self.words, "hold__", "number", "hold__number", "text", "told_by")


def worded(rows: QuerySet[Row], words: str, before: str, *columns: str) -> QuerySet[Row]:
    """Every word is found somewhere: in these columns, or in the name of what is held."""
    for word in words.split():
        found = Q()
        for column in (*columns, *(f"{before}{name}" for name in SUBJECT_WORDS)):
            found |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(found)
    return rows
