"""Copies that any browser plays: H.264/AAC MP4, AAC M4A, JPEG. For looking at, never evidence."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from liuhen.engines.media import reading, sandbox
from liuhen.engines.media.examine import finding_of, kept_as
from liuhen.engines.media.facts import Finding
from liuhen.engines.media.limits import Limits

MEDIA_TYPES: Final = {".mp4": "video/mp4", ".m4a": "audio/mp4", ".jpg": "image/jpeg"}


@dataclass(frozen=True)
class Rendition:
    """What came of it. `path` is None if nothing could be decoded; `findings` then say why.

    width, height: pixels, upright; None for sound. duration: seconds to the last frame's start.
    findings: what was wrong on the way; a rendition of a damaged file has both.
    """

    path: Path | None = None
    media_type: str | None = None
    kind: str | None = None
    width: int | None = None
    height: int | None = None
    duration: Fraction | None = None
    findings: tuple[Finding, ...] = ()
    sandbox: str = "rlimits"


@dataclass(frozen=True)
class _Made:
    output: str | None = None
    kind: str | None = None
    width: int | None = None
    height: int | None = None
    duration: Fraction | None = None


def make_rendition(
    original: Path,
    out: Path,
    *,
    name: bytes | None = None,
    limits: Limits | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Rendition:
    """Make a rendition of `original`; what decodes of a damaged file is kept.

    Args:
        original: a regular file.
        out: where to, without suffix: `.mp4` (video), `.m4a` (sound) or `.jpg` (photo) is put
            on. The file appears whole or not at all; one that is there is replaced.
        name: what the device called it, if `original` has another name.
        limits: default `Limits.for_rendition()`; give it the duration where it is known.
        on_progress: called with 0.0–1.0, about a hundred times, where a duration is known.
    Raises:
        OSError: `original` cannot be opened, or nothing can be written beside `out`.
    """
    limits = limits or Limits.for_rendition()
    private = Path(tempfile.mkdtemp(prefix=".rendering-", dir=out.parent))
    try:
        with sandbox.opened(original) as file:
            kind, suffix = kept_as(os.fsencode(original.name) if name is None else name, file)
            order = {"kind": kind, "suffix": suffix}
            made, rendition = _asked(file, private, order, limits, on_progress)
        suffix = Path(made.output or "").suffix
        if made.output != f"rendition{suffix}" or suffix not in MEDIA_TYPES:
            return rendition
        target = out.with_name(out.name + suffix)
        if not sandbox.take(private / made.output, target):
            return rendition
        return replace(rendition, path=target, media_type=MEDIA_TYPES[suffix])
    finally:
        shutil.rmtree(private, ignore_errors=True)


def _asked(
    file: int, private: Path, order: dict[str, Any], limits: Limits,
    on_progress: Callable[[float], None] | None,
) -> tuple[_Made, Rendition]:  # fmt: skip
    try:
        answer = sandbox.run("rendition", file, private, order, limits, on_progress)
        raw = reading.mapping(answer.result)
        made = _Made(**reading.fit(raw, _Made, ignored=("findings",)))
        findings = tuple(Finding(**reading.fit(f, Finding)) for f in reading.items(raw, "findings"))
        held = answer.sandbox
    except (sandbox.ChildDied, ValueError, TypeError, RecursionError) as wrong:
        return _Made(), Rendition(
            kind=order["kind"], findings=(finding_of(wrong),), sandbox=sandbox.held_by()
        )
    return made, Rendition(
        kind=made.kind, width=made.width, height=made.height, duration=made.duration,
        findings=findings, sandbox=held,
    )  # fmt: skip
