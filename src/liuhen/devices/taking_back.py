"""Take a device back (归还): its state, its clock once more, what was recorded."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.devices import clocks, coming_back, errors
from liuhen.devices.clocks import Reading
from liuhen.devices.models import Checkout, Condition, Moment
from liuhen.devices.register import subject_of
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer


@dataclass(frozen=True)
class Return:
    """How it came back; of one that is lost, `losing` ends the check-out.

    `arrived_at`, `left_at`: on site, by the user's word; None: not said.
    """

    condition: Condition = Condition.GOOD
    condition_note: str = ""
    card_handed: bool | None = None
    content: str = ""
    arrived_at: datetime | None = None
    left_at: datetime | None = None
    reading: Reading | None = None


@transaction.atomic
def take_back(checkout: Checkout, given: Return, *, by: Officer, at: datetime) -> Checkout:
    """The user's answering for the device ends here; for what came of it, `coming_back` sees.

    Refuses: NotOut (also another bureau's), AlreadyReturned, ConditionNeedsNote, TimesTurned.
    """
    log.wait_for_turn()
    checkout = Checkout.objects.select_related("device", "officer", "unit").get(pk=checkout.pk)
    device = checkout.device
    if device.agency_id != by.agency_id:
        raise errors.NotOut(device_no=device.device_no)
    check_given(checkout, given, at=at)
    end(checkout, given, by=by, at=at)
    acts = []
    if given.reading:
        row = clocks.keep(device, given.reading, moment=Moment.RETURN, by=by, checkout=checkout)
        acts.append(clocks.act_of(row, by=by, at=at))
    log.record_all([*acts, act_of(checkout, by=by, at=at)])
    coming_back.settle(checkout, by=by, at=at)
    return checkout


def check_given(checkout: Checkout, given: Return, *, at: datetime) -> None:
    """Refuses: ConditionNeedsNote, TimesTurned."""
    assert given.condition != Condition.LOST  # `losing` ends such a use
    if given.condition != Condition.GOOD and not given.condition_note.strip():
        raise errors.ConditionNeedsNote()
    # Forms take minutes: on site within the minute of the hand-out is not before it.
    began = checkout.handed_at.replace(second=0, microsecond=0)
    course = [began, given.arrived_at, given.left_at, end_of(checkout, at)]
    known = [moment for moment in course if moment is not None]
    if known != sorted(known):
        raise errors.TimesTurned()


def end_of(checkout: Checkout, at: datetime) -> datetime:
    """A use ends no earlier than it began, though the server's clock was set back meanwhile: what
    is back must not wait for the clock. The event of the end keeps `at` itself."""
    return max(at, checkout.handed_at)


def end(checkout: Checkout, given: Return, *, by: Officer, at: datetime) -> None:
    """Compare-and-set: returned once. Refuses: AlreadyReturned."""
    moved = Checkout.objects.filter(pk=checkout.pk, returned_at=None).update(
        returned_at=end_of(checkout, at),
        received_by=by,
        condition=given.condition,
        condition_note=given.condition_note.strip(),
        card_handed=given.card_handed,
        content=given.content.strip(),
        arrived_at=given.arrived_at,
        left_at=given.left_at,
    )
    checkout.refresh_from_db()
    if not moved:
        assert checkout.returned_at is not None
        raise errors.AlreadyReturned(
            device_no=checkout.device.device_no,
            at=f"{in_china(checkout.returned_at):%Y-%m-%d %H:%M}",
        )


def act_of(checkout: Checkout, *, by: Officer, at: datetime) -> Act:
    return Act(Kind.DEVICE_RETURNED, subject_of(checkout.device), by, at, said(checkout))


def said(checkout: Checkout) -> dict[str, Any]:
    return {
        "checkout": checkout.pk,
        "officer": checkout.officer.officer_cert_no or checkout.officer.login,
        "condition": str(checkout.condition),
        "condition_note": checkout.condition_note,
        "card_handed": checkout.card_handed,
        "content": checkout.content,
        "arrived_at": checkout.arrived_at.isoformat() if checkout.arrived_at else None,
        "left_at": checkout.left_at.isoformat() if checkout.left_at else None,
    }
