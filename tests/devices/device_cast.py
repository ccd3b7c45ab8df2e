"""Devices handed out and taken back at the counter, in a line each."""

from datetime import datetime, timedelta
from typing import Any

import factories
from factories import NOON
from liuhen.devices import clocks, handing_out, taking_back
from liuhen.devices.checking import Found
from liuhen.devices.handing_out import HandOut
from liuhen.devices.models import Checkout, Device
from liuhen.devices.taking_back import Return
from liuhen.people.models import Officer
from liuhen.regulations.models import Adoption

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ALL_WELL = dict.fromkeys(("works", "battery", "storage", "clock"), True)
FULL = Found(ok=ALL_WELL, battery_percent=90, free_bytes=32 << 30)


def follow(pack_id: str) -> None:
    """The bureau follows this regulation, and has since 2025."""
    factories.agency()
    Adoption.objects.update(pack_id=pack_id)


def at(clock: str, day: str = "2026-01-05") -> datetime:
    """A moment by the officers' clocks."""
    return datetime.fromisoformat(f"{day}T{clock}+08:00")


def hand_out(
    device: Device | None = None,
    to: Officer | str = "li",
    *,
    when: datetime = NOON,
    found: Found = FULL,
    shows: str = "",
    by: Officer | None = None,
    **more: Any,
) -> Checkout:
    """`shows` is what the device's clock showed at that moment."""
    officer = factories.officer(to) if isinstance(to, str) else to
    reading = clocks.typed(shows, at=when) if shows else None
    asked = HandOut(officer=officer, found=found, reading=reading, **more)
    keeper = by or factories.officer("kong")
    return handing_out.hand_out(device or factories.device(), asked, by=keeper, at=when)


def take_back(
    checkout: Checkout, *, when: datetime = NOON + 4 * HOUR, shows: str = "", **given: Any
) -> Checkout:
    reading = clocks.typed(shows, at=when) if shows else None
    keeper = factories.officer("kong")
    return taking_back.take_back(checkout, Return(reading=reading, **given), by=keeper, at=when)
