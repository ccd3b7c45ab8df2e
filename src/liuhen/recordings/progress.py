"""How far an intake is, for whoever waits for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from liuhen.recordings.intake import counts_of
from liuhen.recordings.models import BatchState, IntakeBatch, ItemState

UNFINISHED = (ItemState.PENDING, ItemState.STAGED)
STEADY_AFTER = timedelta(seconds=1)
"""Before that a speed says nothing."""


@dataclass(frozen=True)
class Progress:
    """`bytes_per_second` and `seconds_left` are None while they can't be told."""

    counts: dict[str, int]
    done_files: int
    percent: int
    bytes_per_second: float | None
    seconds_left: float | None

    @property
    def problems(self) -> int:
        return self.counts[ItemState.UNREADABLE] + self.counts[ItemState.INTERRUPTED]


def of(batch: IntakeBatch, *, at: datetime) -> Progress:
    counts = counts_of(batch)
    unfinished = sum(counts[state] for state in UNFINISHED)
    speed = speed_of(batch, at=at)
    left = batch.total_bytes - batch.done_bytes
    running = batch.state == BatchState.RUNNING
    return Progress(
        counts=counts,
        done_files=max(0, batch.total_files - unfinished),
        percent=percent_of(batch),
        bytes_per_second=speed,
        seconds_left=left / speed if running and speed else None,
    )


def percent_of(batch: IntakeBatch) -> int:
    if batch.state == BatchState.DONE:
        return 100
    return min(99, batch.done_bytes * 100 // batch.total_bytes) if batch.total_bytes else 0


def speed_of(batch: IntakeBatch, *, at: datetime) -> float | None:
    if batch.started_at is None:
        return None
    took = (batch.finished_at or at) - batch.started_at
    if took < STEADY_AFTER or not batch.done_bytes:
        return None
    return batch.done_bytes / took.total_seconds()
