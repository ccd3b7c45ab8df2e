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


UNHEARD: Final = -1.0
"""The level of a slice for which no sound was decoded."""


class Levels:
    """The loudest sample, 0–1, of every slice of 1 / SLICES_PER_SECOND; UNHEARD where none was."""

    def __init__(self) -> None:
        self._slices = np.full(4096, UNHEARD, dtype=np.float32)
        self.used = 0

    def add(self, frame: Any, at: Fraction | float) -> bool:
        """A decoded frame that begins `at` seconds; False where that is past MOST_SLICES."""
        return self.put(max(0, int(at * SLICES_PER_SECOND)), peaks_of(frame))

    def put(self, start: int, loud: Any) -> bool:
        """Peaks of successive slices, the first of them number `start`."""
        end = start + len(loud)
        if end > MOST_SLICES:
            return False
        while end > len(self._slices):
            more = np.full_like(self._slices, UNHEARD)
            self._slices = np.concatenate([self._slices, more])
        here = self._slices[start:end]
        np.maximum(here, loud, out=here)
        self.used = max(self.used, end)
        return True

    @property
    def slices(self) -> Any:
        return self._slices[: self.used]


@dataclass
class Sound:
    """decoded: whether any sound decoded. errors: packets that did not. levels: of all of it,
    from the first sound on (at `first` seconds of the file's clock), where all was decoded."""

    decoded: bool = False
    written: bool = False
    errors: int = 0
    levels: Levels | None = None
    first: Fraction | None = None


def make(container: InputContainer, stream: Any, out: Path | None) -> Sound:
    """Decode `stream` and write its peaks to `out` as JSON; None decodes one frame only.

    Shape: {"peaks": [0.0–1.0, at most BUCKETS], "seconds_per_peak": float, "duration": float}.
    Silence where nothing was recorded (by time stamps), so peaks line up with a player's clock.
    """
    sound = Sound()
    levels = Levels()
    for frame in _frames(container, stream, sound):
        sound.decoded = True
        if out is None:
            return sound
        at = Fraction(frame.pts or 0) * (frame.time_base or stream.time_base)
        sound.first = at if sound.first is None else sound.first
        if not levels.add(frame, at - sound.first):
            break
    if levels.used and out is not None:
        sound.levels = levels
        with contextlib.suppress(OSError):  # a full disk costs the waveform, not the facts
            out.write_text(json.dumps(_waveform(np.maximum(levels.slices, 0))))
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


def peaks_of(frame: Any) -> Any:
    """Loudest absolute sample of each slice the frame covers, 0–1."""
    samples = frame.to_ndarray()
    if samples.dtype.kind in "iu":
        middle = 128 if samples.dtype == np.uint8 else 0
        top = 128 if samples.dtype == np.uint8 else np.iinfo(samples.dtype).max + 1
        samples = (samples.astype(np.float32) - middle) / np.float32(top)
    if not frame.format.is_planar:
        samples = samples.reshape(-1, max(1, frame.layout.nb_channels)).T
    loud = np.abs(samples)
    mono = loud[0] if len(loud) == 1 else np.fmax.reduce(loud)
    if not len(mono):
        return mono
    step = max(1, frame.sample_rate // SLICES_PER_SECOND)
    # fmax passes over what is no number; of a slice with nothing else it remains, as silence.
    peaks = np.fmax.reduceat(mono, np.arange(0, len(mono), step))
    return np.clip(np.nan_to_num(peaks), 0, 1)


def _waveform(slices: Any) -> dict[str, Any]:
    per_bucket = max(1, -(-len(slices) // BUCKETS))
    peaks = np.maximum.reduceat(slices, np.arange(0, len(slices), per_bucket))
    return {
        "peaks": [round(float(peak), 3) for peak in peaks],
        "seconds_per_peak": per_bucket / SLICES_PER_SECOND,
        "duration": len(slices) / SLICES_PER_SECOND,
    }
