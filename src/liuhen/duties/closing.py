"""A duty comes to its end by a person's word: done, or waived with a reason."""

from datetime import datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.duties import collecting, errors, overdue
from liuhen.duties.books import Books
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.duties.queries import is_mine
from liuhen.kernel.refusal import Refusal
from liuhen.people import permissions
from liuhen.people.models import Officer, Unit
from liuhen.people.permissions import Permission, permissions_of

BY_FACTS = frozenset(
    {
        DutyKind.HANDOVER,
        DutyKind.IDENTIFY,
        DutyKind.SHORTFALL,
        DutyKind.REPAIR,
        DutyKind.WORK_RECORD,
        DutyKind.PAPER_REVIEW,
        DutyKind.STOP_REPORT,
        DutyKind.STATEMENT,
        DutyKind.BUDGET,
        DutyKind.DISC_CHECK,
        DutyKind.CORRECTION,
    }
)
"""Done when the record says so; nobody's word can stand in for it."""

MOST_WORDS = 500


@transaction.atomic
def complete(duty: Duty, *, note: str, by: Officer, at: datetime) -> None:
    """Say that a duty is done, and what was done; after its time it is done late.

    Refuses: NotYours, ClosedByFacts, NoteMissing, DevicesOut, AlreadyClosed.
    """
    check_completes(duty, by)
    if not note.strip():
        raise errors.NoteMissing(duty.article)
    log.wait_for_turn()
    collecting.check_collected(duty)
    late = overdue.is_late(duty.due_at, at)
    state = DutyState.DONE_LATE if late else DutyState.DONE
    close(duty, state, note.strip(), by=by, at=at)
    if late:
        overdue.note([duty], books=Books(), at=at)
    act = overdue.act_of(Kind.DUTY_DONE, duty, by=by, at=at, note=duty.reason, late=late)
    log.record_all([act])


@transaction.atomic
def waive(duty: Duty, *, reason: str, by: Officer, at: datetime) -> None:
    """Let a duty go undone. The reason stays; so does a lateness that was noted before.

    Refuses: NotPermitted, OutsideUnit, OwnDuty, ReasonMissing, AlreadyClosed.
    """
    check_waives(duty, by)
    if not reason.strip():
        raise errors.ReasonMissing(duty.article)
    log.wait_for_turn()
    close(duty, DutyState.WAIVED, reason.strip(), by=by, at=at)
    log.record_all([overdue.act_of(Kind.DUTY_WAIVED, duty, by=by, at=at, reason=duty.reason)])


def check_completes(duty: Duty, by: Officer) -> None:
    """Who and what kind; whether it is still open, the change itself finds out."""
    if not is_mine(duty, by):
        raise errors.NotYours(duty.article)
    if duty.kind in BY_FACTS:
        raise errors.ClosedByFacts(duty.article)


def may_complete(duty: Duty, by: Officer) -> bool:
    return duty.state == DutyState.OPEN and duty.kind not in BY_FACTS and is_mine(duty, by)


def open_in(
    kind: DutyKind, instant: datetime, by: Officer, unit: Unit | None = None
) -> Duty | None:
    """The one of the bureau, or of this unit, in whose period this was, if it is open still and
    this officer's to complete."""
    rows = Duty.objects.filter(agency_id=by.agency_id, kind=kind, state=DutyState.OPEN)
    rows = rows.filter(started_at__lte=instant, due_at__gt=instant)
    if unit is not None:
        rows = rows.filter(unit=unit)
    found = (duty for duty in rows.order_by("due_at", "pk") if may_complete(duty, by))
    return next(found, None)


def check_waives(duty: Duty, by: Officer) -> None:
    permissions.check(by, Permission.WAIVE_DUTIES)
    if duty.agency_id != by.agency_id:
        raise errors.NoSuchDuty()
    sees_agency = Permission.SEE_AGENCY_DUTIES in permissions_of(by)
    if not sees_agency and not is_in_unit_of(duty, by):
        raise errors.OutsideUnit(duty.article)
    if is_mine(duty, by):
        raise errors.OwnDuty(duty.article)


def may_waive(duty: Duty, by: Officer) -> bool:
    try:
        check_waives(duty, by)
    except Refusal:
        return False
    return duty.state == DutyState.OPEN


def is_in_unit_of(duty: Duty, officer: Officer) -> bool:
    if duty.unit is None:
        return False
    return duty.unit_id == officer.unit_id or duty.unit.head_id == officer.pk


def close(duty: Duty, state: DutyState, words: str, *, by: Officer, at: datetime) -> None:
    """Compare-and-set: of two at once one is told that it is done already."""
    moved = Duty.objects.filter(pk=duty.pk, state=DutyState.OPEN).update(
        state=state, closed_at=at, closed_by=by, reason=words[:MOST_WORDS]
    )
    if not moved:
        raise errors.AlreadyClosed(duty.article)
    duty.refresh_from_db()
