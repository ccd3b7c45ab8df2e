"""What an order of correction makes owed: to put it right by the day named in it.

Supervision stands above: all there is to know is in its events. The duty is done by the order's
being accepted, as of the report that was accepted: nobody is late because a report lay unread.
While one lies there the time stands still; returned, it runs to the day named then.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.duties import discharging
from liuhen.duties.books import Books
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.engines.policy.vocabulary import Post
from liuhen.people.models import Agency, Officer, Unit

OF_CORRECTIONS = (
    Kind.CORRECTION_ORDERED,
    Kind.CORRECTION_SUBMITTED,
    Kind.CORRECTION_RETURNED,
    Kind.CORRECTION_ACCEPTED,
    Kind.CORRECTION_WITHDRAWN,
)


def owed_by(events: Iterable[CustodyEvent], only: Agency | None) -> list[Duty]:
    """Two queries, however many orders."""
    ordered = [event for event in events if event.kind == Kind.CORRECTION_ORDERED]
    said = {event.index: facts_of(event) for event in ordered}
    units = Unit.objects.in_bulk({facts["unit"] for facts in said.values()} - {None})
    logins = {facts["officer"] for facts in said.values()} - {None}
    people = {one.login: one for one in Officer.objects.filter(login__in=logins)}
    return [
        made(event, said[event.index], units, people)
        for event in ordered
        if said[event.index]["unit"] in (None, *units)
        and (only is None or said[event.index]["agency"] == only.pk)
    ]


def made(
    event: CustodyEvent, said: dict[str, Any], units: dict[int, Unit], people: dict[str, Officer]
) -> Duty:
    owner = people.get(said["officer"])
    number = number_of(event)
    return Duty(
        agency_id=said["agency"],
        key=key_of(number),
        kind=DutyKind.CORRECTION,
        pack_id=said["pack"],
        article=said["article"],
        unit=units.get(said["unit"]),
        owner=owner,
        post="" if owner else Post.UNIT_HEAD,
        started_at=event.at,
        due_at=datetime.fromisoformat(said["due_at"]),
        facts={"correction": number, "demand": said["demand"], "grounds": []},
    )


def follow(event: CustodyEvent, books: Books, *, at: datetime) -> None:
    """What became of the order since; nothing where its duty is closed."""
    rows = Duty.objects.filter(key=key_of(number_of(event)), state=DutyState.OPEN)
    for duty in rows.select_related("agency", "unit", "owner", "recording", "device"):
        FOLLOWED[Kind(event.kind)](duty, event, books, at)


def stand_still(duty: Duty, event: CustodyEvent, books: Books, at: datetime) -> None:
    facts = duty.facts | {"handed_in_at": event.at.isoformat()}
    if duty.due_at is not None:  # else the same event is read again
        facts["due_at"] = duty.due_at.isoformat()
    Duty.objects.filter(pk=duty.pk).update(due_at=None, facts=facts)


def run_on(duty: Duty, event: CustodyEvent, books: Books, at: datetime) -> None:
    facts = {name: duty.facts[name] for name in duty.facts if name != "handed_in_at"}
    due_at = datetime.fromisoformat(facts_of(event)["due_at"])
    Duty.objects.filter(pk=duty.pk).update(due_at=due_at, facts=facts)


def accept(duty: Duty, event: CustodyEvent, books: Books, at: datetime) -> None:
    """As of the report that was accepted; the event of the order tells it already."""
    said = facts_of(event)
    if duty.due_at is None and "due_at" in duty.facts:
        duty.due_at = datetime.fromisoformat(duty.facts["due_at"])
        Duty.objects.filter(pk=duty.pk).update(due_at=duty.due_at)
    done_by = Officer.objects.filter(agency=duty.agency, login=said["submitted_by"]).first()
    done_at = datetime.fromisoformat(said["submitted_at"])
    discharging.close(duty, done_at, done_by, books=books, at=at)


def let_go(duty: Duty, event: CustodyEvent, books: Books, at: datetime) -> None:
    by = Officer.objects.filter(agency=duty.agency, login=event.actor).first()
    state = DutyState.WAIVED if by else DutyState.DONE
    reason = facts_of(event)["reason"][:500]
    Duty.objects.filter(pk=duty.pk).update(
        state=state, closed_at=event.at, closed_by=by, reason=reason
    )


FOLLOWED = {
    Kind.CORRECTION_SUBMITTED: stand_still,
    Kind.CORRECTION_RETURNED: run_on,
    Kind.CORRECTION_ACCEPTED: accept,
    Kind.CORRECTION_WITHDRAWN: let_go,
}


def number_of(event: CustodyEvent) -> str:
    return event.subject.removeprefix("correction:")


def key_of(number: str) -> str:
    return f"correction:{number}"
