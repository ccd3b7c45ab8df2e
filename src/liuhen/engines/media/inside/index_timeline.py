"""How a recording runs, from an MP4's own tables, without walking through its samples.

The tables are runs ("9000 samples, 3000 ticks each"): a hole is a run with a long step. Only where
samples lie beyond the end of the file, or are shown far from where they are coded, is each looked
at. What counts as a hole or a jump is `timeline`'s.
"""

from fractions import Fraction
from functools import partial
from typing import Final

import numpy as np

from liuhen.engines.media.facts import Code, Finding
from liuhen.engines.media.inside.movie import Movie, MovieTrack, Numbers
from liuhen.engines.media.inside.packets import MOST_PACKETS, Packets
from liuhen.engines.media.inside.samples import chunk_ends, laid_out, offsets_of, signed
from liuhen.engines.media.inside.timeline import GAP_INTERVALS, MOST_FINDINGS, Timeline, Track

MOST_RUNS: Final = 4_000_000
"""Runs of one track walked through; the hour of a phone that varies its rate has 100 000."""
MOST_TICKS: Final = float(1 << 60)
"""A track longer than this is nonsense, and would not fit 64 bits."""
REORDERED: Final = 16
"""Pictures that may be held back for reordering: the most H.264 and HEVC allow."""
_TYPES: Final = {"vide": "video", "soun": "audio"}


def measured(movie: Movie, size: int) -> Timeline | None:
    """The timeline of a file of `size` bytes; None if a table is not there or not usable."""
    used = [(n, track) for n, track in enumerate(movie.tracks) if track.kind in _TYPES]
    if not used or not all(_usable(track) for _, track in used):
        return None
    timeline = Timeline([], "index")
    for number, track in used:
        walked = Track(_TYPES[track.kind], Fraction(1, track.scale), index=number)
        walked.lay_out = partial(_packets, track, size)
        timeline.tracks.append(walked)
        if not _whole(track, size, timeline, walked):
            continue
        _walk(walked, _runs(track), 0)
        if track.ctts is not None and len(track.ctts):
            _look_at_order(walked, track)
    return timeline


def _packets(track: MovieTrack, size: int) -> Packets | None:
    """Of all samples that lie within the file; None if they cannot be laid out."""
    samples = laid_out(track, MOST_PACKETS)
    if samples is None or track.external:
        return None
    there = samples.at + samples.sizes <= size
    return Packets(
        samples.times[there],
        samples.sizes[there],
        samples.keys[there],
        samples.at[there],
        Fraction(1, track.scale),
        is_direct=True,
    )


def _usable(track: MovieTrack) -> bool:
    runs = track.stts
    if not (track.scale and track.count > 1 and 0 < len(runs) <= MOST_RUNS and len(track.chunks)):
        return False
    return float((runs[:, 0].astype(float) * abs(signed(runs[:, 1]))).sum()) < MOST_TICKS


def _runs(track: MovieTrack) -> Numbers:
    """Pairs (how many samples, ticks to the next), for as many samples as have a size."""
    counts = track.stts[:, 0].astype(np.int64)
    before = np.cumsum(counts) - counts
    counts = np.clip(track.count - before, 0, counts)
    return np.stack([counts, signed(track.stts[:, 1])], axis=1)[counts > 0]


def _whole(track: MovieTrack, size: int, timeline: Timeline, walked: Track) -> bool:
    """Whether all samples lie within the file. If not those that do are walked through here."""
    ends = chunk_ends(track)
    if ends is None or int(ends.max(initial=0)) <= size:
        return True
    samples = laid_out(track)
    if samples is None:
        return True
    gone = samples.at + samples.sizes > size
    times = samples.times[~gone]
    if len(times):
        steps = np.append(np.diff(times), 0)
        _walk(walked, np.stack([np.ones_like(steps), steps], axis=1), int(times[0]))
    lost_from = int(samples.times[int(np.argmax(gone))]) - (walked.first or 0)
    evidence = {
        "track": walked.type, "lost_packets": int(gone.sum()), "kept_packets": walked.packets,
    }  # fmt: skip
    start = float(lost_from * walked.base)
    timeline.findings.append(Finding(Code.TRUNCATED, start, None, evidence))
    return False


