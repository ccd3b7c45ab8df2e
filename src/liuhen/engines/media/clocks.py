"""When was it really, when a device's clock said so? By what the clock was measured to be off.

A reading puts a device's clock beside the server's at one instant. Between two readings the clock
is taken to run evenly; before the first and after the last it is off as much as there. Everything
is exact: microseconds as integers, never a float; an uncertainty is rounded up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

DRIFT: Final = timedelta(seconds=3)
"""Most a recorder's clock may gain or lose in a day (GA/T 947.2)."""

STEP: Final = timedelta(minutes=1)
"""Two readings that differ by more than this, their uncertainties and the drift of the time between
are no drift: somebody set the clock, or its battery failed."""

_DAY: Final = timedelta(days=1)
_MICROSECOND: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = Decimal("0.001")


class How(StrEnum):
    """What a correction rests on. Stable codes: events and screens quote them."""

    BETWEEN = "between"
    """Two readings, the clock running evenly between them."""
    AFTER = "after"
    """The last reading before, or the clock's setting; nothing later is known."""
    BEFORE = "before"
    """The first reading of all, which is later."""
    STEPPED = "stepped"
    """Two readings too far apart for a drift: `uncertainty` spans both."""
    SKIPPED = "skipped"
    """The clock was set past this time and never showed it, by what was read: the instant of the
    setting, with the distance to what it did show as further uncertainty."""


@dataclass(frozen=True)
class Reading:
    """A device's clock beside the server's.

    read_at: aware, the server's. offset: device minus server; the true one lies within
    `uncertainty` of it. is_reset: the clock was set to the server's time right afterwards.
    """

    read_at: datetime
    offset: timedelta
    uncertainty: timedelta
    is_reset: bool = False


@dataclass(frozen=True)
class Correction:
    """`at` is the server's instant; `at + offset` is what the device said, to the microsecond.

    is_ambiguous: the clock showed this time twice, as it was set back in between; see `correct`.
    """

    at: datetime
    offset: timedelta
    uncertainty: timedelta
    how: How
    is_ambiguous: bool = False


def correct(
    device_time: datetime, readings: Sequence[Reading], *, not_after: datetime | None = None
) -> Correction | None:
    """The instant at which the device's clock showed `device_time`; None without a reading.

    Where it showed that time more than once, the last such instant that is not after `not_after`
    counts (what was taken in must have been recorded before), and `is_ambiguous` says so; where
    all of them are after it, the first.

    Args:
        device_time: aware; a wall clock without a zone is to be read as the readings were.
        readings: of this one device, in any order.
        not_after: aware, e.g. the intake. None: the last instant of all.
    Source: DRIFT; an uncertainty is the larger of the neighbouring readings' and DRIFT for each day
    to the nearer one.
    """
    if not readings:
        return None
    shown = _count(device_time)
    periods = list(_periods(readings))
    found = {one.at: one for period in periods for one in period.solve(shown)}
    answers = sorted(found.values(), key=lambda one: one.at)
    if not answers:
        answers = [_nearest(shown, periods)]
    limit = None if not_after is None else _count(not_after)
    in_time = [one for one in answers if limit is None or one.at - one.uncertainty <= limit]
    chosen = in_time[-1] if in_time else answers[0]
    return _correction(shown, chosen, is_ambiguous=len(answers) > 1)


def span(seconds: Decimal) -> timedelta:
    """Exact to the microsecond; a column's seconds as a length of time."""
    return int((seconds * 1_000_000).to_integral_value(ROUND_HALF_EVEN)) * _MICROSECOND


