"""Opening a recording: the event comes first, then a ticket, then the bytes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction

from liuhen.access.errors import NoTicket
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer
from liuhen.recordings import disposing, queries
from liuhen.recordings.models import Recording

TICKET_LIFE = timedelta(hours=4)
"""Longer than any single recording; a player that pauses over lunch asks again."""

CLOCK_STEP = timedelta(minutes=5)
"""A time server may set the clock back a little under a film. A ticket from further ahead would
live as long as the clock was wrong."""

SALT = "liuhen.viewing"


@dataclass(frozen=True)
class Opening:
    """The recording, and the ticket with which its bytes can be fetched by this officer alone."""

    recording: Recording
    ticket: str


@transaction.atomic
def open_recording(
    number: str, *, by: Officer, at: datetime, address: str | None = None
) -> Opening:
    """Register the look, then hand out a ticket. Refuses: NoSuchRecording, Disposed."""
    recording = queries.get_visible(number, by)
    disposing.check_row(recording)
    log.record(Kind.RECORDING_OPENED, subject=f"recording:{number}", by=by, at=at, address=address)
    ticket = signing.dumps([recording.pk, by.pk, int(at.timestamp())], salt=SALT)
    return Opening(recording, ticket)


def redeem(ticket: str, *, by: Officer, at: datetime) -> Recording:
    """The recording a ticket opens. It must be this officer's, not old, and still permitted.

    Refuses: NoTicket, NoSuchRecording, Disposed.
    """
    try:
        recording_id, officer_id, issued = signing.loads(ticket, salt=SALT)
    except (signing.BadSignature, ValueError):
        raise NoTicket() from None
    age = timedelta(seconds=at.timestamp() - issued)
    if officer_id != by.pk or not -CLOCK_STEP <= age <= TICKET_LIFE:
        raise NoTicket()
    recording = queries.visible_to(by).filter(pk=recording_id).first()
    if recording is None:
        raise NoTicket()
    disposing.check_row(recording)
    return recording
