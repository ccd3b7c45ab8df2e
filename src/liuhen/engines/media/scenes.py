"""Drawn scenes for demonstration footage: a still room, people who move, a burnt-in clock.

The room is drawn once with Pillow and kept as YUV planes; a frame only pastes small moving parts
into a copy, because twenty clips are to be made while somebody waits.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from liuhen.engines.media import rooms

SCENES: Final[dict[str, Callable[[ImageDraw.ImageDraw, int, int], None]]] = {
    "shop": rooms.shop,
    "warehouse": rooms.warehouse,
    "stable": rooms.stable,
    "office": rooms.office,
}
_FONTS: Final = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
)
_COATS: Final = ((38, 52, 84), (92, 44, 40), (58, 84, 58), (110, 96, 62))

LIGHT_STEPS: Final = 12


class Scene:
    """One place filmed by one device.

    size: width and height, even. caption: device and officer number, ASCII. seed: decides who
    walks about and how; the same seed gives the same pictures.
    """

    def __init__(self, name: str, size: tuple[int, int], caption: str, *, seed: str) -> None:
        self.size, self._caption = size, caption
        width, height = size
        self._ground = Image.new("RGB", size)
        SCENES[name](ImageDraw.Draw(self._ground), width, height)
        self._planes = _planes(self._ground)
        random = np.random.default_rng(list(seed.encode()))
        self._noise = random.integers(-2, 3, (6, height, width), dtype=np.int8).view(np.uint8)
        self._level, self._ground_lit = 1 << 8, self._planes[0]
        self._walkers = [_Walker(random, size) for _ in range(int(random.integers(2, 4)))]
        self._second: tuple[str, Any] | None = None

    def frame(self, started_at: datetime, at: float) -> Any:
        """The picture `at` seconds after `started_at` as a yuv420p array (1.5 h × w)."""
        width, height = self.size
        whole = np.empty((height * 3 // 2, width), dtype=np.uint8)
        quarter = (height // 2, width // 2)
        luma = whole[:height]
        blue, red = (part.reshape(quarter) for part in np.split(whole[height:].reshape(-1), 2))
        blue[:], red[:] = self._planes[1:]
        # The noise every small sensor has: bytes wrap, so adding 254 is taking 2 away.
        np.add(self._lit(at), self._noise[int(at * 15) % len(self._noise)], out=luma)
        for walker in self._walkers:
            _paste((luma, blue, red), walker.sprite, *walker.place(at))
        _paste((luma, blue, red), self._line(started_at, at), 8, 8)
        return whole

    def _lit(self, at: float) -> Any:
        """The still room in the light of passing clouds, which changes in small steps."""
        level = round(LIGHT_STEPS * np.sin(at / 4))
        if level != self._level:
            table = np.clip(np.arange(256) * (1 + 0.06 * level / LIGHT_STEPS), 18, 233)
            self._ground_lit, self._level = table.astype(np.uint8)[self._planes[0]], level
        return self._ground_lit

    def image(self, started_at: datetime, at: float) -> Image.Image:
        """The same picture in RGB, for a photo."""
        picture = self._ground.copy()
        for walker in self._walkers:
            x, y = walker.place(at)
            picture.paste(walker.picture, (x, y), walker.picture.getchannel("A"))
        line = _line_image(self._text(started_at, at), self.size[1])
        picture.paste(line, (8, 8))
        return picture

    def _text(self, started_at: datetime, at: float) -> str:
        return f"{started_at + timedelta(seconds=at):%Y-%m-%d %H:%M:%S}  {self._caption}"

    def _line(self, started_at: datetime, at: float) -> Any:
        text = self._text(started_at, at)
        if self._second is None or self._second[0] != text:
            line = _line_image(text, self.size[1])
            self._second = (text, (*_planes(line), None))
        return self._second[1]


class _Walker:
    """A figure walking to and fro."""

    def __init__(self, random: Any, size: tuple[int, int]) -> None:
        width, height = size
        tall = int(height * random.uniform(0.42, 0.58)) // 2 * 2
        self.picture = _figure(tall, _COATS[int(random.integers(len(_COATS)))])
        alpha = np.asarray(self.picture.getchannel("A")) > 127
        self.sprite = (*_planes(self.picture.convert("RGB")), alpha)
        self._room = width - self.picture.width - 4
        self._floor = height - tall - int(height * random.uniform(0.02, 0.12)) // 2 * 2
        self._pace = float(random.uniform(0.25, 0.7))
        self._phase = float(random.uniform(0, 6))

    def place(self, at: float) -> tuple[int, int]:
        """Left upper corner `at` seconds, on even pixels as 4:2:0 needs."""
        part = 0.5 + 0.5 * np.sin(at * self._pace + self._phase)
        bob = 2 * int(np.sin(at * 7) > 0)
        return int(part * self._room) // 2 * 2, (self._floor - bob) // 2 * 2


def _figure(tall: int, coat: tuple[int, int, int]) -> Image.Image:
    wide = int(tall * 0.36) // 2 * 2
    picture = Image.new("RGBA", (wide, tall))
    draw = ImageDraw.Draw(picture)
    head = tall // 7
    middle = wide // 2
    draw.ellipse((middle - head // 2, 0, middle + head // 2, head), fill=(214, 178, 150, 255))
    draw.pieslice(
        (middle - head // 2, -2, middle + head // 2, head), 180, 360, fill=(30, 28, 30, 255)
    )
    draw.rounded_rectangle(
        (wide * 0.12, head, wide * 0.88, tall * 0.6), wide // 5, fill=(*coat, 255)
    )
    for left in (0.26, 0.54):
        draw.rectangle(
            (wide * left, tall * 0.56, wide * (left + 0.2), tall), fill=(40, 42, 48, 255)
        )
    return picture


def _planes(image: Image.Image) -> tuple[Any, Any, Any]:
    """Y, Cb, Cr in video range (BT.601), chroma at half size."""
    full = np.asarray(image.convert("YCbCr"), dtype=np.float32)
    luma = 16 + full[..., 0] * (219 / 255)
    chroma = 128 + (full[::2, ::2, 1:] - 128) * (224 / 255)
    to_bytes = [
        np.ascontiguousarray(p).astype(np.uint8) for p in (luma, chroma[..., 0], chroma[..., 1])
    ]
    return to_bytes[0], to_bytes[1], to_bytes[2]


def _paste(planes: Any, sprite: Any, x: int, y: int) -> None:
    *parts, alpha = sprite
    for plane, part, half in zip(planes, parts, (1, 2, 2), strict=True):
        top, left = y // half, x // half
        there = plane[top : top + part.shape[0], left : left + part.shape[1]]
        part = part[: there.shape[0], : there.shape[1]]
        if alpha is None:
            there[:] = part
        else:
            mask = alpha[::half, ::half][: there.shape[0], : there.shape[1]]
            np.copyto(there, part, where=mask)


def _line_image(text: str, height: int) -> Image.Image:
    """White on black, sides even; a clock must be read on any ground."""
    font = _font(max(12, height // 28))
    left, top, right, bottom = font.getbbox(text)
    size = (int(right - left) + 16) // 2 * 2, (int(bottom - top) + 10) // 2 * 2
    line = Image.new("RGB", size, (12, 12, 12))
    ImageDraw.Draw(line).text((8 - left, 4 - top), text, font=font, fill=(240, 240, 240))
    return line


@cache
def _font(size: int) -> Any:
    found = next((path for path in _FONTS if Path(path).exists()), None)
    return ImageFont.truetype(found, size) if found else ImageFont.load_default(size)
