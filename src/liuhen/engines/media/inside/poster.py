"""One picture that stands for a video: a key frame that is not black."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from PIL import Image

from liuhen.engines.media.inside.opening import tolerating
from liuhen.engines.media.inside.tracks import is_cover

POSTER_WIDTH: Final = 480
POSTER_HEIGHT: Final = 720
"""A picture taken upright stays within this."""
PLACES: Final = (0.1, 0.3, 0.5, 0.75, 0.0)
"""Tried in this order, as parts of the duration: a lens cap is often still on at the start."""
BLACK_MEAN: Final = 28
"""Mean luma (0–255) up to which a frame is taken for black; video black is 16."""
LONGEST_SECONDS: Final = 10**9
"""31 years; a header can state a length that no seek takes."""
MOST_PACKETS: Final = 120
"""Packets tried for one decodable frame before giving up on a place."""


@dataclass
class Poster:
    """decoded: whether any frame decoded. rotation: degrees clockwise to turn, None unknown."""

    decoded: bool = False
    written: bool = False
    rotation: int | None = None
    interlaced: bool = False


def make(opened: Callable[[], InputContainer], duration: Fraction | None, out: Path) -> Poster:
    """Decode a few key frames of the recording and write the best as JPEG to `out`.

    opened: opens it anew. duration: seconds, for choosing places.
    """
    best: VideoFrame | None = None
    for frame in _candidates(opened, duration):
        best = frame if best is None or _luma(frame) > _luma(best) else best
        if _luma(best) > BLACK_MEAN:
            break
    if best is None:
        return Poster()
    turn = -best.rotation % 360
    written = False
    # A full disk costs the poster, not the facts.
    with tolerating(), contextlib.suppress(ValueError, OSError):
        _save(best, turn, out)
        written = True
    return Poster(True, written, turn, best.interlaced_frame)


def _candidates(
    opened: Callable[[], InputContainer], duration: Fraction | None
) -> Iterator[VideoFrame]:
    if duration and duration < LONGEST_SECONDS:
        with opened() as container:
            stream = _stream(container, "NONKEY")
            start = container.start_time or 0
            for place in PLACES:
                at = start + int(place * float(duration) * av.time_base)
                with tolerating():
                    container.seek(at)
                    if (frame := first_frame(container, stream)) is not None:
                        yield frame
    # Seeking may find nothing in a damaged or tiny file: take what decodes from its start.
    for skip in ("NONKEY", "DEFAULT"):
        with opened() as container:
            frame = first_frame(container, _stream(container, skip))
        if frame is not None:
            yield frame


def _stream(container: InputContainer, skip: str) -> Any:
    stream: Any = next(s for s in container.streams.video if not is_cover(s))
    stream.codec_context.thread_count = 1  # one frame: more threads only cost memory
    stream.codec_context.skip_frame = skip
    return stream


def first_frame(container: InputContainer, stream: Any) -> Any:
    """The first frame of `stream` that decodes from here on, None within MOST_PACKETS."""
    tried = 0
    with tolerating():
        for packet in container.demux(stream):
            tried += 1
            with tolerating():
                frames = packet.decode()
                if frames:
                    return frames[0]
            if tried >= MOST_PACKETS:
                return None
    return None


def _luma(frame: VideoFrame) -> float:
    small = frame.reformat(64, 36, "gray").to_ndarray()
    return float(np.mean(small))


def _save(frame: VideoFrame, turn: int, out: Path) -> None:
    width, height = frame.width, frame.height
    limit = (POSTER_WIDTH, POSTER_HEIGHT) if turn in (0, 180) else (POSTER_HEIGHT, POSTER_WIDTH)
    scale = min(1.0, limit[0] / width, limit[1] / height)
    size = max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)
    small = frame.reformat(size[0], size[1], "rgb24", interpolation="AREA")
    image = Image.fromarray(small.to_ndarray())
    image.rotate(-turn, expand=True).save(out, "JPEG", quality=80)
