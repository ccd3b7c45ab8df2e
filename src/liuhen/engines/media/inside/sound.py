"""The waveform of a recording's sound: the loudest sample of each of some hundred stretches."""

import contextlib
import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import numpy as np
from av.container import InputContainer

from liuhen.engines.media.inside.opening import tolerating

BUCKETS: Final = 800
"""More than a player is wide on most screens."""
SLICES_PER_SECOND: Final = 50
"""Peaks are first kept this fine, because the true duration is known only at the end."""
MOST_SLICES: Final = 24 * 3600 * SLICES_PER_SECOND


@dataclass
class Sound:
    """decoded: whether any sound decoded. errors: packets that did not."""

    decoded: bool = False
    written: bool = False
    errors: int = 0


def make(container: InputContainer, stream: Any, out: Path | None) -> Sound:
    """Decode `stream` and write its peaks to `out` as JSON; None decodes one frame only.

    Shape: {"peaks": [0.0–1.0, at most BUCKETS], "seconds_per_peak": float, "duration": float}.
    Silence where nothing was recorded (by time stamps), so peaks line up with a player's clock.
    """
    sound = Sound()
    slices = np.zeros(4096, dtype=np.float32)
    used = 0
    first: Fraction | None = None
    for frame in _frames(container, stream, sound):
        sound.decoded = True
        if out is None:
            return sound
        at = Fraction(frame.pts or 0) * (frame.time_base or stream.time_base)
        first = at if first is None else first
        start = max(0, int((at - first) * SLICES_PER_SECOND))
        loud = _peaks(frame)
        if start + len(loud) > MOST_SLICES:
            break
        while start + len(loud) > len(slices):
            slices = np.concatenate([slices, np.zeros_like(slices)])
        here = slices[start : start + len(loud)]
        np.maximum(here, loud, out=here)
        used = max(used, start + len(loud))
    if used and out is not None:
        with contextlib.suppress(OSError):  # a full disk costs the waveform, not the facts
            out.write_text(json.dumps(_waveform(slices[:used])))
            sound.written = True
    return sound


def _frames(container: InputContainer, stream: Any, sound: Sound) -> Any:
    with tolerating():
        for packet in container.demux(stream):
            try:
                yield from packet.decode()
            except MemoryError:
                raise
            except av.error.FFmpegError:
                sound.errors += 1


def _peaks(frame: Any) -> Any:
    """Loudest absolute sample of each slice the frame covers, 0–1."""
    samples = frame.to_ndarray()
    if samples.dtype.kind in "iu":
        middle = 128 if samples.dtype == np.uint8 else 0
        top = 128 if samples.dtype == np.uint8 else np.iinfo(samples.dtype).max + 1
        samples = (samples.astype(np.float32) - middle) / np.float32(top)
    if not frame.format.is_planar:
        samples = samples.reshape(-1, max(1, frame.layout.nb_channels)).T
    mono = np.nan_to_num(np.abs(samples)).max(axis=0)
    step = max(1, frame.sample_rate // SLICES_PER_SECOND)
    edges = np.arange(0, len(mono), step)
    return np.clip(np.maximum.reduceat(mono, edges), 0, 1) if len(mono) else mono


def _waveform(slices: Any) -> dict[str, Any]:
    per_bucket = max(1, -(-len(slices) // BUCKETS))
    peaks = np.maximum.reduceat(slices, np.arange(0, len(slices), per_bucket))
    return {
        "peaks": [round(float(peak), 3) for peak in peaks],
        "seconds_per_peak": per_bucket / SLICES_PER_SECOND,
        "duration": len(slices) / SLICES_PER_SECOND,
    }
