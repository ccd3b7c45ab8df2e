"""One more bureau in the same installation: a code lets its own people set it up."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.errors import InvitationUsed
from liuhen.people.models import Agency, Invitation, Officer

LIFE = timedelta(hours=72)


def digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


@transaction.atomic
def invite(name: str, *, by: Officer, at: datetime) -> tuple[Invitation, str]:
    """Let a bureau called `name` be set up; the code is told once and not kept."""
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
    """Refuses: InvitationUsed."""
    open_ones = Invitation.objects.filter(pk=invitation.pk, agency=None, withdrawn_at=None)
    if not open_ones.update(withdrawn_at=at):
        raise InvitationUsed()
    log.record(
        Kind.AGENCY_INVITATION_WITHDRAWN, subject=f"invitation:{invitation.pk}", by=by, at=at
    )
