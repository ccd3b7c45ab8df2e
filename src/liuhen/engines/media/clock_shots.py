"""Read a device's clock from a photo or clip it made of our clock page.

The page shows a code with the server's time and renews it every second. What the device wrote
into the file, and the code in the picture, put both clocks side by side; without a code the time
between opening the page and the file's arrival stands in for the server's, as wide as it is.
"""

import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, UTC, datetime, timedelta, timezone
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from liuhen.engines.media import reading, sandbox
from liuhen.engines.media.examine import kept_as
from liuhen.engines.media.facts import Code, TimeClaim
from liuhen.engines.media.limits import Limits
from liuhen.engines.media.names import DEFAULT_PATTERNS, NamePattern, claim_from_name
from liuhen.kernel.clock import CHINA

CODE_PREFIX: Final = "LHCLOCK1:"
"""Then the server's time in milliseconds since 1970, UTC."""
CODE_SHOWN: Final = timedelta(seconds=1)
"""How long a code stands: the server's time was up to that much later when it was seen."""
CLIP_START: Final = timedelta(seconds=1)
"""Containers and names state whole seconds, and a device begins its first picture around then."""
WHOLE_SECOND: Final = timedelta(seconds=1)
PAGE_SLACK: Final = timedelta(seconds=5)
"""Between the page's clock and the server's, and for the way of the file."""
ZONE: Final = timedelta(hours=8)
ZONE_SLACK: Final = timedelta(minutes=2)
"""So close to eight hours ahead, where the format asks for UTC, a device wrote its wall clock."""
MOST_SECONDS: Final = 60
"""Of a clip; the child looks at fewer, and is not trusted."""
LIMITS: Final = Limits(cpu_seconds=40, wall_seconds=60.0)
"""Somebody waits at the counter; 15 seconds of 4K take 12 on a small PC."""
_CODE: Final = re.compile(re.escape(CODE_PREFIX) + r"([0-9]{12,14})")
_MICROSECOND: Final = timedelta(microseconds=1)


class Why(StrEnum):
    """Why a clock could not be read. Stable codes: screens explain them."""

    UNREADABLE = "unreadable"
    """No photo and no recording, or the examiner died of it."""
    NO_TIME = "no_time"
    """Neither the file nor its name says when it was made."""
    CODE_NOT_CURRENT = "code_not_current"
    """The code in the picture is none this page has shown: an old picture."""


@dataclass(frozen=True)
class ClockShown:
    """The two clocks at one instant, or `why` there is nothing.

    offset: device minus server, within `uncertainty`; device_time is server_time plus offset.
    origin: the field the device's time is from, e.g. "exif:DateTimeOriginal", or "name:…".
    code_time: as the code said; None: no code was seen, `server_time` is the middle between the
        page's opening and the upload.
    frame_seconds: where in the clip the code was seen; None in a photo.
    wrote_local: the format asks for UTC and the device wrote its wall clock there; `device_time`
        is the wall clock, as its display shows it.
    """

    device_time: datetime | None = None
    server_time: datetime | None = None
    offset: timedelta | None = None
    uncertainty: timedelta | None = None
    origin: str = ""
    raw: str = ""
    code_time: datetime | None = None
    frame_seconds: Fraction | None = None
    wrote_local: bool = False
    why: Why | None = None
    sandbox: str = ""

    def evidence(self) -> dict[str, Any]:
        """As JSON values, to be kept beside the reading."""
        return {
            "field": self.origin,
            "raw": self.raw,
            "code_time": self.code_time and self.code_time.isoformat(),
            "frame_seconds": None if self.frame_seconds is None else str(self.frame_seconds),
            "wrote_local": self.wrote_local,
            "sandbox": self.sandbox,
        }


@dataclass(frozen=True)
class Seen:
    """The child's answer. frame_seconds: from the clip's start; code: as read, unchecked."""

    kind: str | None = None
    code: str | None = None
    frame_seconds: Fraction | None = None
    why: str | None = None
    times: tuple[TimeClaim, ...] = field(default=())


@dataclass(frozen=True)
class _Stated:
    """The device's own word: aware; its resolution; whether UTC was put there by the format."""

    at: datetime
    resolution: timedelta
    origin: str
    raw: str
    by_specification: bool = False


def clock_shown(
    original: Path, folder: Path, *, name: bytes, opened_at: datetime, uploaded_at: datetime,
    patterns: Iterable[NamePattern] = DEFAULT_PATTERNS, limits: Limits = LIMITS,
) -> ClockShown:  # fmt: skip
    """Put the clock of the device that made `original` beside the server's.

    Args:
        original: a regular file, untrusted: it is read in the sandboxed child only.
        folder: an existing one for the child's own use; nothing stays in it.
        name: what the device called the file; its time counts where the file states none.
        opened_at, uploaded_at: aware, the server's: the page was opened, the file had arrived.
        patterns: how names are read.
    Returns: always; `why` says what was missing.
    Raises: OSError: `original` cannot be opened, or `folder` not written.
    """
    seen, held = _asked(original, folder, name, limits)
    found = _judged(seen, name, patterns, opened_at, uploaded_at)
    return replace(found, sandbox=held)


