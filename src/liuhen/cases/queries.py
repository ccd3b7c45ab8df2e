"""Reads: which activities, cases and parties an officer sees."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from liuhen.cases import errors
from liuhen.cases.models import (
    Activity,
    ActivityOfficer,
    Case,
    CaseOfficer,
    CaseParty,
    Party,
)
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of

Row = TypeVar("Row", bound=Model)


def activities_for(officer: Officer) -> QuerySet[Activity]:
    """The bureau's, the unit's and those one took part in or registered, by the permissions held.

    As with recordings: a union of ids, each found by its own index.
    """
    rows = Activity.objects.filter(agency_id=officer.agency_id)
    took_part = ActivityOfficer.objects.filter(officer_id=officer.pk).values("activity_id")
    own = [took_part, Activity.objects.filter(registered_by_id=officer.pk).values("pk")]
    return within(rows, officer, own)


def cases_for(officer: Officer) -> QuerySet[Case]:
    """The same for cases; those of activities one took part in are seen, too."""
    rows = Case.objects.filter(agency_id=officer.agency_id)
    took_part = Activity.objects.filter(
        activity_officers__officer_id=officer.pk, case__isnull=False
    )
    own = [
        CaseOfficer.objects.filter(officer_id=officer.pk).values("case_id"),
        Case.objects.filter(added_by_id=officer.pk).values("pk"),
        took_part.values("case_id"),
    ]
    return within(rows, officer, own)


def within(rows: QuerySet[Row], officer: Officer, own: list[QuerySet[Any]]) -> QuerySet[Row]:
    """All of `rows`, or those of the officer's unit and `own` ids; none without permission."""
    granted = permissions_of(officer)
    if Permission.SEE_AGENCY in granted:
        return rows
    if not granted & {Permission.SEE_UNIT, Permission.SEE_OWN}:
        return rows.none()
    scopes = list(own)
    if Permission.SEE_UNIT in granted and officer.unit_id:
        scopes.append(rows.model._default_manager.filter(unit_id=officer.unit_id).values("pk"))
    return rows.filter(pk__in=scopes[0].union(*scopes[1:], all=True))


def parties_for(officer: Officer) -> QuerySet[Party]:
    """Those of the cases and activities one sees, and those one entered; merged ones left out."""
    rows = Party.objects.filter(agency_id=officer.agency_id, merged_into=None)
    if Permission.SEE_AGENCY in permissions_of(officer):
        return rows
    scopes = [
        CaseParty.objects.filter(case__in=cases_for(officer).values("pk")).values("party_id"),
        activities_for(officer).filter(party__isnull=False).values("party_id"),
        Party.objects.filter(added_by_id=officer.pk).values("pk"),
    ]
    return rows.filter(pk__in=scopes[0].union(*scopes[1:], all=True))


def activity_for(number: str, officer: Officer) -> Activity:
    """Refuses: NoSuchActivity, alike for what is not there and what is not shown."""
    if "\0" in number:  # PostgreSQL takes none even to compare
        raise errors.NoSuchActivity(number=number.replace("\0", ""))
    beside = ("agency", "unit", "listed", "party", "case", "registered_by", "voided_by")
    found = activities_for(officer).select_related(*beside).filter(number=number).first()
    if found is None:
        raise errors.NoSuchActivity(number=number)
    return found


def case_for(pk: int, officer: Officer) -> Case:
    """Refuses: NoSuchCase."""
    found = cases_for(officer).select_related("agency", "unit", "added_by").filter(pk=pk).first()
    if found is None:
        raise errors.NoSuchCase()
    return found


def party_for(pk: int, officer: Officer) -> Party:
    """Refuses: NoSuchParty."""
    found = parties_for(officer).select_related("agency", "added_by").filter(pk=pk).first()
    if found is None:
        raise errors.NoSuchParty()
    return found
