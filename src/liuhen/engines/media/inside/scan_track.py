"""The video track a scan works on, and what it finds there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from liuhen.engines.media.inside.scan_reading import Reader
from liuhen.engines.media.inside.scan_sizes import Plan

HOLE_SECONDS: Final = 0.5
"""No stretch reaches over a hole in the recording (`timeline.GAP_SECONDS`)."""
HOLE_INTERVALS: Final = 5

BLACK, COVERED, FROZEN = "black", "covered", "frozen"


@dataclass
class Stretch:
    """Of one kind, `start` to `end` in seconds.

    keys: ordinals of the key frames inside. leap: the part of the picture that is another when it
    ends, 0–1, where that was looked at.
    """

    kind: str
    start: float
    end: float
    keys: range = range(0)
    leap: float = 0.0


class Track:
    """seconds, sizes: of each packet, in decoding order. left: whether there is time for more."""

    def __init__(
        self, reader: Reader, plan: Plan, seconds: Any, sizes: Any, left: Callable[[], bool]
    ) -> None:
        self.reader, self.plan, self.left = reader, plan, left
        self.seconds, self.sizes = seconds, sizes
        self.at = seconds[plan.anchors]
        """Seconds of each anchor."""
        ordered = np.sort(seconds)
        steps = np.diff(ordered)
        self.interval = float(np.median(steps)) if len(steps) else 0.0
        self.end = float(ordered[-1]) + self.interval
        holes = np.flatnonzero(steps > max(HOLE_SECONDS, HOLE_INTERVALS * self.interval))
        self._hole_starts = ordered[holes] + self.interval
        self._hole_ends = ordered[holes + 1]

    @property
    def anchors(self) -> Any:
        return self.plan.anchors

    def __len__(self) -> int:
        return len(self.plan.anchors)

    def packets_of(self, ordinal: int) -> tuple[int, int]:
        """(first, behind the last) packet from this anchor up to the next."""
        behind = self.anchors[ordinal + 1] if ordinal + 1 < len(self) else len(self.seconds)
        return int(self.anchors[ordinal]), int(behind)

    def hole_between(self, start: float, end: float) -> tuple[float, float] | None:
        """The first hole that begins in [start, end)."""
        found = np.flatnonzero((self._hole_starts >= start) & (self._hole_starts < end))
        if not len(found):
            return None
        return float(self._hole_starts[found[0]]), float(self._hole_ends[found[0]])
