"""When was it recorded? Every source's word is kept; one is believed for sorting and filing."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from liuhen.kernel.clock import CHINA
from liuhen.recordings import patterns
from liuhen.recordings.models import TimeOrigin

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""Device clocks that lost their battery restart in 1970 or 1980; no bureau filmed by then."""

AHEAD = timedelta(days=1)
"""A claim later than intake by more than a day is a wrong clock, not a time zone."""

AGREEMENT = timedelta(minutes=2)
"""FAT keeps 2 s and a device begins its file some seconds late; more is a disagreement."""

ZONE_SHIFT = timedelta(hours=8)
"""China's offset: containers ask for UTC, many devices write their wall clock there."""


@dataclass(frozen=True)
class Claim:
    """`raw` is what was written; `instant` our reading of it, aware; None if unreadable.

    Where the device's clock was compared, `instant` is corrected and `uncorrected` is what it was.
    """

    origin: str
    field: str
    raw: str
    instant: datetime | None
    is_zone_known: bool
    names_end: bool = False
    uncorrected: datetime | None = None


def in_name(name: bytes) -> Claim | None:
    said = patterns.claim(name)
    if said is None or said.recorded_at is None:
        return None
    instant = said.recorded_at.replace(tzinfo=CHINA)
    return Claim(TimeOrigin.NAME, said.pattern, said.recorded_at.isoformat(), instant, False)


def of_file(mtime_ns: int) -> Claim:
    """The file system's modification time: on a recording, about when it ended."""
    instant = datetime.fromtimestamp(mtime_ns // 10**9, UTC)
    return Claim(TimeOrigin.FILE, "mtime", str(mtime_ns), instant, False, names_end=True)


def is_plausible(instant: datetime | None, *, taken_in_at: datetime) -> bool:
    return instant is not None and EARLIEST <= instant <= taken_in_at + AHEAD


def believed(claims: list[Claim], *, at: datetime) -> Claim | None:
    """The header's first plausible claim, else the name's, else the file's."""
    order = (TimeOrigin.HEADER, TimeOrigin.NAME, TimeOrigin.FILE)
    plausible = [claim for claim in claims if is_plausible(claim.instant, taken_in_at=at)]
    ranked = (claim for origin in order for claim in plausible if claim.origin == origin)
    return next(ranked, None)


def start_of(claim: Claim, duration: timedelta | None) -> datetime:
    """An end is brought back to its start by the measured duration."""
    assert claim.instant is not None
    return claim.instant - duration if claim.names_end and duration else claim.instant


def disagreements(
    claims: list[Claim], *, at: datetime, duration: timedelta | None, first: Claim | None = None
) -> list[tuple[str, dict[str, str]]]:
    """Findings on the claims: `time_implausible` of one by itself; of one that differs from the
    believed one (`first`, if that was settled otherwise), what `nature` says."""
    found = []
    first = first or believed(claims, at=at)
    for claim in claims:
        if claim.instant is None or claim is first:
            continue
        if first is None or not is_plausible(claim.instant, taken_in_at=at):
            found.append(("time_implausible", {"claim": claim.field, "raw": claim.raw}))
            continue
        began = start_of(first, duration)
        starts = starts_of(claim, duration)
        apart = min(abs(began - start) for start in starts)
        if apart > AGREEMENT:
            evidence = {
                "first": f"{first.origin}/{first.field}",
                "second": f"{claim.origin}/{claim.field}",
                "seconds": str(int(apart.total_seconds())),
            }
            later = claim.origin == TimeOrigin.FILE and any(start > began for start in starts)
            found.append((nature(apart, is_later_file=later), evidence))
    return found


def starts_of(claim: Claim, duration: timedelta | None) -> list[datetime]:
    """When the recording began, by this claim. A file's time is the device's clock's or, once
    copied, a computer's, which nobody need correct: both are possible."""
    starts = [start_of(claim, duration)]
    if claim.origin == TimeOrigin.FILE and claim.uncorrected is not None:
        starts.append(start_of(replace(claim, instant=claim.uncorrected), duration))
    return starts


def nature(apart: timedelta, *, is_later_file: bool) -> str:
    """Why two claims may differ.

    `time_zone_shift`: a whole eight hours, one of them wrote local time where UTC was asked for.
    `time_of_copy`: the file system's time is the later one, as after any copy; only a notice.
    `time_disagreement`: neither explains it.
    """
    if abs(apart - ZONE_SHIFT) <= AGREEMENT:
        return "time_zone_shift"
    return "time_of_copy" if is_later_file else "time_disagreement"
