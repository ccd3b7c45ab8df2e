"""When was it recorded, by the device's clock less what the clock was off?

Every claim but the satellites' is from that clock. Each is corrected by the readings there are;
what was claimed stays in its row as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from liuhen.devices.models import ClockReading
from liuhen.engines.media import clocks
from liuhen.engines.media.clocks import Correction, How, Reading
from liuhen.recordings import claims
from liuhen.recordings.claims import AGREEMENT, ZONE_SHIFT, Claim
from liuhen.recordings.models import TimeOrigin

SATELLITES = {"exif:GPS"}
"""Fields of a header that no clock of the device's went into."""

NEWEST_READINGS = 20
"""Looked at first; two for each use of a device. An older recording has all of them read."""


@dataclass(frozen=True)
class Dated:
    """A claim, corrected; `correction` None: the clock was never compared, or it was none of its.

    `offset` and `uncertainty` as stored, in whole milliseconds.
    """

    claim: Claim
    correction: Correction | None = None

    @property
    def offset(self) -> Decimal | None:
        return clocks.in_seconds(self.correction.offset) if self.correction else None

    @property
    def uncertainty(self) -> Decimal | None:
        return clocks.in_seconds(self.correction.uncertainty, up=True) if self.correction else None

    @property
    def slack(self) -> timedelta:
        """By how much the true time may lie beside; of a clock never compared, as much as two
        sources may differ without a finding."""
        return self.correction.uncertainty if self.correction else AGREEMENT


@dataclass(frozen=True)
class DeviceClock:
    """One device's clock, as far as it was read. `taken_in_at`: the recording was made before."""

    readings: Sequence[Reading]
    taken_in_at: datetime

    def date(self, claim: Claim) -> Dated:
        is_satellites = claim.origin == TimeOrigin.HEADER and claim.field in SATELLITES
        if claim.instant is None or is_satellites:
            return Dated(claim)
        correction = clocks.correct(claim.instant, self.readings, not_after=self.taken_in_at)
        if correction is None:
            return Dated(claim)
        # By the offset as it is stored: whoever adds it to the time shown gets the claim again.
        offset = clocks.span(clocks.in_seconds(correction.offset))
        corrected = replace(claim, instant=claim.instant - offset, uncorrected=claim.instant)
        return Dated(corrected, correction)

    def meanings(
        self, first: Dated, others: Sequence[Dated], duration: timedelta | None
    ) -> list[Dated]:
        """The believed claim and what else it may mean, the likeliest first.

        Many devices write their wall clock where the format asks for UTC: eight hours late. Another
        claim just that much earlier shows it; without one it stays possible.
        """
        if not asks_for_utc(first.claim):
            return [first]
        local = claims.start_of(first.claim, duration) - ZONE_SHIFT
        showing = [
            one
            for one in others
            if one.claim.instant is not None
            and abs(local - claims.start_of(one.claim, duration)) <= AGREEMENT
        ]
        said = first.claim.uncorrected or first.claim.instant
        assert said is not None
        as_local = replace(first.claim, instant=said - ZONE_SHIFT, uncorrected=None)
        return [*showing, first, self.date(as_local)]


def clock_of(device_id: int, said: Sequence[Claim], *, at: datetime) -> DeviceClock:
    """One query; a second where a claim is older than the newest readings."""
    clock = DeviceClock(readings_of(device_id, NEWEST_READINGS), at)
    if len(clock.readings) < NEWEST_READINGS:
        return clock
    corrections = (clock.date(claim).correction for claim in said)
    if any(found is not None and found.how == How.BEFORE for found in corrections):
        return DeviceClock(readings_of(device_id), at)
    return clock


def best_at_intake(
    name: bytes, mtime_ns: int, *, device_id: int | None, at: datetime
) -> tuple[datetime, str]:
    """What the folder's day is made of, before anything has looked inside the file; by the device's
    clock less what it was off, as far as that is known by now."""
    said = [claim for claim in (claims.in_name(name), claims.of_file(mtime_ns)) if claim]
    clock = clock_of(device_id, said, at=at) if device_id else DeviceClock((), at)
    for claim in said:
        instant = clock.date(claim).claim.instant
        if instant is not None and claims.is_plausible(instant, taken_in_at=at):
            return instant, claim.origin
    return at, TimeOrigin.INTAKE


def readings_of(device_id: int, newest: int | None = None) -> list[Reading]:
    rows = ClockReading.objects.filter(device_id=device_id).order_by("-read_at", "-id")
    columns = rows.values_list("read_at", "offset_seconds", "uncertainty_seconds", "is_reset")
    kept = [
        Reading(read_at, clocks.span(offset), clocks.span(uncertainty), is_reset)
        for read_at, offset, uncertainty, is_reset in columns[:newest]
    ]
    return kept[::-1]  # in the order they were made; `correct` keeps it for the same instant


def asks_for_utc(claim: Claim) -> bool:
    """A header whose zone its format put there, not the device."""
    return claim.origin == TimeOrigin.HEADER and not claim.is_zone_known and claim.raw.endswith("Z")
