"""Tier one of the scan: where a closer look pays, from packet sizes and key flags alone.

Nothing is read from the file and nothing decoded. A black or frozen picture costs an encoder
next to nothing, or, where it must keep up a bit rate, is refined in ever smaller steps: its
pictures' sizes shrink, or spread far more than those of moving pictures do.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

LOOK_SECONDS: Final = 0.5
"""Sizes are judged together over this long: short against what is sought, some 15 pictures."""
ANCHOR_SECONDS: Final = 0.9
"""Where every picture is a key (MJPEG), one in this long is an anchor; else each key frame is."""
NET_SECONDS: Final = 12.0
"""One key frame in so long is decoded in any case, for what the sizes do not tell."""
SHRUNK: Final = 0.25
"""Pictures below this part of the file's usual size are small: a frozen or black picture has
under a tenth, a body camera whose bearer stands still some half."""
FEW_KEYS: Final = 3
"""A run with fewer key frames may be but the beginning or the end of a picture that stands: at a
constant bit rate sizes spread there, and are as usual in between."""
SPREAD: Final = 2.0
"""Upper by lower quartile of sizes, over the file's usual: a picture refined in steps has 3–10
times, moving and still scenes stay below 1.5 times."""
KEY_FELL: Final = 0.75
"""A key frame below this part of its neighbours' has lost detail."""
MOST_IN_RUNS: Final = 600
"""Key frames decoded because of small sizes, some 10 s of work; of hours before a still scene only
those at both ends of each run are, and the net."""
ENDS: Final = 4
KEY_NEIGHBOURS: Final = 8
SAME_BYTES: Final = 16
"""Intra pictures of one still differ by this at most; noise alone makes hundreds."""
LEAST_PACKETS: Final = 8
"""Fewer tell nothing of what is usual."""


@dataclass(frozen=True)
class Plan:
    """What tier two is to look at.

    anchors: indexes of packets where decoding begins, ascending. seeds: which anchors (ordinals)
    to decode. runs: (start, end) in seconds where sizes are small or spread. usual_bytes: of a
    picture between key frames; 0 where every picture is a key.
    """

    anchors: Any
    seeds: list[int]
    runs: list[tuple[float, float]]
    usual_bytes: float


def plan(seconds: Any, sizes: Any, keys: Any) -> Plan:
    """seconds, sizes, keys: columns of one video track in decoding order (see `Packets`)."""
    anchors = anchors_of(seconds, keys)
    if not len(anchors):
        return Plan(anchors, [], [], 0.0)
    flagged, usual = flagged_windows(seconds, sizes, keys)
    runs = [(start, end) for start, end in flagged if end - start >= 2 * LOOK_SECONDS]
    at = seconds[anchors]
    seeds = set(_net(at)) | set(_fallen(sizes[anchors]))
    inside = [np.searchsorted(at, run) for run in runs]
    thinned = sum(int(last - first) for first, last in inside) > MOST_IN_RUNS
    for first, last in inside:
        # Two that may be the same, whether what stands lies before the run or behind it.
        few = last - first < FEW_KEYS
        ordinals = range(max(0, int(first) - 2 * few), min(len(at), int(last) + few))
        seeds.update([*ordinals[:ENDS], *ordinals[-ENDS:]] if thinned else ordinals)
    return Plan(anchors, sorted(seeds), runs, 0.0 if _is_intra(keys) else usual)


def anchors_of(seconds: Any, keys: Any) -> Any:
    """Indexes of key packets, at least ANCHOR_SECONDS apart where every picture is a key."""
    found = np.flatnonzero(keys)
    if not _is_intra(keys):
        return found
    kept, last = [], -np.inf
    for index in found:
        if not 0 <= seconds[index] - last < ANCHOR_SECONDS:
            kept.append(index)
            last = seconds[index]
    return np.array(kept)


def flagged_windows(seconds: Any, sizes: Any, keys: Any) -> tuple[list[tuple[float, float]], float]:
    """(start, end) in seconds where pictures between key frames are small or their sizes spread;
    and how many bytes such a picture usually has. Stretches one window apart are one."""
    intra = _is_intra(keys)
    kept = np.ones(len(keys), dtype=bool) if intra else ~keys
    at, bytes_ = seconds[kept], sizes[kept].astype(float)
    if len(at) < LEAST_PACKETS:
        return [], 0.0
    window = np.floor((at - at.min()) / LOOK_SECONDS).astype(np.int64)
    # MJPEG's order in the file is its order in time: compared before they are sorted by size.
    repeats = np.abs(np.diff(bytes_, append=np.inf)) <= SAME_BYTES
    order = np.lexsort((bytes_, window))
    window, bytes_ = window[order], bytes_[order]
    firsts = np.flatnonzero(np.diff(window, prepend=-1))
    counts = np.diff(firsts, append=len(window))
    low, middle, high = (bytes_[firsts + counts * part // 4] for part in (1, 2, 3))
    # The upper quartile of windows is usual even where half the file is black.
    usual = float(np.percentile(middle, 75))
    if intra:
        repeating = np.add.reduceat(repeats, firsts, dtype=np.int64)
        flags = (middle < SHRUNK * usual) | (repeating >= counts / 2)
    else:
        spread = high / np.maximum(low, 1)
        flags = (low < SHRUNK * usual) | (spread > SPREAD * np.median(spread))
    starts = at.min() + window[firsts] * LOOK_SECONDS
    return joined([(float(s), float(s) + LOOK_SECONDS) for s in starts[flags]]), usual


def _is_intra(keys: Any) -> bool:
    """Every picture stands alone, or nearly so."""
    return bool(keys.mean() > 0.5)


def joined(windows: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Windows of LOOK_SECONDS, ascending, with those at most one window apart made one."""
    runs: list[tuple[float, float]] = []
    for start, end in windows:
        if runs and start - runs[-1][1] <= LOOK_SECONDS * 1.01:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _net(at: Any) -> list[int]:
    kept, last = [], -np.inf
    for number, moment in enumerate(at):
        if moment - last >= NET_SECONDS or moment < last:
            kept.append(number)
            last = moment
    return kept


def _fallen(sizes: Any) -> list[int]:
    """Key frames much smaller than those around them and than the file's."""
    fallen = []
    for number in np.flatnonzero(sizes < KEY_FELL * np.median(sizes)):
        around = sizes[max(0, number - KEY_NEIGHBOURS) : number + KEY_NEIGHBOURS + 1]
        if sizes[number] < KEY_FELL * np.median(around):
            fallen.append(int(number))
    return fallen
