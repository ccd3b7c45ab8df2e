"""Each sample of a track, from the runs of its tables: when, where, how large, whether a key."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from liuhen.engines.media.inside.movie import MovieTrack, Numbers

MOST_SAMPLES: Final = 12_000_000
"""Two days at 60 pictures a second; beyond that nothing is laid out sample by sample."""
_NO_TICKS: Final = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Samples:
    """A track's samples in decoding order, all arrays of one length.

    times, shown: decoding and presentation, ticks of the track. at: bytes from the file's start.
    """

    times: Numbers
    shown: Numbers
    sizes: Numbers
    at: Numbers
    keys: Numbers


def laid_out(track: MovieTrack, most: int = MOST_SAMPLES) -> Samples | None:
    """All samples that every table of `track` covers; None if none or more than `most`."""
    runs = track.stts[:, 0].astype(np.int64)
    count = min(track.count, int(runs.sum()))
    sizes = track.sizes
    places = per_chunk(track, count) if 0 < count <= most else None
    if places is None:
        return None
    each, firsts = places
    count = int(each.sum())
    sizes = np.full(count, sizes) if isinstance(sizes, int) else sizes[:count]
    sizes = sizes.astype(np.int64)
    before = np.cumsum(sizes) - sizes
    chunks = track.chunks[: len(each)].astype(np.int64)
    at = np.repeat(chunks, each) + before - before[np.repeat(firsts, each)] if count else before
    times = _times(track, count)
    keys = np.ones(count, dtype=bool)
    if track.keys is not None:
        keys[:] = False
        numbers = track.keys.astype(np.int64) - 1
        keys[numbers[(numbers >= 0) & (numbers < count)]] = True
    return Samples(times, times + _offsets(track, count), sizes, at, keys)


def _times(track: MovieTrack, count: int) -> Numbers:
    steps = _spread(track.stts[:, 0], signed(track.stts[:, 1]), count)
    return np.cumsum(steps) - steps


def _offsets(track: MovieTrack, count: int) -> Numbers:
    if track.ctts is None or not len(track.ctts):
        return np.zeros(count, dtype=np.int64)
    spread = _spread(track.ctts[:, 0], offsets_of(track), count)
    return np.pad(spread, (0, count - len(spread)))


def offsets_of(track: MovieTrack) -> Numbers:
    """The composition offset of each run of `ctts`, whatever its version says of their sign."""
    return _NO_TICKS if track.ctts is None else signed(track.ctts[:, 1])


def signed(ticks: Numbers) -> Numbers:
    """A step beyond 2^31 is a negative one, written by muxers whose clock ran back."""
    return ticks.astype(np.uint32).view(np.int32).astype(np.int64)


def _spread(counts: Numbers, values: Numbers, most: int) -> Numbers:
    """Each value as often as its count says, `most` in all: a count of billions costs nothing."""
    kept = np.minimum(counts.astype(np.int64), most)
    ends = np.cumsum(kept)
    kept = np.clip(most - (ends - kept), 0, kept)
    return np.repeat(values, kept)


def per_chunk(track: MovieTrack, count: int) -> tuple[Numbers, Numbers] | None:
    """Of each chunk: how many of the first `count` samples it holds, and its first one's number."""
    runs, chunks = track.stsc.astype(np.int64), len(track.chunks)
    if not len(runs) or not chunks:
        return None
    starts = np.clip(runs[:, 0] - 1, 0, chunks)
    lengths = np.diff(np.append(starts, chunks))
    if (lengths < 0).any():
        return None
    each = np.repeat(np.minimum(runs[:, 1], count), lengths)
    firsts = np.minimum(np.cumsum(each) - each, count)
    return np.clip(count - firsts, 0, each), firsts


def chunk_ends(track: MovieTrack) -> Numbers | None:
    """Where each chunk ends in the file, bytes from its start; None if the tables do not say."""
    places = per_chunk(track, track.count)
    if places is None:
        return None
    each, firsts = places
    chunks = track.chunks[: len(each)].astype(np.int64)
    if isinstance(track.sizes, int):
        return chunks + each * track.sizes
    before = np.concatenate([[0], np.cumsum(track.sizes, dtype=np.int64)])
    return chunks + before[firsts + each] - before[firsts]
