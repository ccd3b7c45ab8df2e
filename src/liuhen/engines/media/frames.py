"""One picture of a video at full size, as the player shows it at that moment."""

import os
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from liuhen.engines.media import reading, sandbox
from liuhen.engines.media.examine import kept_as
from liuhen.engines.media.limits import MIB, Limits

PICTURE: Final = "frame.jpg"
LIMITS: Final = Limits(cpu_seconds=120, wall_seconds=180.0, written_bytes=64 * MIB)
"""A file whose clock leaps is decoded from its start; others from the key frame before."""


@dataclass(frozen=True)
class Shot:
    """`seconds`: the picture's own time stamp, from the recording's start; pixels upright."""

    path: Path
    seconds: Fraction
    width: int
    height: int


def take(
    original: Path,
    out_dir: Path,
    *,
    at: Decimal,
    name: bytes | None = None,
    has_jumps: bool = False,
    limits: Limits = LIMITS,
) -> Shot | None:
    """Write the picture shown `at` seconds after the start to `out_dir`, as JPEG.

    Args:
        original: a regular file; the child gets its descriptor, never its name.
        out_dir: an existing folder that is nobody else's.
        at: seconds as the player counts: from the start of what is shown.
        name: what the device called it.
        has_jumps: the file's clock leaps; places are then counted through, as renditions do.
    Returns:
        None where nothing decodes there, or the child died of the file.
    Raises:
        OSError: `original` cannot be opened, or `out_dir` not written.
    """
    with sandbox.opened(original) as file:
        kind, suffix = kept_as(os.fsencode(original.name) if name is None else name, file)
        order = {"kind": kind, "suffix": suffix, "at": str(Fraction(at)), "walk": has_jumps}
        made = out_dir / "made"
        made.mkdir()
        seen = _asked(file, made, order, limits)
    target = out_dir / PICTURE
    if seen is None or not sandbox.take(made / PICTURE, target):
        return None
    return Shot(target, seen.seconds, seen.width, seen.height)


@dataclass(frozen=True)
class _Seen:
    seconds: Fraction
    width: int
    height: int


def _asked(file: int, made: Path, order: dict[str, Any], limits: Limits) -> _Seen | None:
    try:
        answer = sandbox.run("frame", file, made, order, limits)
        raw = reading.mapping(answer.result)
        return _Seen(**reading.fit(raw, _Seen)) if raw else None
    except (sandbox.ChildDied, ValueError, TypeError, RecursionError):
        return None
