"""Complaints (投诉、信访、异议): what they are about is held with their entry, in one step."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from liuhen.custody import log, numbering
from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import in_china
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.people.spelling import seen
from liuhen.retention import hold_errors as errors
from liuhen.retention import holders, holds
from liuhen.retention.models import Channel, Complaint, HoldGround, HoldScope, Outcome
from liuhen.retention.scopes import Scope

MOST_TEXT = 2000
MOST_OUTCOME = 1000
BESIDE = (
    "agency", "entered_by", "closed_by", "hold__activity", "hold__case", "hold__party",
    "hold__officer", "hold__device", "hold__placed_by",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What is entered. `told_by` "": nobody gave a name."""

    kind: HoldGround
    channel: Channel
    text: str
    received_at: datetime
    told_by: str = ""
    contact: str = ""


@transaction.atomic
def enter(told: Told, about: Scope, *, by: Officer, at: datetime) -> Complaint:
    """Enter it and hold what it is about at once.

    Refuses: ComplaintBlank, ReceivedLater, ComplaintThere, and what `holds.place` refuses.
    """
    text = seen(told.text)[:MOST_TEXT]
    if not text:
        raise errors.ComplaintBlank()
    if told.received_at > at:
        raise errors.ReceivedLater()
    log.wait_for_turn()
    check_is_new(told, text, by)
    number = next_number(at)
    # The hold is read by more people than the complaint: it says which one, not what was said.
    reason = f"{told.kind.label} {number}"
    hold = holds.place(about, ground=told.kind, reason=reason, by=by, at=at)
    made = Complaint.objects.create(
        agency_id=by.agency_id,
        number=number,
        kind=told.kind,
        channel=told.channel,
        told_by=seen(told.told_by),
        contact=seen(told.contact),
        text=text,
        received_at=told.received_at,
        hold=hold,
        entered_at=at,
        entered_by=by,
    )
    # Who complained of what is for those who inquire, not for a log that is read for ever: there
    # a digest tells whether the words are still those that were entered.
    facts = {"ground": made.kind, "channel": made.channel, "hold": hold.number}
    facts |= {"received_at": made.received_at.isoformat(), "text_sha256": digest_of(text)}
    record(Kind.COMPLAINT_ENTERED, made, by=by, at=at, **facts)
    return made


def check_is_new(told: Told, text: str, by: Officer) -> None:
    """A form sent twice enters one. Refuses: ComplaintThere."""
    rows = Complaint.objects.filter(agency_id=by.agency_id, kind=told.kind, text=text)
    known = rows.filter(received_at=told.received_at, told_by=seen(told.told_by)).first()
    if known is not None:
        raise errors.ComplaintThere(number=known.number)


@transaction.atomic
def close(complaint: Complaint, outcome: Outcome, *, text: str, by: Officer, at: datetime) -> None:
    """Say what came of it. Its hold stands until two people lift it.

    Refuses: NoSuchComplaint, NotPermitted, NotYoursToPlace, AboutYourself, OutcomeMissing,
    ComplaintClosed.
    """
    log.wait_for_turn()
    check_closes(complaint, by, at)
    text = seen(text)[:MOST_OUTCOME]
    if not text or outcome == Outcome.PENDING:
        raise errors.OutcomeMissing()
    # Compare-and-set: of two who close it, one does.
    moved = Complaint.objects.filter(pk=complaint.pk, closed_at=None).update(
        outcome=outcome, outcome_text=text, closed_at=at, closed_by=by
    )
    complaint.refresh_from_db()
    if not moved:
        assert complaint.closed_by is not None
        assert complaint.closed_at is not None
        said = f"{in_china(complaint.closed_at):%Y-%m-%d %H:%M}"
        raise errors.ComplaintClosed(name=complaint.closed_by.name, at=said)
    holds.touch(complaint.hold)
    facts = {"outcome": outcome.value, "hold": complaint.hold.number}
    digest = digest_of(text)
    record(Kind.COMPLAINT_CLOSED, complaint, by=by, at=at, text_sha256=digest, **facts)


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def check_closes(complaint: Complaint, by: Officer, at: datetime) -> None:
    """Refuses: NoSuchComplaint, NotPermitted, NotYoursToPlace, AboutYourself."""
    if complaint.agency_id != by.agency_id:
        raise errors.NoSuchComplaint()
    holders.check_places(complaint.kind, by, at)
    if holders.is_about(complaint.hold, by):
        raise errors.AboutYourself()


def may_close(complaint: Complaint, by: Officer, at: datetime) -> bool:
    try:
        check_closes(complaint, by, at)
    except Refusal:
        return False
    return complaint.closed_at is None


def seen_by(officer: Officer, at: datetime) -> QuerySet[Complaint]:
    """Whoever sees holds, but for what is about themselves: who complained is not told to the one
    complained of."""
    if not holders.sees_holds(officer, at):
        return Complaint.objects.none()
    rows = Complaint.objects.filter(agency_id=officer.agency_id)
    # Of other scopes there are rows for all they cover: that is not about whoever made one of them.
    named = Q(hold__scope=HoldScope.RECORDINGS)
    about = (
        Q(hold__officer=officer),
        Q(hold__activity__activity_officers__officer=officer),
        Q(hold__case__case_officers__officer=officer),
        named & Q(hold__hold_recordings__recording__officer=officer),
        named & Q(hold__hold_recordings__recording__shares__officer=officer),
    )
    for way in about:
        rows = rows.exclude(pk__in=Complaint.objects.filter(way).values("pk"))
    return rows


def complaint_for(pk: int, officer: Officer, at: datetime) -> Complaint:
    """Refuses: NoSuchComplaint, alike for what is not there and what is not shown."""
    found = seen_by(officer, at).select_related(*BESIDE).filter(pk=pk).first()
    if found is None:
        raise errors.NoSuchComplaint()
    return found


def next_number(at: datetime) -> str:
    """`TS-2026-000001`: the year and a count without holes; the log's turn is held."""
    return numbering.next_number(f"TS-{in_china(at).year}-", Complaint)


def subject_of(complaint: Complaint) -> str:
    return f"complaint:{complaint.number}"


def record(kind: Kind, made: Complaint, *, by: Officer, at: datetime, **facts: Any) -> None:
    log.record(kind, subject=subject_of(made), by=by, at=at, **facts)
