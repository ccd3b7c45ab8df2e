"""Opening a recording: the right is asked first, then the event and the register, then a ticket,
then the bytes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction

from liuhen.access import register, rights
from liuhen.access.errors import NoGrant, NoTicket
from liuhen.access.models import Viewing
from liuhen.access.rights import Ground, Right
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.recordings import disposing, queries
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.models import Recording

TICKET_LIFE = register.LONGEST
"""Longer than any single recording; a player that pauses over lunch asks again."""

CLOCK_STEP = timedelta(minutes=5)
"""A time server may set the clock back a little under a film. A ticket from further ahead would
live as long as the clock was wrong."""

SALT = "liuhen.viewing"
VIEW, COPY = "view", "copy"
"""What was done, in the register."""

QUIET = timedelta(minutes=1)
"""Somebody turned away who tries again within this is in the log once."""


@dataclass(frozen=True)
class Opening:
    """The recording, the ticket with which its bytes can be fetched by this officer alone, and the
    line of the register."""

    recording: Recording
    ticket: str
    viewing: Viewing


def open_recording(
    number: str, *, by: Officer, at: datetime, address: str | None = None, request: str = ""
) -> Opening:
    """Register the look, then hand out a ticket. Who is turned away is in the log, too.

    `request`: the number of the one it serves, by which alone it opens and is registered.

    Refuses: NoSuchRecording, NoGrant, Disposed.
    """
    with told_if_denied(number, by=by, at=at, address=address):
        return opened(number, by=by, at=at, address=address, request=request)


def check_plays(number: str, *, by: Officer, at: datetime, address: str | None = None) -> Recording:
    """For what is shown beside the picture, without a ticket. Refuses: NoSuchRecording,
    NoGrant."""
    with told_if_denied(number, by=by, at=at, address=address):
        recording = queries.get_visible(number, by, at=at)
        rights.check(by, recording, at=at)
    return recording


@contextmanager
def told_if_denied(
    number: str, *, by: Officer, at: datetime, address: str | None
) -> Iterator[None]:
    try:
        yield
    except NoSuchRecording as refused:
        # Whoever guesses numbers is named, not what is not theirs to know of.
        note_denied(f"officer:{by.login}", refused, by=by, at=at, address=address)
        raise
    except NoGrant as refused:
        note_denied(f"recording:{number}", refused, by=by, at=at, address=address)
        raise


@transaction.atomic
def opened(number: str, *, by: Officer, at: datetime, address: str | None, request: str) -> Opening:
    log.wait_for_turn()
    recording = queries.get_visible(number, by, at=at)
    disposing.check_row(recording)
    if request:
        right = rights.check_under(by, recording, request, at=at)
    else:
        right = rights.check(by, recording, at=at)
    facts: dict[str, Any] = {"address": address, "ground": str(right.ground)}
    if right.grant is not None:
        facts["request"] = right.grant.request.number
    elif right.assignment is not None:
        facts["for_check"] = right.assignment.reference
    log.record(Kind.RECORDING_OPENED, subject=f"recording:{number}", by=by, at=at, **facts)
    viewing = enter(recording, right, by=by, at=at)
    ticket = signing.dumps([recording.pk, by.pk, int(at.timestamp())], salt=SALT)
    return Opening(recording, ticket, viewing)


def enter(
    recording: Recording, right: Right, *, by: Officer, at: datetime, what: str = VIEW
) -> Viewing:
    """A line of the register; in the transaction of what it tells of."""
    request = right.grant.request if right.grant else None
    is_shown = request is not None and right.ground == Ground.SHOWN
    return Viewing.objects.create(
        agency_id=recording.agency_id,
        recording=recording,
        viewer=by,
        grant=right.grant,
        assignment=right.assignment,
        for_whom=f"{request.organ} {request.person}".strip() if request and is_shown else "",
        what=what,
        ground=right.ground,
        article=right.article,
        purpose=request.purpose if request else "",
        opened_at=at,
    )


def redeem(ticket: str, *, by: Officer, at: datetime, address: str | None = None) -> Recording:
    """The recording a ticket opens. It must be this officer's, not old, and the right to look must
    hold still: what is revoked or over ends at once.

    Refuses: NoTicket, Disposed.
    """
    try:
        recording_id, officer_id, issued = signing.loads(ticket, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise denied(by, at, address) from None
    age = timedelta(seconds=at.timestamp() - issued)
    if officer_id == by.pk and -CLOCK_STEP <= age <= TICKET_LIFE:
        recording = queries.visible_to(by, at=at).filter(pk=recording_id).first()
        right = rights.right_to_play(by, recording, at=at) if recording else None
        if recording is not None and right is not None:
            disposing.check_row(recording)
            return recording
    raise denied(by, at, address)


def denied(by: Officer, at: datetime, address: str | None) -> NoTicket:
    refused = NoTicket()
    note_denied(f"officer:{by.login}", refused, by=by, at=at, address=address)
    return refused


@transaction.atomic
def note_denied(
    subject: str, refused: Refusal, *, by: Officer, at: datetime, address: str | None = None
) -> None:
    """Who was turned away from what, once a minute: a player asks for a film many times a second,
    and the log must not be filled by whoever tries."""
    log.wait_for_turn()
    said = CustodyEvent.objects.filter(kind=Kind.ACCESS_DENIED, subject=subject, actor=by.login)
    if said.filter(at__gt=at - QUIET).exists():
        return
    log.record(
        Kind.ACCESS_DENIED, subject=subject, by=by, at=at, refused=refused.code, address=address
    )
