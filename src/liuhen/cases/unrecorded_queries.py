"""Reads: exemptions, interruptions and stop reports, and which of them an officer sees."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from liuhen.cases import deciders
from liuhen.cases import unrecorded_errors as errors
from liuhen.cases.models import Exemption, Interruption, PaperState, StopReport
from liuhen.cases.paper_states import OPEN
from liuhen.cases.queries import activities_for
from liuhen.people.models import Officer

Row = TypeVar("Row", Exemption, Interruption, StopReport)

AUTHOR: dict[type[Any], str] = {
    Exemption: "entered_by",
    Interruption: "entered_by",
    StopReport: "reported_by",
}
WRITTEN_BY: dict[type[Any], tuple[str, ...]] = {
    Exemption: deciders.WRITTEN_BY,
    Interruption: deciders.WRITTEN_BY,
    StopReport: ("reported_by",),
}
"""Who is not to decide, or to take note, themselves; the author first."""

WHEN: dict[type[Any], str] = {
    Exemption: "entered_at",
    Interruption: "entered_at",
    StopReport: "reported_at",
}
BESIDE: dict[type[Any], tuple[str, ...]] = {
    Exemption: ("decided_by",),
    Interruption: ("decided_by", "mark__recording__activity_recording"),
    StopReport: ("seen_by", "stated_by", "interruption"),
}
ABOUT = ("activity__agency", "activity__unit", "activity__party")
PENDING = "pending"
"""Not stored: whatever somebody has still to do something about."""


def beside(kind: type[Any]) -> tuple[str, ...]:
    return (*ABOUT, f"{AUTHOR[kind]}__unit", *BESIDE[kind])


def seen_by(officer: Officer, kind: type[Row]) -> QuerySet[Row]:
    """Those of the activities one sees, and those one is to decide on or to be told of."""
    near = Q(activity__in=activities_for(officer).values("pk"))
    falls = deciders.falls_to(officer, *WRITTEN_BY[kind])
    rows = kind._default_manager.filter(activity__agency_id=officer.agency_id)
    return rows.filter(near | falls)


def waiting_for(officer: Officer, kind: type[Row]) -> QuerySet[Row]:
    """Those that wait for this officer's word."""
    undecided = Q(seen_at=None) if kind is StopReport else Q(state=PaperState.SUBMITTED)
    mine = deciders.falls_to(officer, *WRITTEN_BY[kind])
    return kind._default_manager.filter(mine, undecided, activity__voided_at=None)


def own(officer: Officer, kind: type[Row]) -> QuerySet[Row]:
    return kind._default_manager.filter(**{AUTHOR[kind]: officer})


def consents_waiting_for(officer: Officer) -> QuerySet[Exemption]:
    """Asked before the arrival: an answer that comes later is worth nothing, and not urgent."""
    rows = waiting_for(officer, Exemption).filter(is_prior=True, activity__arrived_at=None)
    rows = rows.select_related("activity", "entered_by")
    return rows.order_by("entered_at", "pk")


def one_for(pk: int, officer: Officer, kind: type[Row]) -> Row:
    """Refuses: NoSuchPaper, alike for what is not there and what is not shown."""
    found = seen_by(officer, kind).select_related(*beside(kind)).filter(pk=pk).first()
    if found is None:
        raise errors.NoSuchPaper()
    return found


@dataclass(frozen=True)
class Filters:
    """What a filter bar asks for; "" means everything. `state` is a stored one or PENDING; of a
    stop report PENDING, `seen` or `stated`."""

    words: str = ""
    state: str = ""

    def apply(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        if self.words:
            rows = rows.filter(self.about())
        if not self.state:
            return rows
        return rows.filter(self.of_stop() if rows.model is StopReport else self.of_paper())

    def about(self) -> Q:
        found = Q()
        for field in ("number", "place", "party_name", "party__name"):
            found |= Q(**{f"activity__{field}__icontains": self.words})
        return found | Q(reason__icontains=self.words)

    def of_paper(self) -> Q:
        return Q(state__in=OPEN) if self.state == PENDING else Q(state=self.state)

    def of_stop(self) -> Q:
        owed = Q(needs_statement=True, stated_at=None)
        asked = {
            PENDING: Q(seen_at=None) | owed,
            "seen": Q(seen_at__isnull=False),
            "stated": Q(stated_at__isnull=False),
        }
        return asked.get(self.state, Q())
