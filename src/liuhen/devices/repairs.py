"""Repair (报修): reported, taken up, mended or given up, and the word that it works again."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.devices import budget, states
from liuhen.devices import repair_errors as errors
from liuhen.devices.mending_queries import is_in_reach
from liuhen.devices.mending_states import OPEN_TICKETS, TICKET, Step, allows
from liuhen.devices.models import GONE, Checkout, Device, RepairTicket, TicketState
from liuhen.devices.money import is_money
from liuhen.devices.queries import open_checkout
from liuhen.devices.register import subject_of
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of

MOST_WORDS = 500
KEEPING = frozenset({Permission.MANAGE_DEVICES, Permission.HANDLE_REPAIRS})


@dataclass(frozen=True)
class Mended:
    """What was done about it. `cost` in yuan, 0 where nothing was asked."""

    outcome: str
    cost: Decimal
    parts: str = ""


def check_reports(device: Device, by: Officer) -> None:
    """Whoever keeps devices or sees to repairs reports any; the others what they have in use."""
    if device.agency_id == by.agency_id and KEEPING & permissions_of(by):
        return
    checkout = open_checkout(device)
    if checkout is None or checkout.officer_id != by.pk or not by.is_active:
        raise errors.NotYoursToReport()


@transaction.atomic
def report(
    device: Device, *, fault: str, by: Officer, at: datetime, checkout: Checkout | None = None
) -> RepairTicket:
    """A device in stock goes to repair; one in use does when it is returned (`coming_back`).

    `checkout`: the use in which it came about; without it the use that lasts, if one does.
    Refuses: NotYoursToReport, FaultMissing, DeviceGone, AlreadyReported.
    """
    log.wait_for_turn()
    device = Device.objects.get(pk=device.pk)
    check_reports(device, by)
    if not fault.strip():
        raise errors.FaultMissing()
    if device.state in GONE:
        raise errors.DeviceGone(device_no=device.device_no, state=device.get_state_display())
    ticket = opened(device, fault, checkout or open_checkout(device), by=by, at=at)
    states.move(device, states.Step.SEND_TO_REPAIR)
    facts = {"fault": ticket.fault, "checkout": ticket.checkout_id}
    log.record_all([act_of(Kind.REPAIR_REPORTED, ticket, by=by, at=at, **facts)])
    return ticket


def opened(
    device: Device, fault: str, checkout: Checkout | None, *, by: Officer, at: datetime
) -> RepairTicket:
    """The row alone; the database allows one open ticket a device. Refuses: AlreadyReported."""
    try:
        with transaction.atomic():
            return RepairTicket.objects.create(
                agency_id=device.agency_id,
                device=device,
                checkout=checkout,
                fault=cut(fault),
                reported_at=at,
                reported_by=by,
            )
    except IntegrityError:
        raise errors.AlreadyReported(device_no=device.device_no) from None


@transaction.atomic
def take_up(
    ticket: RepairTicket,
    *,
    diagnosis: str,
    repairer: str,
    arrived_at: datetime | None,
    by: Officer,
    at: datetime,
) -> None:
    """What is wrong with it, who mends it, since when they have it; None: not yet.

    Refuses: NotPermitted, NoSuchTicket, WordsMissing, InTheFuture, WrongStep.
    """
    check_handles(ticket, by)
    log.wait_for_turn()
    need(diagnosis, field=_("原因诊断"))
    need(repairer, field=_("维修单位或人员"))
    if arrived_at is not None and arrived_at > at:
        raise errors.InTheFuture(field=_("到达时间"))
    said = {"diagnosis": cut(diagnosis), "repairer": cut(repairer, 100)}
    move(ticket, Step.TAKE_UP, **said, arrived_at=arrived_at, taken_up_by=by)
    arrived = arrived_at.isoformat() if arrived_at else None
    act = act_of(Kind.REPAIR_TAKEN_UP, ticket, by=by, at=at, **said, arrived_at=arrived)
    log.record_all([act])


@transaction.atomic
def finish(ticket: RepairTicket, mended: Mended, *, by: Officer, at: datetime) -> None:
    """Mended; it waits for the word of those who use it (`close`).

    Refuses: NotPermitted, NoSuchTicket, WordsMissing, CostWrong, WrongStep.
    """
    check_handles(ticket, by)
    log.wait_for_turn()
    need(mended.outcome, field=_("完成情况"))
    if not is_money(mended.cost):
        raise errors.CostWrong()
    said = {"outcome": cut(mended.outcome), "parts": cut(mended.parts, 200)}
    move(ticket, Step.FINISH, **said, cost=mended.cost, finished_at=at, finished_by=by)
    facts = said | {"cost": f"{mended.cost:.2f}"}
    log.record_all([act_of(Kind.REPAIR_FINISHED, ticket, by=by, at=at, **facts)])
    budget.enter_repair(ticket, by=by, at=at)


@transaction.atomic
def give_up(ticket: RepairTicket, *, reason: str, by: Officer, at: datetime) -> None:
    """It cannot be mended, or is not worth it. The device stays in repair: whether it is scrapped
    is for its keeper, who pays for another one for the bureau's leaders.

    Refuses: NotPermitted, NoSuchTicket, WordsMissing, WrongStep.
    """
    check_handles(ticket, by)
    log.wait_for_turn()
    need(reason, field=_("无法修复的原因"))
    log.record_all([given_up(ticket, reason, by=by, at=at)])


def given_up(ticket: RepairTicket, reason: str, *, by: Officer, at: datetime) -> Act:
    """The change without its event, which the caller writes."""
    words = cut(reason)
    move(ticket, Step.GIVE_UP, outcome=words, finished_at=at, finished_by=by)
    return act_of(Kind.REPAIR_GIVEN_UP, ticket, by=by, at=at, reason=words)


@transaction.atomic
def close(ticket: RepairTicket, *, feedback: str, by: Officer, at: datetime) -> None:
    """It works again, by the word of those who keep or use it: back in stock.

    Refuses: NoSuchTicket, NotYoursToClose, WordsMissing, WrongStep.
    """
    check_closes(ticket, by)
    log.wait_for_turn()
    need(feedback, field=_("反馈"))
    move(ticket, Step.CLOSE, feedback=cut(feedback), closed_at=at, closed_by=by)
    # One that was mended in its user's hands is still in use.
    states.move(ticket.device, states.Step.MEND)
    log.record_all([act_of(Kind.REPAIR_CLOSED, ticket, by=by, at=at, feedback=ticket.feedback)])


def abandoned(device: Device, *, reason: str, by: Officer, at: datetime) -> list[Act]:
    """End the open ticket of a device that is lost, in the caller's transaction.

    The caller writes the events. A repair that is done already stays done.
    """
    ticket = RepairTicket.objects.filter(device=device, state__in=OPEN_TICKETS).first()
    if ticket is None:
        return []
    if allows(Step.GIVE_UP, ticket.state):
        return [given_up(ticket, reason, by=by, at=at)]
    move(ticket, Step.CLOSE, feedback=cut(reason), closed_at=at, closed_by=by)
    return [act_of(Kind.REPAIR_CLOSED, ticket, by=by, at=at, feedback=ticket.feedback)]


def check_handles(ticket: RepairTicket, by: Officer) -> None:
    """Refuses: NotPermitted, NoSuchTicket."""
    permissions.check(by, Permission.HANDLE_REPAIRS)
    if ticket.agency_id != by.agency_id:
        raise errors.NoSuchTicket()


def may_handle(ticket: RepairTicket, by: Officer, step: Step) -> bool:
    granted = Permission.HANDLE_REPAIRS in permissions_of(by)
    return granted and ticket.agency_id == by.agency_id and allows(step, ticket.state)


def check_closes(ticket: RepairTicket, by: Officer) -> None:
    """The keeper, who reported it, or its unit's head; seeing to repairs alone is not enough."""
    if ticket.agency_id != by.agency_id:
        raise errors.NoSuchTicket()
    granted = permissions_of(by)
    if Permission.MANAGE_DEVICES in granted or (by.is_active and ticket.reported_by_id == by.pk):
        return
    if Permission.SEE_UNIT_DEVICES in granted and is_in_reach(ticket.device, by):
        return
    raise errors.NotYoursToClose()


def may_close(ticket: RepairTicket, by: Officer) -> bool:
    try:
        check_closes(ticket, by)
    except (errors.NoSuchTicket, errors.NotYoursToClose):
        return False
    return allows(Step.CLOSE, ticket.state)


def move(ticket: RepairTicket, step: Step, **said: Any) -> None:
    """Compare-and-set by the table: of two at once one is told how it stands. Refuses: WrongStep"""
    sources, target = TICKET[step]
    rows = RepairTicket.objects.filter(pk=ticket.pk, state__in=sources)
    moved = rows.update(state=target, **said)
    ticket.refresh_from_db(fields=["state", *said])
    if not moved:
        raise errors.WrongStep(state=TicketState(ticket.state).label)


def need(words: str, *, field: Promise) -> None:
    if not words.strip():
        raise errors.WordsMissing(field=field)


def cut(words: str, most: int = MOST_WORDS) -> str:
    return words.strip()[:most]


def act_of(kind: Kind, ticket: RepairTicket, *, by: Officer, at: datetime, **facts: Any) -> Act:
    return Act(kind, subject_of(ticket.device), by, at, {"ticket": ticket.pk} | facts)