def _walk(track: Track, runs: Numbers, first: int) -> None:
    """Note `runs` in `track`, as if each sample had passed; the first at `first` ticks."""
    counts, steps = runs[:, 0], runs[:, 1]
    starts = first + np.cumsum(counts * steps) - counts * steps
    between = counts.copy()
    between[-1] -= 1  # the last sample has no next
    normal = (steps > 0) & (steps <= track.gap_ticks)
    number = np.cumsum(np.where(normal, between, 0))
    ticks = np.cumsum(np.where(normal, between * steps, 0))
    odd = (steps < -track.back_ticks) | (steps > track.gap_ticks)
    for at in np.flatnonzero(odd & (between > 0)):
        run = int(starts[at]), int(steps[at]), int(between[at])
        _odd_run(track, *run, int(number[at]), int(ticks[at]))
    track.steps += int(number[-1])
    track.step_sum += int(ticks[-1])
    track.packets = int(counts.sum())
    track.last = int(starts[-1] + (counts[-1] - 1) * steps[-1])
    track.first = min(first, track.last, int(starts.min()))
    track.end = max(track.last, int(starts.max())) + track.usual_step


def _odd_run(track: Track, start: int, step: int, count: int, number: int, ticks: int) -> None:
    """A run of `count` steps out of the ordinary. number, ticks: ordinary steps before it;
    `track` itself counts those that turned out to be usual after all (time lapse)."""
    jump = step < 0 or step > track.jump_ticks
    number, ticks = number + track.steps, ticks + track.step_sum
    if not jump and step * number <= GAP_INTERVALS * ticks:
        track.steps += count
        track.step_sum += step * count
        return
    usual = 0 if jump or not number else round(ticks / number)
    kept = max(0, min(count, MOST_FINDINGS - len(track.breaks)))
    code = Code.TIMESTAMP_JUMP if jump else Code.TIMESTAMP_GAP
    edges = (start + n * step for n in range(kept))
    track.breaks += [(code, at + usual, at + step) for at in edges]
    track.more_breaks += count - kept


def _look_at_order(walked: Track, track: MovieTrack) -> None:
    """Times of presentation: coded in one order and shown in another, but never far apart."""
    offsets = offsets_of(track)
    held = max(walked.back_ticks, REORDERED * walked.usual_step)
    if int(offsets.max()) - int(offsets.min()) <= held:
        return
    samples = laid_out(track)
    if samples is None:
        return
    shown = samples.shown
    highest = np.maximum.accumulate(shown)
    behind = highest - shown > held
    first = behind & ~np.concatenate([[False], behind[:-1]])
    found: list[tuple[str, int, int]] = [
        (Code.TIMESTAMP_JUMP, int(highest[at]), int(shown[at]))
        for at in np.flatnonzero(first)[:MOST_FINDINGS]
    ]
    found += _holes(walked, np.sort(shown), held) if not walked.breaks else []
    walked.breaks += found[: MOST_FINDINGS - len(walked.breaks)]


def _holes(track: Track, shown: Numbers, held: int) -> list[tuple[str, int, int]]:
    steps = np.diff(shown)
    usual = track.usual_step
    wide = np.flatnonzero(steps > max(track.gap_ticks, held, GAP_INTERVALS * usual))
    found: list[tuple[str, int, int]] = []
    for at in wide[:MOST_FINDINGS]:
        start, end = int(shown[at]), int(shown[at + 1])
        jump = end - start > track.jump_ticks
        code = Code.TIMESTAMP_JUMP if jump else Code.TIMESTAMP_GAP
        found.append((code, start if jump else start + usual, end))
    return found
