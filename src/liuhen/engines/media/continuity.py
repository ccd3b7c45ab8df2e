"""How far a window of time was recorded: by each device, and by all of them together.

Whoever asks gives recordings as segments on one clock, the corrected one, and the window in which
all should have been recorded. Exact arithmetic throughout: datetimes and timedeltas are whole
microseconds, a share is a Fraction.

A hole is called a gap where it is longer than what cannot be measured; else it is a seam and counts
as recorded. What cannot be measured depends on what stands on its two sides:

- within one file: the file's own timestamps, so only what one frame and GA/T 947.2 allow;
- between two files of one device: besides, the second or two to which a start is known. What the
  device's clock is off by is the same in both and falls out;
- between two devices: besides, what either's clock may still be off by;
- at the window's edge: besides, the minute to which people write down when they came and went.

What a clock is off by moves recordings and makes none longer: it excuses no more than they hold
beside what they cover.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter
from typing import Final

NOTHING: Final = timedelta(0)

SEGMENT_GAP: Final = timedelta(milliseconds=40)
"""Between two files of one run: GA/T 947.2's figure as makers quote it; a frame at 25/s, too."""

FILE_TIME_STEP: Final = timedelta(seconds=1)
"""Headers and names tell a start in whole seconds, so two starts may lie that much closer."""

CARD_TIME_STEP: Final = timedelta(seconds=2)
"""A card's FAT dates its files in steps of two seconds."""

TYPED_STEP: Final = timedelta(minutes=1)
"""Arriving and leaving are written down to the minute."""


class Where(StrEnum):
    """At which part of the window a gap lies. Stable: stored answers quote it."""

    WHOLE = "whole"
    LATE_START = "late_start"
    MIDDLE = "middle"
    EARLY_STOP = "early_stop"


