"""A table of units or of people: one line each, with all figures of a stretch of time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from liuhen.people.models import Officer, Unit, UnitKind
from liuhen.people.roles import Role
from liuhen.statistics import reading
from liuhen.statistics.reading import Counts
from liuhen.statistics.scopes import Scope


@dataclass(frozen=True)
class Line:
    """Of a unit (`unit` None: of what has none) or, where `officer` is there, of a person, whose
    own unit is `unit`. `overdue`: as it stands now."""

    unit: Unit | None
    officer: Officer | None
    counts: Counts
    overdue: int


Beside = Mapping[int | None, Counts]
"""Counts that are not prepared, by the unit's or the officer's key."""

NOTHING: Beside = {}


def of_units(
    scope: Scope, since: date, until: date, *, at: datetime, beside: Beside = NOTHING
) -> list[Line]:
    """Those that enforce, and any that something was counted for. Four queries and one more for
    each part of the time."""
    found = together(reading.by_unit(scope, since, until), beside)
    late = reading.overdue_by(scope, "unit", at=at)
    wanted = Q(pk__in=[pk for pk in {*found, *late} if pk]) | Q(kind=UnitKind.ENFORCEMENT)
    units = Unit.objects.filter(wanted, agency=scope.agency)
    if scope.unit is not None:
        units = units.filter(pk=scope.unit.pk)
    told = [
        Line(unit, None, found.get(unit.pk, {}), late.get(unit.pk, 0))
        for unit in units.order_by("name")
    ]
    if scope.unit is None and (is_told(found.get(None, {})) or late.get(None)):
        told.append(Line(None, None, found.get(None, {}), late.get(None, 0)))
    return told


def is_told(counts: Counts) -> bool:
    """What is done for the bureau as a whole is no unit's, and no line by itself."""
    return any(n for code, n in counts.items() if code != "duties_on_time")


def of_officers(
    scope: Scope, since: date, until: date, *, at: datetime, beside: Beside = NOTHING
) -> list[Line]:
    """Those who enforce, unit by unit, and any that something was counted for."""
    found = together(reading.by_officer(scope, since, until), beside)
    late = reading.overdue_by(scope, "owner", at=at)
    # Also those in the unit now for whom nothing was counted: nought is a figure.
    here = Q(role_holdings__role__in=[Role.OFFICER, Role.UNIT_HEAD], is_active=True)
    if scope.unit is not None:
        here &= Q(unit=scope.unit)
    people = Officer.objects.filter(
        here | Q(pk__in=[pk for pk in {*found, *late} if pk]), agency=scope.agency
    )
    if scope.officer is not None:
        people = people.filter(pk=scope.officer.pk)
    elif scope.is_unitless:
        people = people.filter(pk__in=list(found))
    rows = people.select_related("unit").distinct().order_by("unit__name", "name", "pk")
    return [Line(one.unit, one, found.get(one.pk, {}), late.get(one.pk, 0)) for one in rows]


def together(found: Mapping[Any, Counts], beside: Beside) -> dict[Any, Counts]:
    return {
        key: together_in([found.get(key, {}), beside.get(key, {})])
        for key in (*found, *(key for key in beside if key not in found))
    }


def together_in(some: Iterable[Counts]) -> Counts:
    """Their sum."""
    total: Counts = {}
    for counts in some:
        for code, n in counts.items():
            total[code] = total.get(code, 0) + n
    return total
