"""Take one thing out of the recording on standard input: a picture, or its sound as samples."""

import os
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import numpy as np
from PIL import Image

from liuhen.engines.media.inside.look import form_by_suffix
from liuhen.engines.media.inside.opening import ORIGINAL, open_media, tolerating
from liuhen.engines.media.inside.tracks import is_cover
from liuhen.engines.media.inside.transcode import Clock
from liuhen.engines.media.signatures import HEAD_BYTES, form_of

SLACK: Final = Fraction(1, 1000)
"""Seconds. A player tells its place in binary fractions: a picture that begins this much later is
the one it shows."""
BEFORE: Final = Fraction(2)
"""Seconds. How much earlier to start again where the seek came down behind the picture."""
QUALITY: Final = 92
SILENCE_AT_ONCE: Final = 1 << 16


def prepare(order: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The verb, with what it needs loaded: later nothing outside may be opened."""
    form = form_by_suffix(form_of(os.pread(ORIGINAL, HEAD_BYTES, 0)), order["suffix"])
    if order["verb"] == "frame":
        return lambda order: _picture(form, order)
    return lambda order: _sound(form, order)


def _picture(form: str | None, order: dict[str, Any]) -> dict[str, Any]:
    at = Fraction(order["at"])
    found: tuple[Any, Fraction] | None = None
    with tolerating():
        found = _walked(form, at) if order["walk"] else _sought(form, at)
    if found is None:
        return {}
    frame, seconds = found
    image = _upright(frame)
    image.save(Path(order["out"]) / "frame.jpg", "JPEG", quality=QUALITY)
    return {"seconds": str(seconds), "width": image.width, "height": image.height}


def _sought(form: str | None, at: Fraction) -> tuple[Any, Fraction] | None:
    """From the key frame before it; from earlier, at last from the start without any seek, where
    a broken index leads past it."""
    for early in (Fraction(0), BEFORE, None):
        with open_media(form, hidden_too=False) as container:
            origin = Fraction(container.start_time or 0, av.time_base)
            if early is not None:
                with tolerating():
                    container.seek(int(max(origin, origin + at - early) * av.time_base))
            found = _last_until(_stamped(container), origin + at + SLACK)
        # Its first picture may come later than the sound does: at last that is what is shown.
        if found is not None and (early is None or found[1] <= origin + at + SLACK):
            return found[0], max(Fraction(0), found[1] - origin)
    return None


def _walked(form: str | None, at: Fraction) -> tuple[Any, Fraction] | None:
    """From the start, the clock's leaps closed as in a rendition."""
    with open_media(form, hidden_too=False) as container:
        clock = Clock(Fraction(container.start_time or 0, av.time_base))
        shown = ((frame, clock.at(stamp)) for frame, stamp in _stamped(container))
        return _last_until(shown, at + SLACK)


def _stamped(container: Any) -> Iterator[tuple[Any, Fraction]]:
    """(frame, seconds on the file's clock) of the video track, in the order they are shown."""
    stream = next((one for one in container.streams.video if not is_cover(one)), None)
    if stream is None:
        return
    stream.codec_context.thread_type = "AUTO"
    packets = iter(container.demux(stream))
    while True:
        frames: list[Any] = []
        with tolerating():
            packet = next(packets, None)
            if packet is None:
                return
            with tolerating():
                frames = packet.decode()
            for frame in frames:
                if frame.pts is not None:
                    yield frame, frame.pts * (frame.time_base or stream.time_base)
            continue
        return  # reading failed: what came before is what there is


def _last_until(
    frames: Iterator[tuple[Any, Fraction]], at: Fraction
) -> tuple[Any, Fraction] | None:
    """The last one that begins by `at`; the first one at all if none does."""
    found = None
    for frame, seconds in frames:
        if seconds > at:
            return found or (frame, seconds)
        found = frame, seconds
    return found


def _upright(frame: Any) -> Any:
    """With square pixels, turned as the device was held."""
    image = Image.fromarray(frame.to_ndarray(format="rgb24"))
    aspect = getattr(frame, "sample_aspect_ratio", None)
    if aspect and Fraction(1, 4) < aspect < 4 and aspect != 1:
        image = image.resize((round(image.width * aspect), image.height))
    return image.rotate(frame.rotation % 360, expand=True)


def _sound(form: str | None, order: dict[str, Any]) -> dict[str, Any]:
    """Mono samples laid out by their time stamps, so that a place in them is a place in time."""
    rate, written = int(order["rate"]), 0
    most = int(order["most"]) * rate
    with (Path(order["out"]) / "sound.pcm").open("wb") as out, tolerating():
        for samples, seconds in _heard(form, rate):
            start = min(int(seconds * rate), most)
            while written < start:
                gap = min(start - written, SILENCE_AT_ONCE)
                out.write(bytes(2 * gap))
                written += gap
            part = samples[max(0, written - start) :][: most - written]
            out.write(part.astype("<i2").tobytes())
            written += len(part)
            if written >= most:
                break
    return {"samples": written}


def _heard(form: str | None, rate: int) -> Iterator[tuple[Any, Fraction]]:
    with open_media(form, hidden_too=False) as container:
        stream = next(iter(container.streams.audio), None)
        if stream is None:
            return
        clock = Clock(Fraction(container.start_time or 0, av.time_base))
        resampler = av.AudioResampler("s16", "mono", rate)
        for packet in container.demux(stream):
            frames: list[Any] = []
            with tolerating():
                frames = packet.decode()
            for frame in frames:
                if frame.pts is None:
                    continue
                base = frame.time_base or stream.time_base or Fraction(1, rate)
                seconds = clock.at(frame.pts * base)
                frame.pts = None
                parts = [one.to_ndarray()[0] for one in resampler.resample(frame)]
                if parts:
                    yield np.concatenate(parts), seconds
