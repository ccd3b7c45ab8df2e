"""A device that goes out at nine and comes back at five, its clock, and what it recorded."""

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import factories
from liuhen.devices.models import Checkout, ClockReading, Condition, Method, Moment
from liuhen.engines.media.facts import Examination, Header, TimeClaim
from liuhen.kernel.clock import CHINA
from liuhen.recordings import examination
from liuhen.recordings.models import Recording, RecordingState

NINE = datetime(2026, 1, 5, 9, tzinfo=CHINA)
NOON = datetime(2026, 1, 5, 12, tzinfo=CHINA)
SECOND, MINUTE, HOUR, DAY = (
    timedelta(seconds=1),
    timedelta(minutes=1),
    timedelta(hours=1),
    timedelta(days=1),
)
AHEAD = 8 * HOUR + 3 * MINUTE
LENGTH = 10 * MINUTE


def use(
    login: str = "li", handed_at: datetime = NINE, hours: float | None = 8, **more: Any
) -> Checkout:
    """One use; `hours` None: still out."""
    keeper = factories.officer("kong")
    back: dict[str, Any] = {}
    if hours is not None:
        returned_at = handed_at + timedelta(hours=hours)
        back = {"returned_at": returned_at, "received_by": keeper, "condition": Condition.GOOD}
    holder = factories.officer(login)
    facts = {"device": factories.device(), "officer": holder, "unit": holder.unit} | back
    facts = {"agency": factories.agency()} | facts | more
    return Checkout.objects.create(handed_at=handed_at, handed_by=keeper, **facts)


def read(
    at: datetime, offset: timedelta, uncertainty: str = "1", is_reset: bool = False
) -> ClockReading:
    """The device's clock is found to be `offset` ahead."""
    return ClockReading.objects.create(
        device=factories.device(),
        moment=Moment.SYNC,
        method=Method.TYPED,
        read_at=at,
        device_time=at + offset,
        offset_seconds=Decimal(offset // SECOND),
        uncertainty_seconds=Decimal(uncertainty),
        is_reset=is_reset,
        read_by=factories.officer("kong"),
    )


def in_utc_field(local: datetime) -> TimeClaim:
    """A header that asks for UTC, in which the device wrote `local`'s wall clock."""
    text = f"{local:%Y-%m-%dT%H:%M:%S}"
    return TimeClaim("header:creation_time", f"{text}Z", text, 0, "by_specification")


def header(local: datetime) -> TimeClaim:
    text = f"{local:%Y-%m-%dT%H:%M:%S}"
    return TimeClaim("header:date", text, text, None, "unknown")


def sealed(number: str = "2026-000001", file: datetime = NOON + LENGTH, **more: Any) -> Recording:
    """Taken in at six in the evening; the card's own time of the file is its end."""
    facts = {"state": RecordingState.SEALED, "sealed_at": NINE + 9 * HOUR, "officer": None}
    return factories.recording(number, file_mtime_ns=int(file.timestamp()) * 10**9, **facts | more)


def examined(*says: TimeClaim, number: str = "2026-000001", **more: Any) -> Recording:
    """A clip of ten minutes whose header `says` when it began, looked at."""
    made = sealed(number, **more)
    found = Examination(
        kind="video",
        duration=Fraction(600),
        header=Header(times=says),
        browser_playable=True,
    )
    # As the worker has it: the row, not what a test did to an object.
    examination.write_down(Recording.objects.get(pk=made.pk), found, at=made.sealed_at + MINUTE)
    made.refresh_from_db()
    return made


def clip(says: datetime, **more: Any) -> Recording:
    """Header and file agree, as both are the device's."""
    return examined(header(says), **{"file": says + LENGTH} | more)


def codes(recording: Recording) -> list[str]:
    return sorted(recording.findings.values_list("code", flat=True))
