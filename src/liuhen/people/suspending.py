"""Stopping a person's enforcement work until a day, and letting it go on.

A sanction some regulations name (chengde-safety 28, luohe-livestock 22). Who is suspended still
signs in: what was recorded before must still be described and handed in.
"""

from datetime import date, datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import in_china
from liuhen.people import errors
from liuhen.people.models import Officer
from liuhen.people.policies import is_suspended


@transaction.atomic
def suspend(officer: Officer, *, until: date, reason: str, by: Officer, at: datetime) -> None:
    """From now on to `until`, that day included; a second one moves the day.

    Refuses: NotOfThisAgency, SuspensionOver, SuspensionNeedsReason.
    """
    check(officer, reason, by)
    if until < in_china(at).date():
        raise errors.SuspensionOver(until=until.isoformat())
    before = Officer.objects.get(pk=officer.pk).suspended_until
    Officer.objects.filter(pk=officer.pk).update(suspended_until=until)
    log.record(
        Kind.OFFICER_SUSPENDED,
        subject=f"officer:{officer.login}",
        by=by,
        at=at,
        until=until.isoformat(),
        before=before.isoformat() if before else None,
        reason=reason,
    )


@transaction.atomic
def lift(officer: Officer, *, reason: str, by: Officer, at: datetime) -> None:
    """Refuses: NotOfThisAgency, SuspensionNeedsReason, NotSuspended."""
    check(officer, reason, by)
    now = Officer.objects.get(pk=officer.pk)
    if not is_suspended(now, in_china(at).date()):
        raise errors.NotSuspended(name=officer.name)
    # Compare-and-set: lifted once, and never a suspension nobody here has seen.
    moved = Officer.objects.filter(pk=officer.pk, suspended_until=now.suspended_until)
    if not moved.update(suspended_until=None):
        raise errors.NotSuspended(name=officer.name)
    log.record(
        Kind.OFFICER_REINSTATED,
        subject=f"officer:{officer.login}",
        by=by,
        at=at,
        until=now.suspended_until.isoformat() if now.suspended_until else None,
        reason=reason,
    )


def check(officer: Officer, reason: str, by: Officer) -> None:
    log.wait_for_turn()
    if officer.agency_id != by.agency_id:
        raise errors.NotOfThisAgency()
    if not reason.strip():
        raise errors.SuspensionNeedsReason()
