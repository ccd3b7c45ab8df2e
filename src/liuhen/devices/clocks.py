"""The device's clock against the server's: what it showed, when, and how sure that is.

A reading is taken at one instant and kept for good. What it means for a recording's time is
reckoned elsewhere, from the raw readings.
"""

import re
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.devices import errors
from liuhen.devices.models import Checkout, ClockReading, Device, Method, Moment
from liuhen.devices.register import subject_of
from liuhen.engines.media.clock_shots import ClockShown
from liuhen.kernel.clock import CHINA, in_china
from liuhen.people.models import Officer
from liuhen.people.spelling import half_width, seen

HAND = Decimal(2)
"""Seconds between a person's seeing a time and pressing the key, either way."""

FULL = re.compile(
    r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?[ T]*(\d{1,2}):?(\d{2})(?::?(\d{2}))?\Z", re.ASCII
)
TIME = re.compile(r"(\d{1,2}):?(\d{2})(?::?(\d{2}))?\Z", re.ASCII)
MILLISECOND = timedelta(milliseconds=1)
HALF_A_DAY = timedelta(hours=12)


@dataclass(frozen=True)
class Reading:
    """What the device showed (`device_time`, taken for China's) at the server's `read_at`.

    The true offset lies within `uncertainty` seconds of device minus server.
    """

    method: Method
    read_at: datetime
    device_time: datetime
    uncertainty: Decimal
    evidence: dict[str, Any] = field(default_factory=dict)

    @property
    def offset(self) -> Decimal:
        """Seconds, exact to the millisecond; positive: the device is ahead."""
        apart = self.device_time - self.read_at
        micro = apart.days * 86_400_000_000 + apart.seconds * 1_000_000 + apart.microseconds
        return (Decimal(micro) / 1_000_000).quantize(Decimal("0.001"))

    @property
    def off_at_most(self) -> Decimal:
        return abs(self.offset) + self.uncertainty


def typed(text: str, *, at: datetime) -> Reading:
    """What a person reads off the device at `at`; without a day, the day nearest to now.

    A display without seconds is known to half a minute: its middle is taken.

    Refuses: TimeUnreadable.
    """
    # Chinese input methods type full-width digits and colons.
    shown = shown_time(half_width(text), at=at)
    if shown is None:
        raise errors.TimeUnreadable(typed=text[:40])
    moment, has_seconds = shown
    known = Decimal("0.5") if has_seconds else Decimal(30)
    middle = moment + timedelta(seconds=float(known))
    return Reading(Method.TYPED, at, middle, known + HAND, {"shown": seen(text)[:40]})


def from_shot(shown: ClockShown) -> Reading | None:
    """What a photo or clip of the clock page says; None where it says nothing (`shown.why`)."""
    if shown.device_time is None or shown.server_time is None or shown.uncertainty is None:
        return None
    method = Method.UPLOAD if shown.code_time is None else Method.CODE
    uncertainty = Decimal(shown.uncertainty // MILLISECOND) / 1000
    return Reading(method, shown.server_time, shown.device_time, uncertainty, shown.evidence())


def shown_time(text: str, *, at: datetime) -> tuple[datetime, bool] | None:
    """(instant, whether it has seconds); None where it is no time."""
    local = in_china(at)
    try:
        if found := TIME.match(text):
            hour, minute, second = found.groups()
            moment = local.replace(
                hour=int(hour), minute=int(minute), second=int(second or 0), microsecond=0
            )
            return nearest(moment, local), second is not None
        if found := FULL.match(text):
            *parts, second = found.groups()
            year, month, day, hour, minute = map(int, parts)
            if not MINYEAR < year < MAXYEAR:  # a zone leads out of the calendar there
                return None
            moment = datetime(year, month, day, hour, minute, int(second or 0), tzinfo=CHINA)
            return moment, second is not None
    except ValueError:
        return None
    return None


def nearest(moment: datetime, now: datetime) -> datetime:
    """The same time of day on the day that makes it lie closest to now."""
    if moment - now > HALF_A_DAY:
        return moment - timedelta(days=1)
    if now - moment > HALF_A_DAY:
        return moment + timedelta(days=1)
    return moment


@transaction.atomic
def read(
    device: Device,
    reading: Reading,
    *,
    by: Officer,
    at: datetime,
    is_reset: bool = False,
) -> ClockReading:
    """A reading by itself, e.g. when the keeper sets the clock right (`is_reset`).

    Refuses: NoSuchDevice.
    """
    log.wait_for_turn()
    if device.agency_id != by.agency_id:
        raise errors.NoSuchDevice(device_no=device.device_no)
    row = keep(device, reading, moment=Moment.SYNC, by=by, is_reset=is_reset)
    log.record_all([act_of(row, by=by, at=at)])
    return row


def keep(
    device: Device,
    reading: Reading,
    *,
    moment: Moment,
    by: Officer,
    checkout: Checkout | None = None,
    is_reset: bool = False,
) -> ClockReading:
    """The row alone, in the caller's transaction, which also writes its event."""
    return ClockReading.objects.create(
        device=device,
        checkout=checkout,
        moment=moment,
        method=reading.method,
        read_at=reading.read_at,
        device_time=reading.device_time,
        offset_seconds=reading.offset,
        uncertainty_seconds=reading.uncertainty,
        is_reset=is_reset,
        evidence=reading.evidence,
        read_by=by,
    )


def act_of(row: ClockReading, *, by: Officer, at: datetime) -> Act:
    facts = {
        "moment": str(row.moment),
        "method": str(row.method),
        "read_at": row.read_at.isoformat(),
        "device_time": row.device_time.isoformat(),
        "offset_seconds": str(row.offset_seconds),
        "uncertainty_seconds": str(row.uncertainty_seconds),
        "is_reset": row.is_reset,
        "evidence": row.evidence,
        "checkout": row.checkout_id,
    }
    return Act(Kind.DEVICE_CLOCK_READ, subject_of(row.device), by, at, facts)