def in_seconds(length: timedelta, *, up: bool = False) -> Decimal:
    """In whole milliseconds, as columns hold it; `up` for an uncertainty, which may not shrink."""
    exact = Decimal(length // _MICROSECOND) / 1_000_000
    return exact.quantize(_MILLISECOND, ROUND_CEILING if up else ROUND_HALF_EVEN)


@dataclass(frozen=True)
class _Anchor:
    """A known offset at one instant; all in microseconds, the instant since 1970."""

    at: int
    offset: int
    uncertainty: int

    @property
    def shown(self) -> int:
        return self.at + self.offset


@dataclass(frozen=True)
class _Answer:
    at: int
    uncertainty: int
    how: How


@dataclass(frozen=True)
class _Period:
    """From one setting of the clock to the next: in it the clock ran on undisturbed, by what was
    read. `is_first`, `is_last`: no setting before, none after; it goes on for ever there."""

    anchors: tuple[_Anchor, ...]
    is_first: bool
    is_last: bool

    def solve(self, shown: int) -> Iterator[_Answer]:
        """Every instant of this period at which the clock showed that."""
        first, last = self.anchors[0], self.anchors[-1]
        if self.is_first and shown <= first.shown:
            yield _constant(shown, first, How.BEFORE)
        for left, right in zip(self.anchors, self.anchors[1:], strict=False):
            if left.at < right.at:
                yield from _stretch(shown, left, right)
        if self.is_last and shown >= last.shown:
            yield _constant(shown, last, How.AFTER)


def _periods(readings: Sequence[Reading]) -> Iterator[_Period]:
    ordered = sorted(readings, key=lambda reading: reading.read_at)
    anchors: list[_Anchor] = []
    is_first = True
    for reading in ordered:
        at, uncertainty = _count(reading.read_at), reading.uncertainty // _MICROSECOND
        anchors.append(_Anchor(at, reading.offset // _MICROSECOND, uncertainty))
        if reading.is_reset:
            yield _Period(tuple(anchors), is_first, is_last=False)
            anchors, is_first = [_Anchor(at, 0, uncertainty)], False
    yield _Period(tuple(anchors), is_first, is_last=True)


def _constant(shown: int, anchor: _Anchor, how: How) -> _Answer:
    at = shown - anchor.offset
    return _Answer(at, anchor.uncertainty + _drift(abs(at - anchor.at)), how)


def _stretch(shown: int, left: _Anchor, right: _Anchor) -> Iterator[_Answer]:
    """Between two readings. Where the clock lost more than the time that passed it was set back in
    between: it showed what either reading makes possible."""
    uncertainty = max(left.uncertainty, right.uncertainty)
    most = STEP // _MICROSECOND + left.uncertainty + right.uncertainty
    is_step = abs(right.offset - left.offset) > most + _drift(right.at - left.at)
    if left.shown < right.shown:
        if not left.shown <= shown <= right.shown:
            return
        part = Fraction(shown - left.shown, right.shown - left.shown)
        found = [left.at + round(part * (right.at - left.at))]
    else:
        found = [
            at for at in (shown - left.offset, shown - right.offset) if _within(at, left, right)
        ]
    for at in found:
        near = min(at - left.at, right.at - at)
        apart = max(abs(shown - at - end.offset) for end in (left, right)) if is_step else 0
        how = How.STEPPED if is_step else How.BETWEEN
        yield _Answer(at, uncertainty + _drift(near) + apart, how)


def _within(at: int, left: _Anchor, right: _Anchor) -> bool:
    return left.at <= at <= right.at


def _nearest(shown: int, periods: list[_Period]) -> _Answer:
    """For a time that was skipped when the clock was set forward."""
    anchors = [anchor for period in periods for anchor in period.anchors]
    nearest = min(anchors, key=lambda anchor: abs(shown - anchor.shown))
    distance = abs(shown - nearest.shown)
    return _Answer(nearest.at, nearest.uncertainty + distance, How.SKIPPED)


def _correction(shown: int, answer: _Answer, *, is_ambiguous: bool) -> Correction | None:
    try:
        return Correction(
            at=_EPOCH + answer.at * _MICROSECOND,
            offset=(shown - answer.at) * _MICROSECOND,
            uncertainty=answer.uncertainty * _MICROSECOND,
            how=answer.how,
            is_ambiguous=is_ambiguous,
        )
    except OverflowError:  # an instant the calendar does not have
        return None


def _drift(apart: int) -> int:
    """Rounded up."""
    return -(-apart * (DRIFT // _MICROSECOND) // (_DAY // _MICROSECOND))


def _count(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND
