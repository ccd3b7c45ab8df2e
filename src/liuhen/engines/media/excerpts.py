"""A stretch of a recording, copied packet by packet: nothing is decoded, nothing encoded anew."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from liuhen.engines.media import reading, sandbox
from liuhen.engines.media.examine import kept_as
from liuhen.engines.media.limits import MIB, Limits

LIMITS: Final = Limits(cpu_seconds=900, wall_seconds=1800.0, written_bytes=64 * 1024 * MIB)
"""Copying runs at the disk's speed: half an hour is a 64 GB file from a slow one."""

SUFFIXES: Final = (".mp4", ".mkv", ".m4a", ".mka", ".wav")


@dataclass(frozen=True)
class Excerpt:
    """`since` and `until`: what it really holds, seconds from the recording's start. It begins
    with the key frame at or before the moment asked for: earlier pictures need none to decode."""

    path: Path
    since: Fraction
    until: Fraction


@dataclass(frozen=True)
class _Made:
    output: str
    since: Fraction
    until: Fraction


def cut(
    original: Path,
    out: Path,
    *,
    since: Decimal,
    until: Decimal,
    name: bytes | None = None,
    limits: Limits = LIMITS,
) -> Excerpt | None:
    """Write the stretch from `since` to `until` (seconds from the start) beside `out`.

    Args:
        original: a regular file; the child gets its descriptor, never its name.
        out: where to, without suffix: one of SUFFIXES is put on. The file appears whole or not at
            all; one that is there is replaced.
        name: what the device called it.
    Returns:
        None where the file's form cannot be copied so, holds nothing there, or the child died.
    Raises:
        OSError: `original` cannot be opened, or nothing can be written beside `out`.
    """
    private = Path(tempfile.mkdtemp(prefix=".cutting-", dir=out.parent))
    try:
        with sandbox.opened(original) as file:
            kind, suffix = kept_as(os.fsencode(original.name) if name is None else name, file)
            order = {"kind": kind, "suffix": suffix}
            order |= {"since": str(Fraction(since)), "until": str(Fraction(until))}
            made = _asked(file, private, order, limits)
        if made is None or made.output not in {f"excerpt{suffix}" for suffix in SUFFIXES}:
            return None
        target = out.with_name(out.name + Path(made.output).suffix)
        if not sandbox.take(private / made.output, target):
            return None
        return Excerpt(target, made.since, made.until)
    finally:
        shutil.rmtree(private, ignore_errors=True)


def _asked(file: int, private: Path, order: dict[str, Any], limits: Limits) -> _Made | None:
    try:
        answer = sandbox.run("excerpt", file, private, order, limits)
        raw = reading.mapping(answer.result)
        return _Made(**reading.fit(raw, _Made)) if raw else None
    except (sandbox.ChildDied, ValueError, TypeError, RecursionError):
        return None
