"""What a decoded picture shows: black, without detail, or the same as another.

Luma is judged alone, at half width and height where there is plenty. "Level" is one step of 255.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

BLOCK: Final = 16
"""Pixels wide and high; encoders repeat or change pictures in such blocks."""
PLENTY_PIXELS: Final = 640
"""From this width every second pixel of every second row says enough."""
BLACK_LEVELS: Final = 0.10
"""Up to this part of black to white a pixel is black: FFmpeg's `blackdetect` has the same."""
BLACK_SHARE: Final = 0.98
"""… and a picture where so many are; a burnt-in clock covers one pixel in a hundred."""
PLAIN_LEVELS: Final = 3.0
"""Neighbouring 8-pixel means of a covered lens differ by less: light falls off slowly through
cloth or a finger, while the edge of any thing in sight is 10 and more."""
PLAIN_SHARE: Final = 0.95
"""A picture is without detail where so many neighbours are plain. Rooms and streets have less
than 85 %; the clock takes up to 3."""
SAME_STEP_LEVELS: Final = 0.5
"""Mean change of a block from one picture to the next that repeats it; a sensor's noise, as far as
an encoder keeps it, makes 0.6 and more."""
SAME_KEY_LEVELS: Final = 3.5
"""… and from key frame to key frame, which encoders quantise anew, at first as coarsely as moving
pictures."""
ALIVE_CHANGE: Final = 0.2
"""Change against detail (`change`) between two key frames: less between some of a picture that
stands, however its encoder refines it; always more in a still scene whose noise is alive."""
SHIFTED_LEVELS: Final = 3.0
"""A block's mean brightness moves by less while one picture is only refined."""
SAME_SHARE: Final = 0.95
"""Blocks that must be the same; a running clock takes one or two in a hundred."""


@dataclass(frozen=True)
class Look:
    """One picture. luma: uint8, thinned. step: pixels between neighbours of `luma`.

    limited: black is 16 and white 235 (most video), else 0 and 255.
    """

    luma: Any
    step: int
    limited: bool

    @property
    def side(self) -> int:
        return BLOCK // self.step

    @cached_property
    def means(self) -> Any:
        """Mean luma of each block."""
        return _means(self.luma, self.side)


def look_at(frame: Any) -> Look | None:
    """A decoded video frame's luma, copied; None where its format cannot be read."""
    form = frame.format
    plain = form.name.startswith(("yuv", "nv", "gray")) and form.components[0].bits == 8
    full = form.name.startswith(("yuvj", "gray", "rgb", "gbr")) or int(frame.color_range) == 2
    if not plain or frame.planes[0].line_size <= 0:  # below 0: stored from its lowest row
        try:
            frame, full = frame.reformat(format="gray"), True
        except ValueError:
            return None
    plane = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    step = 2 if frame.width >= PLENTY_PIXELS else 1
    luma = rows[: frame.height : step, : frame.width : step]
    return Look(np.ascontiguousarray(luma), step, not full)


def is_black(look: Look) -> bool:
    low, high = (16, 235) if look.limited else (0, 255)
    limit = np.uint8(low + BLACK_LEVELS * (high - low))  # a byte: nothing is converted
    return bool(np.count_nonzero(look.luma <= limit) >= BLACK_SHARE * look.luma.size)


def plain_share(look: Look) -> float:
    """The part of neighbouring 8-pixel means that hardly differ, 0–1."""
    means = _means(look.luma, look.side // 2)
    if means.size < 4:
        return 0.0
    across, down = np.abs(np.diff(means, axis=1)), np.abs(np.diff(means, axis=0))
    return float((np.mean(across <= PLAIN_LEVELS) + np.mean(down <= PLAIN_LEVELS)) / 2)


def mean_luma(look: Look) -> float:
    return float(look.means.mean()) if look.means.size else float(look.luma.mean())


def same_share(one: Look, other: Look, levels: float) -> float:
    """The part of blocks whose pixels differ by at most `levels` in the mean, 0–1."""
    blocks = apart(one, other)
    return float(np.mean(blocks <= levels)) if blocks.size else 0.0


def apart(one: Look, other: Look) -> Any:
    """Mean change of each block in levels; empty where two pictures have different sizes."""
    if one.luma.shape != other.luma.shape:
        return np.empty((0, 0), dtype=np.float32)
    change = np.maximum(one.luma, other.luma) - np.minimum(one.luma, other.luma)
    return _means(change, one.side)


def change(one: Look, other: Look, blocks: Any = None) -> float:
    """Change of the middle block in levels, by the mean step between neighbouring pixels of the
    later picture: what is quantised anew changes less than its own detail. 1.0 if not to tell.
    blocks: what `apart` gave, if it is known."""
    blocks = apart(one, other) if blocks is None else blocks
    if not blocks.size:
        return 1.0
    across = other.luma[::2]  # half the rows tell the mean
    step = np.maximum(across[:, 1:], across[:, :-1]) - np.minimum(across[:, 1:], across[:, :-1])
    return float(np.median(blocks)) / max(float(step.mean()), 0.1)


def stays_share(one: Look, other: Look) -> float:
    """The part of blocks whose brightness hardly moved, however they were quantised, 0–1."""
    if one.luma.shape != other.luma.shape:
        return 0.0
    moved = np.abs(one.means - other.means)
    return float(np.mean(moved <= SHIFTED_LEVELS)) if moved.size else 0.0


def _means(luma: Any, side: int) -> Any:
    """Means of whole squares of `side`; the rest at the right and lower edge is left out."""
    height, width = (length // side * side for length in luma.shape)
    if not height or not width:
        return np.empty((0, 0), dtype=np.float32)
    rows = luma[:height, :width].reshape(height // side, side, width)
    # Row sums first, then every `side`-th column of them: many times faster than adding squares.
    sums = rows.sum(axis=1, dtype=np.uint16)
    columns = (sums[:, first::side] for first in range(1, side))
    return sum(columns, start=sums[:, ::side].astype(np.float32)) / np.float32(side * side)
