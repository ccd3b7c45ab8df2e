"""A lead, and what becomes of it, each in one line. Du inquires, Zhao decides, Li is concerned."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.supervision.breaches import deciding, following, following_up, inquiring, sifting
from liuhen.supervision.breaches.deciding import Proposal
from liuhen.supervision.breaches.sifting import Charge
from liuhen.supervision.breaches.suspecting import Told, enter
from liuhen.supervision.models import Breach, BreachSource

NOON = factories.NOON
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = date(2026, 1, 5)


def who(login: str) -> Officer:
    return factories.officer(login)


def lead(text: str = "把执法记录仪借给他人使用。", **more: Any) -> Breach:
    """Somebody reports Li; Du enters it."""
    facts = {"source": BreachSource.REPORT, "happened_at": NOON - HOUR, "officer": who("li")}
    return enter(Told(text=text, **facts | more), by=who("du"), at=NOON)


def inquiry(of: Breach | None = None, officer: str = "li", item_no: int | None = 2) -> Breach:
    breach = of or lead()
    charge = Charge(who(officer), item_no, "线索具体，需要核实。")
    sifting.confirm(breach, charge, by=who("du"), at=NOON)
    return breach


def heard(of: Breach | None = None) -> Breach:
    breach = of or inquiry()
    said = "请说明借出设备的经过。"
    inquiring.tell(breach, until=MONDAY + 3 * DAY, words=said, by=who("du"), at=NOON)
    inquiring.state(breach, words="当时同事设备没电。", by=who("li"), at=NOON)
    return breach


def proposed(*codes: str, of: Breach | None = None, **more: Any) -> Breach:
    breach = of or heard()
    said = Proposal("2026年1月5日把设备借给他人使用。", codes or ("self_criticism",), **more)
    deciding.propose(breach, said, by=who("du"), at=NOON)
    return breach


def decided(*codes: str, of: Breach | None = None, at: datetime = NOON, **more: Any) -> Breach:
    breach = proposed(*codes, of=of, **more)
    deciding.decide(breach, opinion="同意。", by=who("zhao"), at=at)
    return breach


def appealed(*codes: str) -> Breach:
    breach = decided(*codes)
    following_up.appeal(breach, words="事出有因，请求复核。", by=who("li"), at=NOON)
    return breach


@transaction.atomic
def happens(kind: Kind, subject: str, *, by: Any = log.SYSTEM, at: datetime = NOON, **facts: Any):
    log.record(kind, subject=subject, by=by, at=at, **facts)


def follow(at: datetime = NOON) -> list[Breach]:
    """The leads there are once the log is read on."""
    following.catch_up(at=at)
    return list(Breach.objects.order_by("pk"))


def events(breach: Breach) -> list[str]:
    rows = CustodyEvent.objects.filter(subject=f"breach:{breach.number}").order_by("index")
    return [kind.removeprefix("breach.") for kind in rows.values_list("kind", flat=True)]


def count() -> tuple[int, int]:
    """Leads and events."""
    return Breach.objects.count(), CustodyEvent.objects.count()


def state_of(breach: Breach) -> str:
    return Breach.objects.get(pk=breach.pk).state


def refused(action: Any, *args: Any, **more: Any) -> str:
    """The refusal's code."""
    with pytest.raises(Refusal) as no:
        action(*args, **more)
    return no.value.code