@dataclass(frozen=True)
class Stretch:
    """From `start` until before `end`, both aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.end} is before {self.start}")

    @property
    def length(self) -> timedelta:
        return self.end - self.start


@dataclass(frozen=True)
class Segment(Stretch):
    """One recording. `device` names its lane; what no device is known of is a lane by itself.

    uncertainty: by how much the device's clock may still be off.
    step: to what its start is known.
    holes: stretches within, in which its own timestamps say that nothing was recorded.
    """

    key: str
    device: str
    uncertainty: timedelta = NOTHING
    step: timedelta = FILE_TIME_STEP
    holes: tuple[Stretch, ...] = ()

    def pieces(self) -> Iterator[Stretch]:
        """What it holds: itself without its holes."""
        start = self.start
        for hole in sorted(self.holes, key=attrgetter("start")):
            if hole.start > start:
                yield Stretch(start, min(hole.start, self.end))
            start = max(start, hole.end)
            if start >= self.end:
                return
        yield Stretch(start, self.end)


@dataclass(frozen=True)
class Gap(Stretch):
    """A hole longer than `allowance`. `before` and `after`: the recordings it lies between."""

    where: Where
    allowance: timedelta
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overlap(Stretch):
    """One device seems to have recorded two files at once: its clock was set, or the file is none
    of its."""

    device: str
    first: str
    second: str


@dataclass(frozen=True)
class Course:
    """The window as one lane shows it. `pieces` (seams counted in) and `gaps` make up the window.

    `device` "" is all of them together.
    """

    device: str
    window: Stretch
    pieces: tuple[Stretch, ...]
    gaps: tuple[Gap, ...]
    seams: tuple[Gap, ...]

    @property
    def covered(self) -> timedelta:
        return sum((piece.length for piece in self.pieces), NOTHING)

    @property
    def share(self) -> Fraction:
        """Of the window, 0 to 1; of a window without length, whether anything was recorded."""
        if not self.window.length:
            return Fraction(bool(self.pieces))
        return ratio(self.covered, self.window.length)


@dataclass(frozen=True)
class Continuity:
    """late, early: keys of recordings surely made wholly after, or before, the window."""

    window: Stretch
    lanes: tuple[Course, ...]
    together: Course
    overlaps: tuple[Overlap, ...]
    late: tuple[str, ...]
    early: tuple[str, ...]

    @property
    def throughout(self) -> tuple[str, ...]:
        """Devices that recorded the whole window each by itself."""
        return tuple(lane.device for lane in self.lanes if lane.pieces and not lane.gaps)

    def at_least(self, devices: int) -> timedelta:
        """For how long that many devices or more recorded at once."""
        edges = [(piece.start, 1) for lane in self.lanes for piece in lane.pieces]
        edges += [(piece.end, -1) for lane in self.lanes for piece in lane.pieces]
        total, depth = NOTHING, 0
        ordered = sorted(edges)
        for (at, step), (until, _) in pairwise(ordered):
            depth += step
            if depth >= devices:
                total += until - at
        return total


def continuity(segments: Iterable[Segment], window: Stretch) -> Continuity:
    """How `window` was recorded; the order of `segments` does not matter. O(n log n)."""
    ordered = sorted(segments, key=attrgetter("start", "end", "key"))
    by_device: dict[str, list[Segment]] = {}
    for segment in ordered:
        by_device.setdefault(segment.device, []).append(segment)
    lanes = sorted(by_device.items())
    return Continuity(
        window,
        tuple(course(device, own, window) for device, own in lanes),
        course("", ordered, window),
        tuple(overlap for device, own in lanes for overlap in overlaps(device, own)),
        tuple(one.key for one in ordered if one.start - edge_allowance(one) > window.end),
        tuple(one.key for one in ordered if one.end + edge_allowance(one) < window.start),
    )


def course(device: str, segments: Sequence[Segment], window: Stretch) -> Course:
    """`segments` by start."""
    if not window.length:
        return Course(device, window, (window,) if any_at(segments, window) else (), (), ())
    found = list(holes(segments, window))
    gaps, seams = sorted_out([hole.judged(window) for hole in found])
    excused = sum((seam.length for seam in seams), NOTHING)
    if any(one.uncertainty for one in segments) and excused > room(segments, found, window):
        gaps, seams = sorted_out([hole.judged(window, is_sure=True) for hole in found])
    return Course(device, window, tuple(between(gaps, window)), gaps, seams)


def any_at(segments: Iterable[Segment], window: Stretch) -> bool:
    """Of a window within one minute: whether any of them may have been recorded in it."""
    return any(
        one.start - edge_allowance(one) <= window.end
        and window.start <= one.end + edge_allowance(one)
        for one in segments
        if one.length
    )


def sorted_out(judged: Iterable[Gap]) -> tuple[tuple[Gap, ...], tuple[Gap, ...]]:
    """Gaps, and seams."""
    gaps: list[Gap] = []
    seams: list[Gap] = []
    for gap in judged:
        (gaps if gap.length > gap.allowance else seams).append(gap)
    return tuple(gaps), tuple(seams)


def room(segments: Sequence[Segment], found: Sequence["Hole"], window: Stretch) -> timedelta:
    """How long all holes together can be though nothing is missing, wherever clocks put the
    segments: what these hold beyond what they cover, and what is not known by any clock."""
    held = sum((length_near(one, window) for one in segments), NOTHING)
    covered = window.length - sum((hole.end - hole.start for hole in found), NOTHING)
    step = max((one.step for one in segments), default=NOTHING)
    middle = (hole for hole in found if hole.start > window.start and hole.end < window.end)
    seams = sum((hole.allowance(is_sure=True) for hole in middle), NOTHING)
    return held - covered + 2 * (TYPED_STEP + step) + seams


def length_near(segment: Segment, window: Stretch) -> timedelta:
    """Of what it holds, what its clock's error may have moved out of the window, and the rest."""
    start, end = window.start - segment.uncertainty, window.end + segment.uncertainty
    pieces = (min(one.end, end) - max(one.start, start) for one in segment.pieces())
    return sum((max(one, NOTHING) for one in pieces), NOTHING)


