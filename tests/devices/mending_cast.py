"""Devices in use, faults, losses and cases in one line each."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices import compensating, losing, repairs
from liuhen.devices.losing import Loss
from liuhen.devices.models import (
    Asset,
    Checkout,
    CompensationCase,
    Device,
    DeviceState,
    Fault,
    LossReport,
    RepairTicket,
)
from liuhen.devices.repairs import Mended
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer

NOON = factories.NOON
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def keeper() -> Officer:
    return factories.officer("kong")


def device(device_no: str = "ZF-001", *, price: str | None = None, **more: Any) -> Device:
    made = factories.device(device_no)
    if more:
        Device.objects.filter(pk=made.pk).update(**more)
        made.refresh_from_db()
    if price is not None:
        Asset.objects.update_or_create(device=made, defaults={"unit_price": Decimal(price)})
    return made


def used(by: str | Officer = "li", device_no: str = "ZF-001", *, price: str | None = None):
    """A device handed out to somebody two hours before noon; answers its check-out."""
    officer = factories.officer(by) if isinstance(by, str) else by
    made = device(device_no, price=price, state=DeviceState.OUT)
    return Checkout.objects.create(
        agency=made.agency,
        device=made,
        officer=officer,
        unit=officer.unit,
        handed_at=NOON - 2 * HOUR,
        handed_by=keeper(),
    )


def report(of: Device | None = None, *, by: Officer | None = None, **more: Any) -> RepairTicket:
    facts = {"fault": "开机后无图像", "by": by or keeper(), "at": NOON} | more
    return repairs.report(of or device(), **facts)


def taken_up(ticket: RepairTicket | None = None, **more: Any) -> RepairTicket:
    ticket = ticket or report()
    facts = {"diagnosis": "镜头排线松动", "repairer": "县电子维修部", "arrived_at": NOON} | more
    repairs.take_up(ticket, **{"by": factories.officer("cai"), "at": NOON + HOUR} | facts)
    return ticket


def finished(ticket: RepairTicket | None = None, cost: str = "120.00") -> RepairTicket:
    ticket = ticket or taken_up()
    mended = Mended("更换排线，图像正常", Decimal(cost), "镜头排线 1 条")
    repairs.finish(ticket, mended, by=factories.officer("cai"), at=NOON + 2 * HOUR)
    return ticket


def closed(ticket: RepairTicket | None = None, *, by: Officer | None = None) -> RepairTicket:
    ticket = ticket or finished()
    repairs.close(ticket, feedback="使用正常", by=by or keeper(), at=NOON + 3 * HOUR)
    return ticket


def lost(
    of: Device | None = None, *, by: Officer | None = None, at: datetime = NOON, **more: Any
) -> LossReport:
    loss = Loss(**{"missed_at": at - HOUR, "story": "执法途中丢失"} | more)
    return losing.report(of or device(), loss, by=by or keeper(), at=at)


def case(*, price: str | None = "1800.00", by: str = "li") -> CompensationCase:
    """Against Li, whose device came back broken."""
    checkout = used(by, price=price)
    facts = {"officer": checkout.officer, "story": "摔落致镜头破裂", "checkout": checkout}
    return compensating.open_case(checkout.device, **facts, by=keeper(), at=NOON)


def decide(of: CompensationCase, amount: str = "600.00", **more: Any) -> None:
    facts = {
        "fault": Fault.NORMAL,
        "amount": Decimal(amount),
        "reason": "保管不当",
        "by": factories.officer("zhao"),
        "at": NOON + DAY,
    } | more
    compensating.decide(of, **facts)


def refused(action: Any, *args: Any, **more: Any) -> str:
    """The code of the refusal; and nothing was written."""
    before = CustodyEvent.objects.count()
    with pytest.raises(Refusal) as no:
        action(*args, **more)
    assert CustodyEvent.objects.count() == before
    return no.value.code


def told(kind: Kind) -> list[dict[str, Any]]:
    """What the log says of these events."""
    events = CustodyEvent.objects.filter(kind=kind).order_by("index")
    return [json.loads(bytes(event.entry))["facts"] for event in events]


def state_of(device_no: str = "ZF-001") -> str:
    return Device.objects.get(device_no=device_no).state


def events_of(device_no: str = "ZF-001") -> list[str]:
    rows = CustodyEvent.objects.filter(subject=f"device:{device_no}").order_by("index")
    return list(rows.values_list("kind", flat=True))
