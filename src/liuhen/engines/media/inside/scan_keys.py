"""What the key frames show, and how far a state that one of them shows reaches."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from liuhen.engines.media.inside import scan_looks as looks
from liuhen.engines.media.inside.scan_looks import Look
from liuhen.engines.media.inside.scan_track import BLACK, COVERED, FROZEN, Stretch, Track

KEPT_LOOKS: Final = 48
"""Pictures kept for comparing; at 4K one takes 2 MB."""
ALIVE_PAIRS: Final = 3
"""Of so many neighbouring key frames of a frozen picture two at least are the same."""
BATCH: Final = 64
"""Key frames decoded between two looks at the clock."""


@dataclass(frozen=True)
class Shown:
    """One key frame. kind: BLACK, COVERED or None. plain: see `looks.plain_share`."""

    kind: str | None
    plain: float
    luma: float


@dataclass(frozen=True)
class Pair:
    """Two neighbouring key frames. change: see `looks.change`. same: so little is different that
    one picture may stand."""

    change: float
    same: bool


class Keys:
    """Key frames by ordinal, as far as they were decoded."""

    def __init__(self, track: Track) -> None:
        self._track = track
        self.shown: dict[int, Shown] = {}
        self.pairs: dict[int, Pair] = {}
        """By the earlier one's ordinal."""
        self._tried: set[int] = set()
        self._looks: OrderedDict[int, Look] = OrderedDict()
        self._bridges: list[tuple[int, int]] = []

    def see(self, ordinals: Iterable[int]) -> None:
        """Decode those not seen yet, and compare each with the one before in the list."""
        wanted = sorted(n for n in set(ordinals) - self._tried if 0 <= n < len(self._track))
        for first in range(0, len(wanted), BATCH):
            if not self._track.left():
                return
            part = wanted[first : first + BATCH]
            self._tried.update(part)
            by_packet = {int(self._track.anchors[n]): n for n in part}
            for packet, look in self._track.reader.keys(list(by_packet)):
                self._note(by_packet[packet], look)

    def settle(self) -> list[Stretch]:
        """Grow what was seen to both sides; the stretches then known, to the key frame."""
        for one, other in self._bridges:
            self.see(range(one + 1, other))
        while True:
            wanted = self._at_borders() - self._tried
            if not wanted or not self._track.left():
                break
            self.see(wanted)
            self.compare(ordinal + step for ordinal in sorted(wanted) for step in (-1, 0))
        return [*self._stretches_of(BLACK), *self._stretches_of(COVERED), *self._frozen()]

    def compare(self, ordinals: Iterable[int]) -> None:
        """Each with the next, where both are known."""
        for ordinal in ordinals:
            self._compare(ordinal)

    def unseen(self, ordinals: Iterable[int]) -> int | None:
        """The first of them that was not even tried."""
        return next((n for n in ordinals if n not in self._tried), None)

    def is_alive(self, stretch: Stretch) -> bool:
        """Several key frames of it are alike, and between no two does the noise stand."""
        changes = [self.pairs[n].change for n in stretch.keys[:-1] if n in self.pairs]
        return len(changes) >= ALIVE_PAIRS and min(changes) > looks.ALIVE_CHANGE

    def look_of(self, ordinal: int) -> Look | None:
        """The picture, decoded anew if it was let go."""
        if ordinal not in self._looks and ordinal in self.shown:
            for _, look in self._track.reader.keys([int(self._track.anchors[ordinal])]):
                self._keep(ordinal, look)
        return self._looks.get(ordinal)

    def _note(self, ordinal: int, look: Look) -> None:
        kind = BLACK if looks.is_black(look) else None
        plain = looks.plain_share(look) if kind is None else 1.0
        if kind is None and plain >= looks.PLAIN_SHARE:
            kind = COVERED
        self.shown[ordinal] = Shown(kind, plain, looks.mean_luma(look))
        before = max((n for n in self._looks if n < ordinal), default=None)
        self._keep(ordinal, look)
        if before is None:
            return
        if before == ordinal - 1:
            self._compare(before)
        elif self._alike(before, ordinal):
            self._bridges.append((before, ordinal))

    def _keep(self, ordinal: int, look: Look) -> None:
        self._looks[ordinal] = look
        while len(self._looks) > KEPT_LOOKS:
            self._looks.popitem(last=False)

    def _alike(self, one: int, other: int) -> bool:
        kinds = {self.shown[one].kind, self.shown[other].kind}
        if kinds in ({BLACK}, {COVERED}):
            return True
        return looks.change(self._looks[one], self._looks[other]) <= looks.ALIVE_CHANGE

    def _compare(self, ordinal: int) -> None:
        """This one with the next, if both are known and were not compared."""
        if ordinal in self.pairs or not {ordinal, ordinal + 1} <= self.shown.keys():
            return
        one, other = self.look_of(ordinal), self.look_of(ordinal + 1)
        if one is None or other is None:
            return
        blocks = looks.apart(one, other)
        if blocks.size:
            same = float(np.mean(blocks <= looks.SAME_KEY_LEVELS)) >= looks.SAME_SHARE
            self.pairs[ordinal] = Pair(looks.change(one, other, blocks), same)

    def _at_borders(self) -> set[int]:
        """Key frames not seen, beside one in a state."""
        inside = {n for n, shown in self.shown.items() if shown.kind}
        for stretch in self._frozen():
            inside |= set() if self.is_alive(stretch) else set(stretch.keys)
        beside = {n + step for n in inside for step in (-1, 1)}
        return {n for n in beside if 0 <= n < len(self._track)}

    def _stretches_of(self, kind: str) -> list[Stretch]:
        marked = sorted(n for n, shown in self.shown.items() if shown.kind == kind)
        return [self._stretch(kind, run) for run in self._runs(marked)]

    def _frozen(self) -> list[Stretch]:
        """Runs of pairs that are the same and neither black nor covered."""
        plain = {n for n, shown in self.shown.items() if shown.kind}
        same = sorted(n for n, pair in self.pairs.items() if pair.same and not {n, n + 1} & plain)
        runs = self._runs(same)
        return [self._stretch(FROZEN, range(run.start, run.stop + 1)) for run in runs]

    def _runs(self, ordinals: list[int]) -> list[range]:
        """Neighbouring ordinals with no hole in the recording between them."""
        runs: list[range] = []
        for n in ordinals:
            at = self._track.at
            joined = runs and runs[-1].stop == n
            if joined and not self._track.hole_between(at[n - 1], at[n]):
                runs[-1] = range(runs[-1].start, n + 1)
            else:
                runs.append(range(n, n + 1))
        return runs

    def _stretch(self, kind: str, keys: range) -> Stretch:
        at = self._track.at
        return Stretch(kind, float(at[keys.start]), float(at[keys.stop - 1]), keys)