@dataclass
class Hole:
    """A stretch of the window no segment covers, while it is being measured."""

    start: datetime
    end: datetime
    before: list[Segment]
    after: list[Segment] = field(default_factory=list)

    def judged(self, window: Stretch, *, is_sure: bool = False) -> Gap:
        at_start, at_end = self.start == window.start, self.end == window.end
        where = {
            (True, True): Where.WHOLE,
            (True, False): Where.LATE_START,
            (False, True): Where.EARLY_STOP,
        }.get((at_start, at_end), Where.MIDDLE)
        before, after = (tuple(one.key for one in side) for side in (self.before, self.after))
        return Gap(self.start, self.end, where, self.allowance(is_sure=is_sure), before, after)

    def allowance(self, *, is_sure: bool = False) -> timedelta:
        """Of several that end or begin at the same instant the least certain counts. `is_sure`:
        without what clocks may be off by."""
        if not self.before and not self.after:
            return NOTHING
        if not self.before or not self.after:
            sides = (*self.before, *self.after)
            return max(edge_allowance(one, is_sure=is_sure) for one in sides)
        if {one.key for one in self.before} == {one.key for one in self.after}:
            return SEGMENT_GAP
        sides = (*self.before, *self.after)
        files = SEGMENT_GAP + max(one.step for one in sides)
        if is_sure or len({one.device for one in sides}) == 1:
            return files
        return files + unsure(self.before) + unsure(self.after)


def edge_allowance(segment: Segment, *, is_sure: bool = False) -> timedelta:
    return TYPED_STEP + segment.step + (NOTHING if is_sure else segment.uncertainty)


def unsure(segments: Iterable[Segment]) -> timedelta:
    return max(one.uncertainty for one in segments)


def holes(segments: Sequence[Segment], window: Stretch) -> Iterator[Hole]:
    """What is left of the window without the segments, in order."""
    reach, reaching = window.start, list[Segment]()
    hole: Hole | None = None
    for piece, segment in pieces_within(segments, window):
        if piece.start > reach:
            if hole is not None:
                yield hole
            hole = Hole(reach, piece.start, reaching, [segment])
        elif hole is not None and piece.start == hole.end:
            hole.after.append(segment)
        if piece.end > reach:
            reach, reaching = piece.end, [segment]
        elif piece.end == reach:
            reaching = [*reaching, segment]
    if hole is not None:
        yield hole
    if reach < window.end:
        yield Hole(reach, window.end, reaching)


def pieces_within(
    segments: Sequence[Segment], window: Stretch
) -> Iterator[tuple[Stretch, Segment]]:
    """By start. A piece that only touches the window from outside is left out."""
    found = [
        (piece, segment)
        for segment in segments
        for piece in segment.pieces()
        if piece.length and piece.end > window.start and piece.start < window.end
    ]
    return iter(sorted(found, key=lambda one: (one[0].start, one[0].end, one[1].key)))


def between(gaps: Iterable[Gap], window: Stretch) -> Iterator[Stretch]:
    """The window without the gaps."""
    start = window.start
    for gap in gaps:
        if gap.start > start:
            yield Stretch(start, gap.start)
        start = gap.end
    if start < window.end:
        yield Stretch(start, window.end)


def overlaps(device: str, segments: Sequence[Segment]) -> Iterator[Overlap]:
    """Where one device's next file begins before its last has ended. `segments` by start."""
    longest: Segment | None = None
    for segment in segments:
        if longest is not None:
            shared = min(longest.end, segment.end) - segment.start
            if shared > max(longest.step, segment.step):
                end = segment.start + shared
                yield Overlap(segment.start, end, device, longest.key, segment.key)
        if longest is None or segment.end > longest.end:
            longest = segment


def ratio(part: timedelta, whole: timedelta) -> Fraction:
    tick = timedelta(microseconds=1)
    return Fraction(part // tick, whole // tick)
