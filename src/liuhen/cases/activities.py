"""Enforcement activities (执法活动): registered on site or afterwards, and put right."""

from datetime import datetime
from typing import Any

from django.db import transaction

from liuhen.cases import activity_checks, activity_facts, coverage, linked_words, showing
from liuhen.cases import activity_errors as errors
from liuhen.cases.activity_facts import ActivityFacts
from liuhen.cases.models import Activity, ActivityDevice, ActivityOfficer
from liuhen.cases.needs import day_of, requirement_of, span_of
from liuhen.custody import log, numbering
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of

__all__ = ["day_of", "requirement_of", "span_of"]

CASE_SET = ("case_set_at", "case_set_by")
"""Who put it into its case, and when."""


@transaction.atomic
def register(facts: ActivityFacts, *, by: Officer, at: datetime) -> Activity:
    """Enter an activity of `by`'s bureau; with its times where they are known already.

    Refuses: NotPermitted, NotAmongOfficers, TwoOfficersNeeded, OfficerNotFit, LeadNotAmong,
    PlaceMissing, PositionHalf, TimesOutOfOrder, InTheFuture, OfAnotherBureau, MatterGone.
    """
    check_registers(facts, by)
    log.wait_for_turn()
    activity_checks.check(facts, by=by, at=at)
    number = next_number(at)
    activity = Activity(agency_id=by.agency_id, number=number, registered_at=at, registered_by=by)
    put(activity, facts, by=by, at=at)
    activity.save()
    keep_people(activity, facts, by=by, at=at)
    keep_devices(activity, facts)
    acts = [act_of(Kind.ACTIVITY_REGISTERED, activity, by=by, at=at, **activity_facts.said(facts))]
    if facts.arrived_at:
        acts.append(arrival(activity, by=by, at=at))
    if facts.left_at:
        acts.append(leaving(activity, by=by, at=at))
    log.record_all(acts)
    coverage.refresh(activity, by=by, at=at)
    return activity


@transaction.atomic
def change(
    activity: Activity, to: ActivityFacts, *, by: Officer, at: datetime, seen: str | None = None
) -> None:
    """Put its facts right; its number stays. Nothing differs: no event.

    `seen`: the fingerprint of what the person changing it had before them; None: unconditional.
    Refuses: NotYoursToChange, Voided, ChangedMeanwhile, and as `register`.
    """
    log.wait_for_turn()
    activity = fresh(activity)
    check_changes(activity, by)
    was = activity_facts.of(activity)
    if seen is not None and seen != activity_facts.fingerprint(activity):
        raise errors.ChangedMeanwhile(number=activity.number)
    before, after = activity_facts.said(was), activity_facts.said(to)
    if before == after:
        return
    activity_checks.check(to, by=by, at=at, was=was)
    put(activity, to, by=by, at=at)
    activity.save(update_fields=[*activity_facts.COLUMNS, *CASE_SET, "search_text"])
    keep_people(activity, to, by=by, at=at)
    keep_devices(activity, to)
    linked_words.follow(Activity.objects.filter(pk=activity.pk))
    changed = {
        name: [before.get(name), after.get(name)]
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    }
    acts = [act_of(Kind.ACTIVITY_CHANGED, activity, by=by, at=at, **changed)]
    if not was.arrived_at and to.arrived_at:
        acts.append(arrival(activity, by=by, at=at))
    if not was.left_at and to.left_at:
        acts.append(leaving(activity, by=by, at=at))
    log.record_all([*acts, *showing.follow(activity, was.officers, by=by, at=at)])
    coverage.refresh(activity, by=by, at=at)


def check_registers(facts: ActivityFacts, by: Officer) -> None:
    """Those who took part, and the unit's head. Refuses: NotPermitted, NotAmongOfficers."""
    permissions.check(by, Permission.RECORD_ACTIVITIES)
    heads = Permission.SEE_UNIT in permissions_of(by) and by.unit_id is not None
    is_heads = heads and facts.unit is not None and facts.unit.pk == by.unit_id
    if by not in facts.officers and not is_heads:
        raise errors.NotAmongOfficers()


