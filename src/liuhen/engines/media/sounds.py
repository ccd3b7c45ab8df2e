"""The sound of a recording as plain samples, for engines that listen."""

import os
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from liuhen.engines.media import reading, sandbox
from liuhen.engines.media.examine import kept_as
from liuhen.engines.media.limits import MIB, Limits

SAMPLES: Final = "sound.pcm"
RATE: Final = 16_000
"""Samples a second, mono, signed 16 bits, little endian: what speech models are trained on."""
LONGEST_SECONDS: Final = 6 * 3600
LARGEST_BYTES: Final = LONGEST_SECONDS * RATE * 2 + MIB
LIMITS: Final = Limits(cpu_seconds=1800, wall_seconds=3600.0, written_bytes=LARGEST_BYTES)


@dataclass(frozen=True)
class Sound:
    """`path`: raw samples (see RATE). Sample n is heard n / RATE seconds after the start."""

    path: Path
    samples: int

    @property
    def seconds(self) -> Fraction:
        return Fraction(self.samples, RATE)


def take(
    original: Path, out_dir: Path, *, name: bytes | None = None, limits: Limits = LIMITS
) -> Sound | None:
    """Write the sound of `original` to `out_dir`; None: it has none that decodes.

    Raises OSError: `original` cannot be opened, or `out_dir` not written.
    """
    with sandbox.opened(original) as file:
        kind, suffix = kept_as(os.fsencode(original.name) if name is None else name, file)
        made = out_dir / "made"
        made.mkdir()
        order = {"kind": kind, "suffix": suffix, "rate": RATE, "most": LONGEST_SECONDS}
        samples = _asked(file, made, order, limits)
    target = out_dir / SAMPLES
    if not samples or not sandbox.take(made / SAMPLES, target):
        return None
    return Sound(target, samples)


@dataclass(frozen=True)
class _Heard:
    samples: int = 0


def _asked(file: int, made: Path, order: dict[str, Any], limits: Limits) -> int:
    try:
        answer = sandbox.run("sound", file, made, order, limits)
        return _Heard(**reading.fit(reading.mapping(answer.result), _Heard)).samples
    except (sandbox.ChildDied, ValueError, TypeError, RecursionError):
        return 0
