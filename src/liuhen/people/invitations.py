"""One more bureau in the same installation: a code lets its own people set it up."""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people import permissions
from liuhen.people.errors import AgencyTaken, InvitationUsed, NotOfThisAgency
from liuhen.people.models import Agency, Invitation, Officer
from liuhen.people.permissions import Permission

LIFE = timedelta(hours=72)


def digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


@transaction.atomic
def invite(name: str, *, by: Officer, at: datetime) -> tuple[Invitation, str]:
    """Let a bureau called `name` be set up; the code is told once and not kept.

    Refuses: NotPermitted, AgencyTaken.
    """
    permissions.check(by, Permission.MANAGE_AGENCIES)
    log.wait_for_turn()
    if Agency.objects.filter(name=name).exists():
        raise AgencyTaken(name=name)
    code = secrets.token_urlsafe(18)
    made = Invitation.objects.create(
        name=name, code_hash=digest(code), invited_by=by, invited_at=at, expires_at=at + LIFE
    )
    log.record(Kind.AGENCY_INVITED, subject=f"invitation:{made.pk}", by=by, at=at, name=name)
    return made, code


def open_with(code: str, *, at: datetime) -> Invitation:
    """The invitation this code opens. Refuses: InvitationUsed."""
    found = Invitation.objects.filter(
        code_hash=digest(code), agency=None, withdrawn_at=None
    ).first()
    if found is None or found.expires_at <= at:
        raise InvitationUsed()
    return found


def accept(invitation: Invitation, *, at: datetime) -> Agency:
    """A new, still nameless bureau for it, once; in the caller's transaction.

    Refuses: InvitationUsed.
    """
    agency = Agency.objects.create()
    # Compare-and-set: two visitors with one code, one bureau.
    free = Invitation.objects.filter(
        pk=invitation.pk, agency=None, withdrawn_at=None, expires_at__gt=at
    )
    if not free.update(agency=agency):
        raise InvitationUsed()
    return agency


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Officer, at: datetime) -> None:
    """Refuses: NotPermitted, NotOfThisAgency, InvitationUsed."""
    permissions.check(by, Permission.MANAGE_AGENCIES)
    if invitation.invited_by.agency_id != by.agency_id:
        raise NotOfThisAgency()
    open_ones = Invitation.objects.filter(pk=invitation.pk, agency=None, withdrawn_at=None)
    if not open_ones.update(withdrawn_at=at):
        raise InvitationUsed()
    log.record(
        Kind.AGENCY_INVITATION_WITHDRAWN, subject=f"invitation:{invitation.pk}", by=by, at=at
    )


class State(StrEnum):
    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def state_of(invitation: Invitation, *, at: datetime) -> State:
    if invitation.agency_id:
        return State.USED
    if invitation.withdrawn_at:
        return State.WITHDRAWN
    return State.OPEN if invitation.expires_at > at else State.EXPIRED


def those_of(agency: Agency) -> QuerySet[Invitation]:
    """What this bureau's system administrators have invited, newest first."""
    rows = Invitation.objects.filter(invited_by__agency=agency)
    return rows.select_related("invited_by", "agency").order_by("-pk")
