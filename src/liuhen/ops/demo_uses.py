"""Who had which device on the days the demonstration's clips were made: the counter's own book."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from liuhen.ops.demo_plan import CARDS, TASKS, Card

BEFORE = timedelta(minutes=35)
"""So long before its first clip a device is fetched."""

EVENING = 17, 40
DRIFT = timedelta(seconds=2)
"""Between hand-out and return, as a cheap clock runs."""


@dataclass(frozen=True)
class Use:
    """One device on one day; `returned_at` None: it is still out."""

    card: Card
    handed_at: datetime
    returned_at: datetime | None


def make() -> None:
    """Before the cards are taken in, so that each recording finds whose it is."""
    from liuhen.devices.models import Device
    from liuhen.kernel.clock import now
    from liuhen.people.models import Officer

    keeper = Officer.objects.get(login="shebei")
    people = {one.officer_cert_no: one for one in Officer.objects.all()}
    devices = {one.device_no: one for one in Device.objects.all()}
    for use in sorted(uses(now()), key=lambda one: one.handed_at):
        assert use.card.cert_no is not None
        hand_over(use, devices[use.card.device_no], people[use.card.cert_no], keeper)
    report_a_fault(devices["ZF-0012"], keeper, at=now())


def uses(now: datetime, cards: Sequence[Card] = CARDS) -> Iterator[Use]:
    """One for each device and day on which it made a clip."""
    from liuhen.ops.demo_cards import start_of

    for card in cards:
        starts = sorted(start_of(clip, now) for clip in card.clips)
        for _day, of_day in groupby(starts, lambda start: start.date()):
            if card.cert_no is None:
                continue
            of_the_day = list(of_day)
            evening = of_the_day[-1].replace(hour=EVENING[0], minute=EVENING[1])
            back = max(evening, of_the_day[-1] + BEFORE)
            yield Use(card, of_the_day[0] - BEFORE, back if back < now else None)


def hand_over(use: Use, device: Any, officer: Any, keeper: Any) -> None:
    from liuhen.devices import signing

    made = hand_out(device, officer, keeper, at=use.handed_at, ahead=use.card.ahead)
    signing.sign(made, by=officer, at=use.handed_at + timedelta(minutes=1))
    if use.returned_at is not None:
        take_back(made, keeper, at=use.returned_at, ahead=use.card.ahead + DRIFT)


def hand_out(
    device: Any, officer: Any, keeper: Any, *, at: datetime, ahead: timedelta = timedelta(0)
) -> Any:
    """Looked over and found well; `ahead`: how much its clock is fast."""
    from liuhen.devices import handing_out
    from liuhen.devices.checking import Found
    from liuhen.devices.handing_out import HandOut

    well = dict.fromkeys(("works", "battery", "storage", "clock"), True)
    asked = HandOut(
        officer,
        Found(ok=well, battery_percent=94, free_bytes=48 << 30),
        reading(at, ahead),
        task=TASKS[at.day % len(TASKS)],
        second_reason="同时拍摄证据照片",
    )
    return handing_out.hand_out(device, asked, by=keeper, at=at)


def take_back(
    made: Any,
    keeper: Any,
    *,
    at: datetime,
    ahead: timedelta = timedelta(0),
    card_handed: bool = True,
) -> None:
    from liuhen.devices import taking_back
    from liuhen.devices.taking_back import Return

    read = reading(at, ahead)
    given = Return(card_handed=card_handed, content="现场检查经过", reading=read)
    taking_back.take_back(made, given, by=keeper, at=at)


def reading(at: datetime, ahead: timedelta) -> Any:
    """As the keeper types it, watching the device."""
    from liuhen.devices import clocks
    from liuhen.kernel.clock import in_china

    return clocks.typed(f"{in_china(at + ahead):%Y-%m-%d %H:%M:%S}", at=at)


def report_a_fault(device: Any, keeper: Any, *, at: datetime) -> None:
    from liuhen.devices import repairs

    repairs.report(device, fault="夹扣松动，侧面录像键不灵敏。", by=keeper, at=at)
