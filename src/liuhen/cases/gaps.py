"""Where an activity's recordings leave holes, on the corrected clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from liuhen.cases.models import Activity, Interruption
from liuhen.recordings.models import MediaKind, Recording

SEAM = timedelta(seconds=2)
"""Between two files of one run: starts are written in whole seconds, on a card in steps of two."""


@dataclass(frozen=True)
class Gap:
    """`interruption`: what somebody entered for it, None: nothing."""

    start: datetime
    end: datetime
    interruption: Interruption | None

    @property
    def is_explained(self) -> bool:
        return self.interruption is not None


def of(
    activity: Activity, recordings: Iterable[Recording], interruptions: Iterable[Interruption]
) -> list[Gap]:
    """From arriving to leaving, all devices together; none before it is known when they came."""
    stops = list(interruptions)
    return [
        Gap(start, end, next((one for one in stops if meets(one, start, end)), None))
        for start, end in holes(activity, recordings)
    ]


def holes(
    activity: Activity, recordings: Iterable[Recording]
) -> Iterator[tuple[datetime, datetime]]:
    spans = sorted(
        (one.recorded_at, end_of(one)) for one in recordings if one.kind != MediaKind.PHOTO
    )
    if activity.arrived_at is None:
        return
    reach = activity.arrived_at
    until = activity.left_at or max((end for _start, end in spans), default=reach)
    for start, end in spans:
        if min(start, until) - reach > SEAM:
            yield reach, min(start, until)
        reach = max(reach, end)
    if until - reach > SEAM:
        yield reach, until


def end_of(recording: Recording) -> datetime:
    """Of unknown length: where it begins."""
    return recording.recorded_at + timedelta(seconds=float(recording.duration_seconds or 0))


def meets(stop: Interruption, start: datetime, end: datetime) -> bool:
    return stop.from_at < end and (stop.until_at is None or stop.until_at > start)
