"""Signs that a file is not as its device wrote it. Each is a fact with its evidence, no verdict.

What a good forger removes is not found here; what editing programs leave behind by themselves is.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from liuhen.engines.media.facts import Code, Finding
from liuhen.engines.media.inside.movie import Movie, MovieTrack

HIDDEN_SECONDS: Final = Fraction(1, 2)
"""An edit list may skip an encoder's start-up (some 0.1 s) and align tracks; not more."""
SAVED_SECONDS: Final = 60
"""A device closes its file within this after the recording's end."""
DAY_SECONDS: Final = 86_400
"""Changed this much later nobody was still closing the file."""
KNOWN_TIMES: Final = range(2_082_844_800 + 946_684_800, 2_082_844_800 + 4_102_444_800)
"""Seconds since 1904 of the years 2000 to 2099: another time is a clock that lost its battery."""
MOST_HIDDEN: Final = 50
"""Parts told of one track; an edit list can hide thousands."""


def of_index(movie: Movie, *, duration: Fraction | None) -> list[Finding]:
    """What the index of an MP4 or MOV shows. `duration`: seconds measured, None if unknown."""
    found = [finding for track in movie.tracks for finding in _edits(movie, track)]
    return found + _times(movie, duration if duration is not None else movie.duration)


def names_other_files(movie: Movie | None) -> bool:
    """Whether what it shows or plays is said to lie in another file, as in QuickTime's reference
    movies. Such a file is not opened at all: what it names is none of ours to read."""
    if movie is None:
        return False
    return movie.elsewhere or any(
        track.external for track in movie.tracks if track.kind in ("vide", "soun")
    )


def _edits(movie: Movie, track: MovieTrack) -> Iterator[Finding]:
    """Parts of a track that its edit list hides, repeats, slows down or puts in another order."""
    if track.kind not in ("vide", "soun") or not track.scale or not track.ticks:
        return
    scale, whole = Fraction(1, track.scale), Fraction(track.ticks, track.scale)
    kept = [
        (edit.start * scale, edit.start * scale + Fraction(edit.duration, movie.scale), edit.rate)
        for edit in track.edits
        if edit.start >= 0
    ]
    if not kept:
        return
    kind = "video" if track.kind == "vide" else "audio"
    evidence: dict[str, Any] = {"confidence": "medium", "track": kind, "entries": len(kept)}
    if any(rate != 1.0 and end > start for start, end, rate in kept):
        yield Finding(Code.EDIT_LIST, evidence=evidence | {"does": "speed"})
    if any(later[0] < earlier[1] - HIDDEN_SECONDS for earlier, later in pairwise(kept)):
        yield Finding(Code.EDIT_LIST, evidence=evidence | {"does": "order"})
        return
    # An entry of no length runs to the end (fragmented files begin with one).
    shown = [(start, min(whole, whole if end == start else end)) for start, end, _ in kept]
    edges = [Fraction(0), *(edge for part in shown for edge in part), whole]
    hidden = [
        (start, end)
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if end - start > HIDDEN_SECONDS
    ]
    for start, end in hidden[:MOST_HIDDEN]:
        told = evidence | {"does": "hides", "more": max(0, len(hidden) - MOST_HIDDEN)}
        yield Finding(Code.EDIT_LIST, float(start), float(min(end, whole)), told)


def _times(movie: Movie, duration: Fraction | None) -> list[Finding]:
    """Created and last changed, by all of the file's own times, beside the recording's length."""
    known = [pair for pair in movie.times if all(time in KNOWN_TIMES for time in pair)]
    if not known or duration is None:
        return []
    created = min(pair[0] for pair in known)
    changed = max(max(pair) for pair in known)
    apart = changed - created
    back = max(pair[0] - pair[1] for pair in known)
    lengths: dict[str, Any] = {"seconds": str(apart), "content_seconds": float(duration)}
    if back > SAVED_SECONDS:
        told = {"seconds": str(back), "confidence": "medium", "does": "changed_before_created"}
        return [Finding(Code.CLOCK_JUMP, evidence=told)]
    if apart > duration + SAVED_SECONDS:
        sure = "medium" if apart > duration + DAY_SECONDS else "low"
        return [Finding(Code.SAVED_AGAIN, evidence={**lengths, "confidence": sure})]
    if SAVED_SECONDS < apart < duration - SAVED_SECONDS:
        told = {**lengths, "confidence": "low", "does": "shorter"}
        return [Finding(Code.CLOCK_JUMP, evidence=told)]
    return []