def may_change(activity: Activity, by: Officer) -> bool:
    """Those who took part, who registered it, and its unit's head; nobody once it is voided."""
    return activity.voided_at is None and is_theirs(activity, by)


def is_theirs(activity: Activity, by: Officer) -> bool:
    granted = permissions_of(by)
    if activity.agency_id != by.agency_id or Permission.RECORD_ACTIVITIES not in granted:
        return False
    if Permission.SEE_UNIT in granted and by.unit_id and activity.unit_id == by.unit_id:
        return True
    if activity.registered_by_id == by.pk:
        return True
    # Of a list they are fetched along with it: no query for each row.
    return any(entry.officer_id == by.pk for entry in activity.activity_officers.all())


def check_changes(activity: Activity, by: Officer) -> None:
    """Refuses: NotYoursToChange, Voided."""
    if not is_theirs(activity, by):
        raise errors.NotYoursToChange(number=activity.number)
    if activity.voided_at is not None:
        raise errors.Voided(number=activity.number)


def put(activity: Activity, facts: ActivityFacts, *, by: Officer, at: datetime) -> None:
    if facts.case != activity.case:
        activity.case_set_at, activity.case_set_by = (at, by) if facts.case else (None, None)
    for name in activity_facts.COLUMNS:
        setattr(activity, name, facts.column(name))
    activity.place = facts.place.strip()
    activity.search_text = activity_facts.searchable(activity.number, facts)


def keep_people(activity: Activity, facts: ActivityFacts, *, by: Officer, at: datetime) -> None:
    lead, wanted = facts.leader, {officer.pk for officer in facts.officers}
    entries = ActivityOfficer.objects.filter(activity=activity)
    entries.exclude(officer__in=wanted).delete()
    entries.update(is_lead=False)
    there = set(entries.values_list("officer_id", flat=True))
    ActivityOfficer.objects.bulk_create(
        ActivityOfficer(activity=activity, officer=officer, added_at=at, added_by=by)
        for officer in dict.fromkeys(facts.officers)
        if officer.pk not in there
    )
    if lead is not None:
        entries.filter(officer=lead).update(is_lead=True)


def keep_devices(activity: Activity, facts: ActivityFacts) -> None:
    named = ActivityDevice.objects.filter(activity=activity)
    named.exclude(device__in=[device.pk for device in facts.devices]).delete()
    kept = set(named.values_list("device_id", flat=True))
    ActivityDevice.objects.bulk_create(
        ActivityDevice(activity=activity, device=device)
        for device in dict.fromkeys(facts.devices)
        if device.pk not in kept
    )


def next_number(at: datetime) -> str:
    """`HD-2026-000001`: the year of registration and a count without holes; the log's turn is
    held."""
    return numbering.next_number(f"HD-{in_china(at).year}-", Activity)


def fresh(activity: Activity) -> Activity:
    return Activity.objects.select_related("agency", *RELATED).get(pk=activity.pk)


RELATED = ("unit", "listed", "party", "case", "registered_by")


def subject_of(activity: Activity) -> str:
    return f"activity:{activity.number}"


def act_of(kind: Kind, activity: Activity, /, *, by: Officer, at: datetime, **facts: Any) -> Act:
    return Act(kind, subject_of(activity), by, at, facts)


def arrival(activity: Activity, *, by: Officer, at: datetime) -> Act:
    said = activity_facts.iso(activity.arrived_at)
    return act_of(Kind.ACTIVITY_ARRIVED, activity, by=by, at=at, arrived_at=said)


def leaving(activity: Activity, *, by: Officer, at: datetime) -> Act:
    said = activity_facts.iso(activity.left_at)
    return act_of(Kind.ACTIVITY_LEFT, activity, by=by, at=at, left_at=said)
