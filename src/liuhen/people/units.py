"""The bureau's units: their kind, how busy they are, who heads them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people import errors, queries
from liuhen.people.models import Agency, Officer, Unit, UnitKind
from liuhen.people.roles import ADMINISTRATORS


@dataclass(frozen=True)
class UnitFacts:
    """`is_busy`: has many enforcement tasks, which equipment standards ask for. `leader`: of the
    bureau's, the one in charge of this unit."""

    name: str
    kind: UnitKind = UnitKind.ENFORCEMENT
    is_busy: bool = False
    head: Officer | None = None
    leader: Officer | None = None


@transaction.atomic
def add(agency: Agency, new: UnitFacts, *, by: Officer | str, at: datetime) -> Unit:
    """Refuses: UnitTaken, HeadNotActive, AdministratorsApart, NotALeader."""
    log.wait_for_turn()
    check_head(agency, new.head)
    check_leader(agency, new.leader)
    unit = Unit(agency=agency)
    put(unit, new)
    save(unit)
    log.record(Kind.UNIT_ADDED, subject=f"unit:{unit.pk}", by=by, at=at, **said(unit))
    return unit


@transaction.atomic
def change(unit: Unit, to: UnitFacts, *, by: Officer, at: datetime) -> None:
    """Nothing differs: no event. Refuses: NotOfThisAgency, UnitTaken, HeadNotActive,
    AdministratorsApart, NotALeader."""
    log.wait_for_turn()
    unit = Unit.objects.select_related("head", "leader").get(pk=unit.pk)
    if unit.agency_id != by.agency_id:
        raise errors.NotOfThisAgency()
    check_head(unit.agency, to.head)
    if to.leader != unit.leader:
        check_leader(unit.agency, to.leader)
    before = said(unit)
    put(unit, to)
    after = said(unit)
    if before == after:
        return
    save(unit)
    log.record(
        Kind.UNIT_CHANGED,
        subject=f"unit:{unit.pk}",
        by=by,
        at=at,
        **differences(before, after),
    )


def check_head(agency: Agency, head: Officer | None) -> None:
    """Whoever answers for a unit can be asked: somebody here, with an account that is on.

    None of the three administrators: a head sees and sees to the unit's duties.
    """
    if head and not (head.is_active and head.agency_id == agency.pk):
        raise errors.HeadNotActive(name=head.name)
    if head and head.role_holdings.filter(role__in=ADMINISTRATORS).exists():
        raise errors.AdministratorsApart()


def check_leader(agency: Agency, leader: Officer | None) -> None:
    """Who holds that post already, which two people gave: being named here gives none."""
    if leader is None or queries.leaders(agency).filter(pk=leader.pk).exists():
        return
    raise errors.NotALeader(name=leader.name)


def put(unit: Unit, facts: UnitFacts) -> None:
    unit.name, unit.kind, unit.is_busy = facts.name, facts.kind, facts.is_busy
    unit.head, unit.leader = facts.head, facts.leader


def save(unit: Unit) -> None:
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError:
        raise errors.UnitTaken(name=unit.name) from None


def said(unit: Unit) -> dict[str, Any]:
    """What the log says of it; people by login, as everywhere in the log."""
    return {
        "name": unit.name,
        "unit_kind": str(unit.kind),
        "is_busy": unit.is_busy,
        "head": unit.head.login if unit.head else None,
        "leader": unit.leader.login if unit.leader else None,
    }


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Two parts, `before` and `after`, of what is not the same in both."""
    changed = [key for key in after if before[key] != after[key]]
    return {
        "before": {key: before[key] for key in changed},
        "after": {key: after[key] for key in changed},
    }
