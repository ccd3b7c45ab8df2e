"""Devices, quotas, requests and budgets that the tests of supply begin with."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices import budget, requests
from liuhen.devices.budget import LineFacts, Spent
from liuhen.devices.models import (
    BudgetCategory,
    BudgetLine,
    Device,
    DeviceKind,
    DeviceRequest,
    DeviceState,
    RepairTicket,
)

CAMERAS = LineFacts(BudgetCategory.PROCUREMENT, "执法记录仪", "DSJ-1", 4, Decimal("12000.00"))
CARDS = LineFacts(BudgetCategory.CONSUMABLES, "存储卡", "128G", 20, Decimal("1600.50"))


def device(no: str, **more: Any) -> Device:
    """Lies ready and no unit has it, unless said otherwise."""
    facts = {"agency": factories.agency(), "kind": DeviceKind.BODY_CAMERA, "unit": None}
    facts |= {"state": DeviceState.READY, "registered_at": NOON}
    return Device.objects.create(device_no=no, **facts | more)


def asked(quantity: int = 2, by: str = "wang") -> DeviceRequest:
    """Wang asks for body cameras for the unit."""
    officer = factories.officer(by)
    facts = {"kind": DeviceKind.BODY_CAMERA, "quantity": quantity, "reason": "新增2人"}
    return requests.ask(factories.unit(), **facts, by=officer, at=NOON)


def granted(quantity: int = 2) -> DeviceRequest:
    made = asked(quantity)
    requests.grant(made, answer="同意", by=factories.officer("kong"), at=NOON)
    return made


def line(year: int = 2026, facts: LineFacts = CAMERAS) -> BudgetLine:
    return budget.add_line(factories.agency(), year, facts, by=factories.officer("cai"), at=NOON)


def submitted(year: int = 2026) -> BudgetLine:
    """The plan's one line; the plan is submitted."""
    made = line(year)
    budget.submit(made.budget, by=factories.officer("cai"), at=NOON)
    return made


def spent(amount: str = "3000", **more: Any) -> Spent:
    facts = {"category": BudgetCategory.PROCUREMENT, "spent_date": date(2026, 1, 4)}
    return Spent(**facts | {"amount": Decimal(amount)} | more)


def ticket(cost: str | None = "260.00") -> RepairTicket:
    """A repair that was finished at noon."""
    facts = {"agency": factories.agency(), "device": factories.device(), "fault": "不开机"}
    facts |= {"reported_at": NOON, "reported_by": factories.officer("li")}
    facts |= {"cost": cost and Decimal(cost), "finished_at": NOON}
    return RepairTicket.objects.create(**facts)


def told(kind: Kind) -> list[dict[str, Any]]:
    """What the log says in these events."""
    events = CustodyEvent.objects.filter(kind=kind).order_by("index")
    return [json.loads(bytes(event.entry))["facts"] for event in events]
