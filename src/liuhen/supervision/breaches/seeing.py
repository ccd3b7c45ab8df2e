"""Who may see a breach: who handles it, who decides, the legal office where it was asked, and the
person concerned from when they are told. Nobody else, in no list and no count."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from liuhen.people.models import Officer
from liuhen.people.permissions import NotPermitted, Permission, permissions_of
from liuhen.recordings.queries import hides
from liuhen.supervision.breaches.concerned import concerning, is_concerned
from liuhen.supervision.breaches.errors import Concerned, NoSuchBreach
from liuhen.supervision.models import STANDING, Breach, BreachState

P = Permission
WORKING = (P.HANDLE_BREACHES, P.DECIDE_BREACHES, P.ADVISE_BREACHES)
"""Whose desk breaches come to."""

BESIDE = (
    "agency", "officer__unit", "unit", "duty", "recording", "activity", "device", "found_by",
    "proposed_by", "decided_by",
)  # fmt: skip


def visible_to(officer: Officer) -> QuerySet[Breach]:
    """All that come to the officer's desk, but for those that concern themselves, and those about
    a recording they must not know of."""
    granted = permissions_of(officer)
    ways = Q(pk__in=[])
    if P.DECIDE_BREACHES in granted:
        ways |= Q(proposed_by__isnull=False)
    if P.ADVISE_BREACHES in granted:
        ways |= Q(consulted_at__isnull=False)
    rows = Breach.objects.filter(agency_id=officer.agency_id)
    if P.HANDLE_BREACHES not in granted:
        rows = rows.filter(ways)
    return rows.exclude(pk__in=concerning(officer).values("pk")).exclude(hides(officer))


def waiting_for(officer: Officer) -> QuerySet[Breach]:
    """What this officer has to do something about now."""
    granted = permissions_of(officer)
    states: set[BreachState] = set()
    if P.HANDLE_BREACHES in granted:
        states |= {BreachState.CANDIDATE, BreachState.INQUIRY}
    if P.DECIDE_BREACHES in granted:
        states |= {BreachState.PROPOSED, BreachState.APPEALED}
    if P.ADVISE_BREACHES in granted:
        states |= {BreachState.INQUIRY}
    own = Q(state=BreachState.PROPOSED, proposed_by=officer)
    decided = Q(decided_by=officer) | Q(proposed_by=officer)
    own |= Q(state=BreachState.APPEALED) & decided
    return visible_to(officer).filter(state__in=states).exclude(own)


def own(officer: Officer) -> QuerySet[Breach]:
    """About this officer, as far as they were told: a lead nobody has looked into is no word on
    anybody."""
    if not officer.is_active:
        return Breach.objects.none()
    leads = (BreachState.CANDIDATE, BreachState.DISMISSED)
    rows = Breach.objects.filter(officer=officer, told_at__isnull=False)
    return rows.exclude(state__in=leads)


def sees_decisions(officer: Officer) -> bool:
    """Whether all decisions come to this officer's desk, but for those `visible_to` leaves out. Of
    the legal office's few a count would say nothing of anybody."""
    return bool(permissions_of(officer) & {P.HANDLE_BREACHES, P.DECIDE_BREACHES})


def decisions_for(officer: Officer) -> QuerySet[Breach]:
    """Those in force: what comes to the officer's desk, and what they were told about
    themselves."""
    desk, theirs = visible_to(officer), own(officer)
    ways = Q(pk__in=desk.values("pk")) | Q(pk__in=theirs.values("pk"))
    return Breach.objects.filter(ways, state__in=STANDING)


def breach_for(number: str, officer: Officer) -> Breach:
    """Refuses: NoSuchBreach, alike for what is not there and what is not shown."""
    return one_of(visible_to(officer), number)


def own_breach(number: str, officer: Officer) -> Breach:
    """Refuses: NoSuchBreach."""
    return one_of(own(officer), number)


def one_of(rows: QuerySet[Breach], number: str) -> Breach:
    if "\0" in number:  # PostgreSQL takes none even to compare
        raise NoSuchBreach()
    found = rows.select_related(*BESIDE).filter(number=number).first()
    if found is None:
        raise NoSuchBreach()
    return found


def check_works(breach: Breach, by: Officer, permission: Permission) -> None:
    """Refuses: NotPermitted, NoSuchBreach, Concerned."""
    if permission not in permissions_of(by):
        raise NotPermitted()
    if breach.agency_id != by.agency_id:
        raise NoSuchBreach()
    if is_concerned(breach, by):
        raise Concerned()
    if not visible_to(by).filter(pk=breach.pk).exists():
        raise NoSuchBreach()


@dataclass(frozen=True)
class Filters:
    """What the filter bar asks for; "" or None means everything."""

    words: str = ""
    state: str = ""
    source: str = ""
    unit: int | None = None

    def apply(self, rows: QuerySet[Breach]) -> QuerySet[Breach]:
        for name in ("state", "source"):
            if asked := getattr(self, name):
                rows = rows.filter(**{name: asked})
        if self.unit is not None:
            rows = rows.filter(unit_id=self.unit)
        for word in self.words.split():
            rows = rows.filter(
                Q(number__icontains=word)
                | Q(text__icontains=word)
                | Q(officer__name__icontains=word)
                | Q(decision_no__icontains=word)
            )
        return rows
