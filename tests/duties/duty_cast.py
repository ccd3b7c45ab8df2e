"""Regulations in a few lines, and what happens at the bureau that follows them."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.duties import recurring
from liuhen.duties.models import Duty
from liuhen.engines.policy.values import (
    ArchiveFields,
    Breaches,
    Cadence,
    EquipmentStandard,
    Handover,
)
from liuhen.kernel.clock import CHINA
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording

NOON = factories.NOON
MONDAY = date(2026, 1, 5)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ARCHIVE = ArchiveFields(article=9, fields=["officer", "recorded_date"])
TWO_DEVICES = EquipmentStandard(article=3, at_least_per_unit=2)
BREACHES = Breaches(
    article=18,
    items=[
        {"number": 2, "text": "不按时移交", "duties": ["handover", "identify"]},
        {"number": 5, "text": "不检查", "duties": ["daily_check", "review"]},
    ],
)


def handover(hours: int = 24, clock: str = "recording_end", **more: Any) -> Handover:
    facts = {"article": 9, "clock": clock, "limit": "hours", "hours": hours}
    return Handover(**facts, receiver="custodian", **more)


def cadence(post: str, rhythm: str | None, **more: Any) -> Cadence:
    return Cadence(**{"article": 20, "posts": [post], "rhythm": rhythm, "what": "检查设备"} | more)


def at(day: date, hour: int = 12) -> datetime:
    """An hour of the officers' clocks, 24 being the midnight after it."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA) + timedelta(hours=hour)


@transaction.atomic
def examined(number: str = "2026-000001", *, after: timedelta = HOUR, **more: Any) -> Recording:
    """A minute of film, sealed `after` it had ended, and examined."""
    ended = NOON - after
    facts = {"recorded_at": ended - MINUTE, "sealed_at": NOON} | more
    made = factories.recording(number, **facts)
    log.record(
        Kind.RECORDING_EXAMINED, subject=f"recording:{number}", by=log.SYSTEM, at=NOON + MINUTE
    )
    return made


def daily_check(rules: Any, login: str = "wang") -> Duty:
    """Today's check by the head of the unit, whoever that is made."""
    factories.officer(login)
    rules(daily_check=cadence("unit_head", "working_day"), breaches=BREACHES)
    recurring.make(at=NOON)
    return Duty.objects.get(kind="daily_check")


def yearly_review(rules: Any, post: str = "legal_office") -> Duty:
    rules(review=cadence(post, "year"), breaches=BREACHES)
    recurring.make(at=NOON)
    return Duty.objects.get(kind="review")


def told(kind: Kind) -> list[dict[str, Any]]:
    """What the log says of these events."""
    events = CustodyEvent.objects.filter(kind=kind).order_by("index")
    return [json.loads(bytes(event.entry))["facts"] for event in events]


def rows() -> list[dict[str, Any]]:
    """Every duty as it is stored."""
    return list(Duty.objects.order_by("pk").values())


def somebody(login: str, *roles: Any, **more: Any) -> Officer:
    return factories.officer(login, *roles, **more)
