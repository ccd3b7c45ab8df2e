"""When a stretch begins and ends, picture by picture, and stretches no key frame shows."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, takewhile
from typing import Any, Final

import numpy as np

from liuhen.engines.media.inside import scan_looks as looks
from liuhen.engines.media.inside.scan_keys import Keys
from liuhen.engines.media.inside.scan_looks import Look
from liuhen.engines.media.inside.scan_track import BLACK, COVERED, FROZEN, Stretch, Track

BEGUN_SECONDS: Final = {BLACK: 0.3, COVERED: 0.3, FROZEN: 0.1}
"""A state that lasts so long before the key frame that shows it has begun. Lights flash; but nobody
holds a camera where it is to freeze, and those pictures are the largest."""
SURE_SECONDS: Final = 0.5
"""Around a stretch: pictures at its edges may belong to it or not."""
LEAST_SECONDS: Final = 2.0
"""Shorter is no finding: FFmpeg's own filters wait as long, and a hand passing is shorter."""
WHOLE: Final = 0.9
"""Of the pictures between two key frames; if so many were decoded already, that will do."""
MOST_GROUPS: Final = 3
"""Between key frames an edge is looked for in so many groups of pictures: one holds it, unless the
key frame after it is quantised so coarsely that it was not taken for the same."""
MINUTE: Final = 0.1
"""Black pictures have less than this part of the usual size."""
FEW: Final = 6
"""So many pictures on both sides tell black from others by their sizes alone; of the others one may
be small, for after a burst encoders save."""


@dataclass
class Steps:
    """From picture to picture, wherever neighbours were decoded."""

    moments: list[float] = field(default_factory=list)
    repeats: list[bool] = field(default_factory=list)

    def add(self, moment: float, before: Look, now: Look) -> bool:
        share = looks.same_share(before, now, looks.SAME_STEP_LEVELS)
        self.moments.append(moment)
        self.repeats.append(share >= looks.SAME_SHARE)
        return self.repeats[-1]

    def within(self, start: float, end: float) -> list[bool]:
        pairs = zip(self.moments, self.repeats, strict=True)
        return [repeats for moment, repeats in pairs if start < moment < end]


