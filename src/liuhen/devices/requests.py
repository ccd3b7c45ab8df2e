"""配备申请: a unit asks for devices, somebody else answers, and concrete ones are allocated."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.devices import register, request_queries, supply_errors
from liuhen.devices.models import Device, DeviceKind, DeviceRequest, RequestState
from liuhen.kernel.refusal import Refusal
from liuhen.people import permissions
from liuhen.people.models import Officer, Unit
from liuhen.people.permissions import Permission

MOST_DEVICES = 99
MOST_WORDS = 300
WAITING = (RequestState.OPEN, RequestState.GRANTED)
"""Still to come: who asked may take it back."""


@transaction.atomic
def ask(
    unit: Unit, *, kind: DeviceKind, quantity: int, reason: str, by: Officer, at: datetime
) -> DeviceRequest:
    """Refuses: NotPermitted, NotYourUnit, QuantityWrong, RequestReasonMissing."""
    permissions.check(by, Permission.REQUEST_DEVICES)
    if not request_queries.units_for(by).filter(pk=unit.pk).exists():
        raise supply_errors.NotYourUnit()
    if not 1 <= quantity <= MOST_DEVICES:
        raise supply_errors.QuantityWrong(most=MOST_DEVICES)
    if not reason.strip():
        raise supply_errors.RequestReasonMissing()
    log.wait_for_turn()
    made = DeviceRequest.objects.create(
        agency_id=by.agency_id,
        unit=unit,
        kind=DeviceKind(kind),
        quantity=quantity,
        reason=reason.strip()[:MOST_WORDS],
        asked_at=at,
        asked_by=by,
    )
    told = {"unit": unit.name, "device_kind": str(made.kind), "quantity": quantity}
    told["reason"] = made.reason
    log.record(Kind.DEVICES_REQUESTED, subject=subject_of(made), by=by, at=at, **told)
    return made


@transaction.atomic
def grant(request: DeviceRequest, *, answer: str = "", by: Officer, at: datetime) -> None:
    """Refuses: NotPermitted, NotOurs, OwnRequest, RequestClosed."""
    check_decides(request, by)
    decide(request, RequestState.GRANTED, Kind.DEVICES_GRANTED, answer, by=by, at=at)


@transaction.atomic
def refuse(request: DeviceRequest, *, answer: str, by: Officer, at: datetime) -> None:
    """Refuses: NotPermitted, NotOurs, OwnRequest, AnswerMissing, RequestClosed."""
    check_decides(request, by)
    if not answer.strip():
        raise supply_errors.AnswerMissing()
    decide(request, RequestState.REFUSED, Kind.DEVICES_REFUSED, answer, by=by, at=at)


def decide(
    request: DeviceRequest, to: RequestState, kind: Kind, answer: str, *, by: Officer, at: datetime
) -> None:
    log.wait_for_turn()
    answer = answer.strip()[:MOST_WORDS]
    move(request, [RequestState.OPEN], state=to, decided_by=by, decided_at=at, answer=answer)
    log.record(kind, subject=subject_of(request), by=by, at=at, answer=answer)


@transaction.atomic
def withdraw(request: DeviceRequest, *, by: Officer, at: datetime) -> None:
    """Also of one that was granted: what has not come is no longer wanted. What came stays.

    Refuses: NotOurs, NotYourRequest, RequestClosed.
    """
    check_agency(request, by)
    if request.asked_by_id != by.pk:
        raise supply_errors.NotYourRequest()
    log.wait_for_turn()
    move(request, WAITING, state=RequestState.WITHDRAWN)
    log.record(Kind.REQUEST_WITHDRAWN, subject=subject_of(request), by=by, at=at)


@transaction.atomic
def allocate(
    request: DeviceRequest, devices: Sequence[Device], *, by: Officer, at: datetime
) -> None:
    """These devices are the unit's from now on; the last one asked for fulfils the request.

    Refuses: NotPermitted, NotOurs, OwnRequest, NoDevicesChosen, RequestClosed,
    TooManyDevices, DeviceNotFree (any of them; then none is allocated).
    """
    check_decides(request, by)
    wanted = {device.pk for device in devices}
    if not wanted:
        raise supply_errors.NoDevicesChosen()
    log.wait_for_turn()
    request.refresh_from_db()
    left = request.quantity - request.devices.count()
    if request.state != RequestState.GRANTED:
        raise supply_errors.RequestClosed()
    if len(wanted) > left:
        raise supply_errors.TooManyDevices(chosen=len(wanted), left=left)
    free = request_queries.free_for(request).filter(pk__in=wanted)
    told = list(free.select_related("unit").order_by("device_no"))
    # Compare-and-set: what was handed out or given elsewhere meanwhile is not free any more.
    moved = free.order_by().update(unit=request.unit)
    if moved != len(wanted) or len(told) != len(wanted):
        raise supply_errors.DeviceNotFree(wrong=len(wanted) - moved)
    request.devices.add(*told)
    if len(told) == left:
        move(request, [RequestState.GRANTED], state=RequestState.FULFILLED)
    log.record_all(acts_of(request, told, by=by, at=at))


def acts_of(
    request: DeviceRequest, devices: Sequence[Device], *, by: Officer, at: datetime
) -> list[Act]:
    """One of the request, then one of each device, whose own history it is too."""
    numbers = [device.device_no for device in devices]
    whole = {"devices": numbers, "unit": request.unit.name, "state": str(request.state)}
    kind = Kind.DEVICES_ALLOCATED
    return [
        Act(kind, subject_of(request), by, at, whole),
        *(
            Act(
                kind,
                register.subject_of(device),
                by,
                at,
                {
                    "request": request.pk,
                    "before": device.unit.name if device.unit else None,
                    "after": request.unit.name,
                },
            )
            for device in devices
        ),
    ]


def check_decides(request: DeviceRequest, by: Officer) -> None:
    permissions.check(by, Permission.ALLOCATE_DEVICES)
    check_agency(request, by)
    if request.asked_by_id == by.pk:
        raise supply_errors.OwnRequest()


def may_decide(request: DeviceRequest, by: Officer) -> bool:
    """Whether to offer granting, refusing, allocating; what state allows it is another question."""
    try:
        check_decides(request, by)
    except Refusal:
        return False
    return True


def may_withdraw(request: DeviceRequest, by: Officer) -> bool:
    return request.asked_by_id == by.pk and request.state in WAITING


def check_agency(request: DeviceRequest, by: Officer) -> None:
    if request.agency_id != by.agency_id:
        raise supply_errors.NotOurs()


def move(request: DeviceRequest, states: Sequence[str], **to: Any) -> None:
    """Compare-and-set: of two at once one is told that it has changed already."""
    if not DeviceRequest.objects.filter(pk=request.pk, state__in=states).update(**to):
        raise supply_errors.RequestClosed()
    for name, value in to.items():
        setattr(request, name, value)


def subject_of(request: DeviceRequest) -> str:
    return f"device_request:{request.pk}"
