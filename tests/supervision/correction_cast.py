"""Corrections as their people order, report on, accept and return them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

import factories
from factories import NOON
from liuhen.custody.models import CustodyEvent
from liuhen.duties import deriving
from liuhen.duties.models import Duty, DutyKind
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.supervision.corrections import ordering
from liuhen.supervision.corrections.ordering import Order
from liuhen.supervision.models import Correction

LAST_DAY = date(2026, 1, 12)
LATER = NOON + timedelta(days=2)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def who(login: str) -> Officer:
    return factories.officer(login)


def order_of(**more: Any) -> Order:
    facts = {
        "source": "inspection",
        "unit": factories.unit(),
        "officer": who("li"),
        "problem": "现场检查没有全程记录，中途关机",
        "demand": "学习制度，写出说明",
        "article": 26,
        "until": LAST_DAY,
    } | more
    return Order(**facts)


def ordered(by: str = "du", at: datetime = NOON, **more: Any) -> Correction:
    return ordering.order(order_of(**more), by=who(by), at=at)


def submitted(one: Correction, by: str = "li", at: datetime = LATER) -> Correction:
    ordering.submit(one, report="已学习并写出说明", by=who(by), at=at)
    return one


def duty_of(one: Correction, at: datetime = LATER) -> Duty:
    """As the log has it by now."""
    deriving.catch_up(at=at)
    return Duty.objects.get(kind=DutyKind.CORRECTION, key=f"correction:{one.number}")


def refused(action: Any, *args: Any, **more: Any) -> str:
    """The refusal's code; and nothing was written."""
    before = CustodyEvent.objects.count()
    with pytest.raises(Refusal) as no:
        action(*args, **more)
    assert CustodyEvent.objects.count() == before
    return no.value.code


def kinds_of(subject: str) -> list[str]:
    rows = CustodyEvent.objects.filter(subject=subject).order_by("index")
    return list(rows.values_list("kind", flat=True))
