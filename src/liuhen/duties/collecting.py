"""Devices come back at the end of the working day (neiqiu-health 16): the ledger says whether.

Where devices are handed out here, nobody's word stands in for the ledger: the duty is done when
all that went out before its day was over are back, at the moment the last one was.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from liuhen.custody import log
from liuhen.devices import ledger
from liuhen.devices.models import Checkout
from liuhen.duties import discharging, errors
from liuhen.duties.books import Books
from liuhen.duties.models import Duty, DutyKind, DutyState


def concerned(duty: Duty) -> QuerySet[Checkout]:
    """The uses that began before the duty's day was over."""
    assert duty.due_at is not None  # every recurring duty has a time
    rows = ledger.of_agency(duty.agency).filter(handed_at__lt=duty.due_at)
    return rows.filter(unit_id=duty.unit_id) if duty.unit_id else rows


def still_out(duty: Duty) -> QuerySet[Checkout]:
    return ledger.still_out(concerned(duty))


def check_collected(duty: Duty) -> None:
    """Refuses: DevicesOut."""
    if duty.kind != DutyKind.COLLECTION:
        return
    out = list(still_out(duty).values_list("device__device_no", flat=True)[:6])
    if out:
        raise errors.DevicesOut(duty.article, devices="、".join(out[:5]) + ("等" * (len(out) > 5)))


def settle(*, at: datetime) -> int:
    """Close what the ledger shows done, once the day is over; answers how many."""
    ended = Duty.objects.filter(kind=DutyKind.COLLECTION, state=DutyState.OPEN, due_at__lte=at)
    if not ended.exists():
        return 0
    with transaction.atomic():
        log.wait_for_turn()
        rows = ended.select_related("agency", "unit", "owner", "recording").order_by("pk")
        books = Books()
        return sum(settle_one(duty, books, at=at) for duty in rows)


def settle_one(duty: Duty, books: Books, *, at: datetime) -> bool:
    """A bureau that hands nothing out here is not judged by an empty ledger."""
    rows = concerned(duty)
    if not rows.exists() or rows.filter(returned_at=None).exists():
        return False
    last = rows.filter(returned_at__gte=duty.started_at).order_by("-returned_at", "-pk").first()
    # None came back since: nothing was out when the day began, and nothing went out.
    closed_at = last.returned_at if last and last.returned_at else duty.started_at
    received_by = last.received_by if last else None
    return discharging.discharge(duty, closed_at, received_by, books=books, at=at)