class Edges:
    """Decodes whole groups of pictures, where that is called for."""

    def __init__(self, track: Track, keys: Keys) -> None:
        self._track, self._keys = track, keys
        self.steps = Steps()

    def found(self, coarse: Stretch) -> Stretch:
        """The stretch with its true edges."""
        first, last = coarse.keys.start, coarse.keys.stop - 1
        start, end = coarse.start, coarse.end
        if self._track.left():
            start = self._start(coarse.kind, first)
            end = self._end(coarse.kind, last)
        return Stretch(coarse.kind, start, end, coarse.keys)

    def pictures(self, ordinal: int, *, steps: bool = False) -> Iterator[tuple[float, Look]]:
        """(second, picture) from this key frame up to the next, in the order they are shown.
        steps: note which repeat the one before."""
        first, behind = self._track.packets_of(ordinal)
        moments = np.sort(self._track.seconds[first:behind])
        before: Look | None = None
        try:
            for index, look in self._track.reader.run(first, behind):
                if index >= behind or not self._track.left():
                    return
                moment = float(moments[index - first])
                if steps and before is not None:
                    self.steps.add(moment, before, look)
                before = look
                yield moment, look
        finally:
            self._track.reader.flush()

    def whole(self, ordinal: int) -> tuple[float, float]:
        """Take the steps of all pictures from this key frame up to the next: (start, end)."""
        first, behind = self._track.packets_of(ordinal)
        moments = self._track.seconds[first:behind]
        start, end = float(moments.min()), float(moments.max()) + self._track.interval
        if len(self.steps.within(start, end)) < WHOLE * (behind - first):
            deque(self.pictures(ordinal, steps=True), maxlen=0)
        return start, end

    def settled(self, stretch: Stretch) -> float | None:
        """Change (see `looks.change`) from the last picture before the stretch's last key frame
        to the last before its end: encoders have refined both. None where it has no key frame, or
        too little before or after it."""
        if not stretch.keys:
            return None
        last = stretch.keys[-1]
        at = float(self._track.at[last])
        if last == 0 or stretch.start > at - SURE_SECONDS or stretch.end < at + SURE_SECONDS:
            return None
        before = deque(self.pictures(last - 1, steps=True), maxlen=1)
        pictures = self.pictures(last, steps=True)
        inside = takewhile(lambda seen: seen[0] < stretch.end, pictures)
        after = deque(inside, maxlen=1)
        return looks.change(before[0][1], after[0][1]) if before and after else None

    def walk(self, start: float, end: float) -> list[Stretch]:
        """Stretches of LEAST_SECONDS or more around `start` to `end` that no key frame shows."""
        at = self._track.at
        first = max(0, int(np.searchsorted(at, start - SURE_SECONDS, "right")) - 1)
        last = int(np.searchsorted(at, end + SURE_SECONDS, "right"))
        found: list[Stretch] = []
        now, reference, before = Stretch(FROZEN, start, start), None, None
        groups = (self.pictures(ordinal, steps=True) for ordinal in range(first, last))
        for moment, look in chain.from_iterable(groups):
            hole = self._track.hole_between(now.end, moment)
            if reference is not None and not hole and _is(now.kind, look, reference):
                now.end, before = moment + self._track.interval, look
                continue
            now.leap = 1.0 - looks.stays_share(before, look) if before is not None else 0.0
            found.append(now)
            now, reference, before = Stretch(_kind_of(look), moment, moment), look, look
            if moment > end + SURE_SECONDS - LEAST_SECONDS or not self._track.left():
                break
        return [
            self._with_keys(one) for one in (*found, now) if one.end - one.start >= LEAST_SECONDS
        ]

    def _with_keys(self, stretch: Stretch) -> Stretch:
        """With the key frames inside, decoded and compared."""
        inside = np.searchsorted(self._track.at, (stretch.start, stretch.end))
        stretch.keys = range(int(inside[0]), int(inside[1]))
        self._keys.see(stretch.keys)
        self._keys.compare(stretch.keys)
        return stretch

    def _start(self, kind: str, first: int) -> float:
        reference = self._keys.look_of(first)
        start = float(self._track.at[first])
        if kind == BLACK and (told := self._told_by_sizes(first)) is not None:
            return told
        for ordinal in range(first - 1, max(-1, first - 1 - MOST_GROUPS), -1):
            if reference is None:
                break
            since = self._state_since(kind, ordinal, reference)
            if since is None or self._track.hole_between(since, start):
                break
            start = since
            if since > self._track.at[ordinal]:
                break
        return start

    def _state_since(self, kind: str, ordinal: int, reference: Look) -> float | None:
        """Since when it lasts until the next key frame or for BEGUN_SECONDS; None if not at all."""
        since: float | None = None
        for moment, look in self.pictures(ordinal):
            if not _is(kind, look, reference):
                since = None
            elif since is None:
                since = moment
            elif moment - since >= BEGUN_SECONDS[kind]:
                break
        return since

    def _told_by_sizes(self, first: int) -> float | None:
        """When black begins before key frame `first`: its pictures are minute, those before are
        not. None if it is not so clear."""
        if not self._track.plan.usual_bytes or first == 0:
            return None
        begin, behind = self._track.packets_of(first - 1)
        lasting = self._minute(self._track.sizes[begin + 1 : behind][::-1])
        if lasting is None:
            return None
        return float(self._track.seconds[behind - lasting] if lasting else self._track.at[first])

    def _end_by_sizes(self, last: int) -> float | None:
        """The same of its end after key frame `last`."""
        if not self._track.plan.usual_bytes or last + 1 >= len(self._track):
            return None
        begin, behind = self._track.packets_of(last)
        lasting = self._minute(self._track.sizes[begin + 1 : behind])
        if not lasting or self._track.hole_between(*self._track.at[last : last + 2]):
            return None
        return float(self._track.seconds[begin + 1 + lasting])

    def _minute(self, sizes: Any) -> int | None:
        """How many of these are minute, if those after them are clearly of usual size."""
        minute = sizes < MINUTE * self._track.plan.usual_bytes
        lasting = len(minute) if minute.all() else int(np.argmin(minute))
        others = sizes[lasting : lasting + FEW] > self._track.plan.usual_bytes / 2
        usual = len(others) == FEW and others[0] and others.sum() >= FEW - 1
        return lasting if usual and lasting not in range(1, FEW) else None

    def _end(self, kind: str, last: int) -> float:
        if kind == BLACK and (told := self._end_by_sizes(last)) is not None:
            return told
        reference = self._keys.look_of(last)
        known = float(self._track.at[last])
        for ordinal in range(last, min(len(self._track), last + MOST_GROUPS)):
            for moment, look in self.pictures(ordinal):
                if reference is None or not _is(kind, look, reference):
                    return moment
                hole = self._track.hole_between(known, moment)
                if hole:
                    return hole[0]
                known = moment
            if not self._track.left():
                break
        return known + self._track.interval


def _kind_of(look: Look) -> str:
    if looks.is_black(look):
        return BLACK
    return COVERED if looks.plain_share(look) >= looks.PLAIN_SHARE else FROZEN


def _is(kind: str, look: Look, reference: Look) -> bool:
    if kind == BLACK:
        return looks.is_black(look)
    if kind == COVERED:
        return looks.plain_share(look) >= looks.PLAIN_SHARE
    return looks.stays_share(reference, look) >= looks.SAME_SHARE