def _asked(original: Path, folder: Path, name: bytes, limits: Limits) -> tuple[Seen, str]:
    private = Path(tempfile.mkdtemp(prefix=".clock-", dir=folder))
    try:
        with sandbox.opened(original) as file:
            kind, suffix = kept_as(name, file)
            answer = sandbox.run("clock", file, private, {"kind": kind, "suffix": suffix}, limits)
        raw = reading.mapping(answer.result)
        times = tuple(TimeClaim(**reading.fit(t, TimeClaim)) for t in reading.items(raw, "times"))
        seen = Seen(**reading.fit(raw, Seen, skip=("times",)), times=times)
        if seen.frame_seconds is not None and not 0 <= seen.frame_seconds <= MOST_SECONDS:
            raise ValueError("a frame no look was taken at")
        return seen, answer.sandbox
    except (sandbox.ChildDied, ValueError, TypeError, RecursionError):
        return Seen(why=Code.EXAMINER_CRASHED), sandbox.held_by()
    finally:
        shutil.rmtree(private, ignore_errors=True)


def _judged(
    seen: Seen, name: bytes, patterns: Iterable[NamePattern], opened_at: datetime,
    uploaded_at: datetime,
) -> ClockShown:  # fmt: skip
    if seen.why is not None:
        return ClockShown(why=Why.UNREADABLE)
    stated = _stated(seen, name, patterns)
    if stated is None:
        return ClockShown(why=Why.NO_TIME)
    code_time = _code_time(seen.code)
    if code_time is None:
        return _in_local(_by_upload(stated, seen, opened_at, uploaded_at), stated)
    if not opened_at - PAGE_SLACK <= code_time <= uploaded_at + PAGE_SLACK:
        return ClockShown(code_time=code_time, origin=stated.origin, why=Why.CODE_NOT_CURRENT)
    return _in_local(_by_code(stated, seen, code_time), stated)


def _by_code(stated: _Stated, seen: Seen, code_time: datetime) -> ClockShown:
    device_time, uncertainty = stated.at, CODE_SHOWN / 2 + stated.resolution / 2
    server_time = code_time + CODE_SHOWN / 2
    if seen.frame_seconds is not None:
        device_time += _length(seen.frame_seconds)
        uncertainty = CODE_SHOWN / 2 + CLIP_START
    elif stated.resolution == CODE_SHOWN:
        # Both are cut to the second: on average by the same half.
        server_time = code_time
    found = _side_by_side(device_time, server_time, uncertainty, stated)
    return replace(found, code_time=code_time, frame_seconds=seen.frame_seconds)


def _by_upload(
    stated: _Stated, seen: Seen, opened_at: datetime, uploaded_at: datetime
) -> ClockShown:
    half = (uploaded_at - opened_at) / 2
    own = stated.resolution if seen.kind == "photo" else CLIP_START
    return _side_by_side(stated.at, opened_at + half, half + own, stated)


def _side_by_side(
    device_time: datetime, server_time: datetime, uncertainty: timedelta, stated: _Stated
) -> ClockShown:
    return ClockShown(
        device_time=device_time.astimezone(UTC),
        server_time=server_time,
        offset=device_time - server_time,
        uncertainty=uncertainty,
        origin=stated.origin,
        raw=stated.raw,
    )


def _in_local(found: ClockShown, stated: _Stated) -> ClockShown:
    """The device's wall clock, where it wrote that into a field meant for UTC."""
    assert found.device_time is not None
    assert found.offset is not None
    assert found.uncertainty is not None
    off_by = abs(found.offset - ZONE)
    if not stated.by_specification or off_by > ZONE_SLACK + found.uncertainty:
        return found
    return replace(
        found,
        device_time=found.device_time - ZONE,
        offset=found.offset - ZONE,
        wrote_local=True,
    )


def _stated(seen: Seen, name: bytes, patterns: Iterable[NamePattern]) -> _Stated | None:
    """The first time the file states that is its own clock's, else the name's."""
    for claim in seen.times:
        at = _aware(claim)
        if at is not None and claim.origin != "exif:GPS":
            resolution = _resolution(claim) if seen.kind == "photo" else WHOLE_SECOND
            by_format = claim.zone == "by_specification"
            return _Stated(at, resolution, claim.origin, claim.text, by_format)
    named = claim_from_name(name, patterns)
    if named is None or named.recorded_at is None:
        return None
    at = named.recorded_at.replace(tzinfo=CHINA)
    return _Stated(at, WHOLE_SECOND, f"name:{named.pattern}", named.recorded_at.isoformat())


def _aware(claim: TimeClaim) -> datetime | None:
    """None at the ends of the calendar, where a zone leads out of it."""
    try:
        local = datetime.fromisoformat(claim.local or "").replace(tzinfo=None)
        if not MINYEAR < local.year < MAXYEAR:
            return None
        minutes = claim.offset_minutes
        zone = CHINA if minutes is None else timezone(timedelta(minutes=minutes))
        return local.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _resolution(claim: TimeClaim) -> timedelta:
    """A photo may state fractions: `…:15.25` is known to a hundredth."""
    fraction = re.search(r":\d{2}\.(\d{1,6})", claim.text)
    return WHOLE_SECOND / 10 ** len(fraction[1]) if fraction else WHOLE_SECOND


def _code_time(code: str | None) -> datetime | None:
    said = _CODE.fullmatch(code or "")
    if said is None:
        return None
    return datetime.fromtimestamp(0, UTC) + int(said[1]) * 1_000 * _MICROSECOND


def _length(seconds: Fraction) -> timedelta:
    return round(seconds * 1_000_000) * _MICROSECOND
