"""Black, covered and frozen pictures in one video track."""

from collections.abc import Callable
from statistics import median
from typing import Any, Final

from liuhen.engines.media.facts import Code, Finding
from liuhen.engines.media.inside import scan_looks as looks
from liuhen.engines.media.inside.scan_edges import LEAST_SECONDS, Edges
from liuhen.engines.media.inside.scan_keys import Keys, Pair
from liuhen.engines.media.inside.scan_reading import Reader
from liuhen.engines.media.inside.scan_sizes import Plan
from liuhen.engines.media.inside.scan_track import BLACK, COVERED, FROZEN, Stretch, Track

IDENTICAL: Final = 0.05
"""Key frames that change by so little (`looks.change`) hold the same picture, noise and all."""
REPEATING: Final = 0.25
"""Of the pictures of a standing one so many repeat the one before; the others refine it, which at a
constant bit rate goes on through half of the pictures between key frames. Live noise: 0–0.05."""
ONLY_REPEATING: Final = 0.6
"""… where there is no other sign."""
LEAP: Final = 0.3
"""Of the picture is another when a frozen camera that was carried runs on."""
CLEARLY_PLAIN: Final = 0.98
JOINED_SECONDS: Final = 0.2
"""Stretches of one kind so near are one."""
CODES: Final = {BLACK: Code.BLACK, COVERED: Code.COVERED, FROZEN: Code.FROZEN}


def scan(
    reader: Reader, plan: Plan, seconds: Any, sizes: Any, left: Callable[[], bool]
) -> list[Finding]:
    """Findings with start, end and `evidence.confidence` ("high", "medium", "low").

    seconds, sizes: of each packet, in decoding order. left: False when time is up; what is known
    by then is told, with edges to the next key frame, and that it is not all.
    """
    if not len(plan.anchors):
        return []
    track = Track(reader, plan, seconds, sizes, left)
    keys = Keys(track)
    keys.see(plan.seeds)
    edges = Edges(track, keys)
    coarse = keys.settle()
    # A still scene's key frames are alike, too; its sizes need no other explanation.
    found = [one if _is_alive(one, keys) else edges.found(one) for one in coarse]
    for start, end in plan.runs:
        if track.left() and not any(one.start < end and start < one.end for one in found):
            found += edges.walk(start, end)
    long = [one for one in _joined(found) if one.end - one.start > LEAST_SECONDS - track.interval]
    told = [_told(one, keys, edges) for one in long if not _is_alive(one, keys)]
    findings = [one for one in told if one is not None]
    return findings if left() else [*findings, _incomplete(track, keys)]


def _is_alive(one: Stretch, keys: Keys) -> bool:
    return one.kind == FROZEN and keys.is_alive(one)


def _incomplete(track: Track, keys: Keys) -> Finding:
    unseen = keys.unseen(track.plan.seeds)
    start = None if unseen is None else round(float(track.at[unseen]), 3)
    return Finding(Code.SCAN_INCOMPLETE, start, None, {"part": "picture"})


def _joined(found: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for one in sorted(found, key=lambda one: (one.kind, one.start)):
        before = joined[-1] if joined else None
        if before and before.kind == one.kind and one.start <= before.end + JOINED_SECONDS:
            keys = range(before.keys.start, one.keys.stop) if before.keys else one.keys
            joined[-1] = Stretch(one.kind, before.start, max(before.end, one.end), keys)
        else:
            joined.append(one)
    return sorted(joined, key=lambda one: one.start)


def _told(one: Stretch, keys: Keys, edges: Edges) -> Finding | None:
    """None where a closer look takes it back."""
    evidence = _frozen(one, keys, edges) if one.kind == FROZEN else _dark(one, keys)
    if evidence is None:
        return None
    return Finding(CODES[one.kind], round(one.start, 3), round(one.end, 3), evidence)


def _dark(one: Stretch, keys: Keys) -> dict[str, Any]:
    shown = [keys.shown[n] for n in one.keys if n in keys.shown]
    evidence: dict[str, Any] = {"confidence": "medium", "key_frames": len(shown)}
    if shown:
        evidence["mean_luma"] = round(median(key.luma for key in shown), 1)
    if one.kind == BLACK:
        return evidence | {"confidence": "high"}
    plain = median(key.plain for key in shown) if shown else looks.PLAIN_SHARE
    return evidence | {
        "confidence": "medium" if plain >= CLEARLY_PLAIN else "low",
        "plain_share": round(plain, 3),
    }


def _frozen(one: Stretch, keys: Keys, edges: Edges) -> dict[str, Any] | None:
    pairs = [keys.pairs[n] for n in one.keys[:-1] if n in keys.pairs]
    evidence: dict[str, Any] = {"key_frames": len(one.keys)}
    if min((pair.change for pair in pairs), default=1.0) <= IDENTICAL:
        return evidence | {"confidence": "high"}
    sure = _stands(one, pairs, edges)
    if sure is None:
        return None
    start, end = one.start, one.end
    if pairs:
        # Between key frames in its later part: at first an encoder still refines the picture.
        start, end = edges.whole(one.keys[(len(one.keys) - 1) // 2])
    steps = edges.steps.within(start, end)
    repeating = sum(steps) / len(steps) if steps else 0.0
    if repeating < (ONLY_REPEATING if sure == "low" else REPEATING):
        return None
    return evidence | {"confidence": sure, "repeating_share": round(repeating, 3)}


def _stands(one: Stretch, pairs: list[Pair], edges: Edges) -> str | None:
    """How sure the picture stands over key frames, where even a still scene's noise is new."""
    changes = [pair.change for pair in pairs]
    if changes and min(changes) <= looks.ALIVE_CHANGE:
        return "high" if len(pairs) > 1 else "medium"
    settled = edges.settled(one)
    if settled is not None:
        return "medium" if settled <= looks.ALIVE_CHANGE else None
    # No key frame far enough inside: one that ends with another picture has stood still.
    return "low" if not pairs and one.leap >= LEAP else None
