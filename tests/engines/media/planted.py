"""Recordings as body cameras make them, with defects planted at known places.

All is drawn and synthesised and the same on every run. The picture moves, is noisy, and bears a
running clock that stays while the picture behind it is black, frozen or covered.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

RATE = 30
BEGAN = datetime(2024, 1, 5, 9, 30)
SOUND_RATE = 16_000
NOISE = 3.0
"""Standard deviation of the sensor's noise, in levels of 255."""
MUXERS = {".mp4": "mp4", ".ts": "mpegts", ".avi": "avi", ".mkv": "matroska", ".mov": "mov"}


@dataclass(frozen=True)
class Planted:
    """kind: black, frozen (the clock stands, too), frozen_clock, covered, silent, hum, gap; and
    still: the camera stands and nothing moves but the sensor's noise, which is no defect.
    `start`, `end` in seconds as the device's clock runs."""

    kind: str
    start: float
    end: float


@dataclass(frozen=True)
class Recipe:
    """One file. `options` are the encoder's; `moves`: the camera is carried, else it stands."""

    seconds: float
    size: tuple[int, int] = (1920, 1080)
    codec: str = "libx264"
    options: dict[str, str] = field(default_factory=dict)
    sound: str | None = "aac"
    planted: tuple[Planted, ...] = ()
    moves: bool = True
    noise: float = NOISE
    seed: int = 1


def make(recipe: Recipe, path: Path) -> None:
    """Write the file; it appears whole or not at all."""
    part = path.with_name(f".{os.getpid()}-{path.name}")
    with av.open(str(part), "w", format=MUXERS[path.suffix]) as target:
        video: Any = target.add_stream(recipe.codec, rate=RATE, options=recipe.options)
        video.width, video.height = recipe.size
        video.pix_fmt = "yuvj420p" if recipe.codec == "mjpeg" else "yuv420p"
        video.codec_context.time_base = Fraction(1, RATE)
        sound: Any = _sound_stream(target, recipe.sound) if recipe.sound else None
        heard = _sound(recipe) if sound else iter(())
        upcoming = next(heard, None)
        for at, picture in _pictures(recipe):
            while upcoming is not None and upcoming[0] <= at * SOUND_RATE:
                _hear(target, sound, *upcoming)
                upcoming = next(heard, None)
            frame = av.VideoFrame.from_ndarray(picture, format="yuv420p")
            if recipe.codec == "mjpeg":
                frame = frame.reformat(format="yuvj420p")
            frame.pts, frame.time_base = round(at * RATE), Fraction(1, RATE)
            target.mux(video.encode(frame))
        for stream in (video, sound):
            if stream is not None:
                target.mux(stream.encode(None))
    part.replace(path)


def remux(source: Path, path: Path) -> None:
    """The same packets in another container."""
    part = path.with_name(f".{os.getpid()}-{path.name}")
    with av.open(str(source)) as old, av.open(str(part), "w", format=MUXERS[path.suffix]) as new:
        streams = {one.index: new.add_stream_from_template(one) for one in old.streams}
        for packet in old.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream_index]
                new.mux(packet)
    part.replace(path)


def _on(recipe: Recipe, at: float, *kinds: str) -> Planted | None:
    planted = (p for p in recipe.planted if p.kind in kinds and p.start <= at < p.end)
    return next(planted, None)


def _pictures(recipe: Recipe) -> Iterator[tuple[float, Any]]:
    """(moment, yuv420p array) of every frame that was recorded."""
    world = _World(recipe)
    for number in range(round(recipe.seconds * RATE)):
        at = number / RATE
        if _on(recipe, at, "gap"):
            continue
        frozen = _on(recipe, at, "frozen", "frozen_clock")
        if _on(recipe, at, "black"):
            picture = world.black()
        elif _on(recipe, at, "covered"):
            picture = world.covered(number)
        else:
            still = _on(recipe, at, "still")
            number = round(frozen.start * RATE) if frozen else number
            picture = world.seen(number, round(still.start * RATE) if still else number)
        stands = frozen is not None and frozen.kind == "frozen"
        world.stamp(picture, frozen.start if stands and frozen else at)
        yield at, picture


class _World:
    """What the camera looks at, larger than its picture."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        width, height = self.size = recipe.size
        random = np.random.default_rng(recipe.seed)
        self._room = _room(random, (width * 3 // 2 // 2 * 2, height * 5 // 4 // 2 * 2))
        noise = random.normal(0, recipe.noise, (height + 256, width + 256))
        self._noise = np.clip(np.round(noise), -16, 16).astype(np.int8).view(np.uint8)

    def seen(self, number: int, stands_at: int) -> Any:
        """Frame `number`, from where the camera is at frame `stands_at`."""
        width, height = self.size
        at = stands_at / RATE
        x, y = width // 4, height // 8
        if self.recipe.moves:
            x += int(width / 5 * np.sin(at * 0.7) + width / 40 * np.sin(at * 2.9))
            y += int(height / 16 * np.sin(at * 1.1) + height / 60 * np.sin(at * 9))
        x, y = x // 2 * 2, y // 2 * 2
        picture = self._empty()
        luma, blue, red = self._room
        self._grained(picture, luma[y : y + height, x : x + width], number)
        half = (slice(y // 2, (y + height) // 2), slice(x // 2, (x + width) // 2))
        self._colour(picture, blue[half], red[half])
        return picture

    def black(self) -> Any:
        picture = self._empty()
        picture[: self.size[1]] = 16
        self._colour(picture, 128, 128)
        return picture

    def covered(self, number: int) -> Any:
        """A hand or a coat over the lens: dim, soft, with the sensor's noise."""
        width, height = self.size
        picture = self._empty()
        across = np.linspace(38, 52, width)[None, :] + np.linspace(0, 8, height)[:, None]
        self._grained(picture, across.astype(np.uint8), number)
        self._colour(picture, 124, 136)
        return picture

    def stamp(self, picture: Any, at: float) -> None:
        line = _clock(f"{BEGAN + timedelta(seconds=int(at)):%Y-%m-%d %H:%M:%S}", self.size[1])
        tall, wide = line.shape
        picture[16 : 16 + tall, 16 : 16 + wide] = line

    def _empty(self) -> Any:
        return np.empty((self.size[1] * 3 // 2, self.size[0]), dtype=np.uint8)

    def _grained(self, picture: Any, still: Any, number: int) -> None:
        width, height = self.size
        y, x = np.random.default_rng((self.recipe.seed, number)).integers(0, 256, 2)
        grain = self._noise[y : y + height, x : x + width]
        # Bytes wrap, so adding 254 is taking 2 away; the room stays within 24–230.
        np.add(still, grain, out=picture[:height])

    def _colour(self, picture: Any, blue: Any, red: Any) -> None:
        width, height = self.size
        planes = picture[height:].reshape(-1)
        quarter = (height // 2, width // 2)
        count = quarter[0] * quarter[1]
        planes[:count].reshape(quarter)[:] = blue
        planes[count:].reshape(quarter)[:] = red


def _room(random: Any, size: tuple[int, int]) -> tuple[Any, Any, Any]:
    """Walls, shelves and boxes with texture: luma, and colour at half size."""
    width, height = size
    image = Image.new("RGB", size, (120, 116, 108))
    draw = ImageDraw.Draw(image)
    for _ in range(160):
        x, y = random.integers(0, width), random.integers(0, height)
        wide, tall = random.integers(20, width // 6), random.integers(20, height // 5)
        colour = tuple(int(c) for c in random.integers(40, 215, 3))
        draw.rectangle((x, y, x + wide, y + tall), fill=colour)
        draw.line((x, y, x + wide, y + tall), fill=tuple(c // 2 for c in colour), width=3)
    image = image.filter(ImageFilter.GaussianBlur(1.2))
    planes = np.asarray(image.convert("YCbCr"), dtype=np.float32)
    texture = random.normal(0, 7, (height // 2, width // 2)).repeat(2, 0).repeat(2, 1)
    luma = np.clip(planes[..., 0] + texture, 42, 212).astype(np.uint8)
    blue, red = (planes[::2, ::2, n].astype(np.uint8) for n in (1, 2))
    return luma, blue, red


@lru_cache(maxsize=4)
def _clock(text: str, height: int) -> Any:
    font: Any = ImageFont.load_default(max(10, height // 36))
    box = font.getbbox(text)
    image = Image.new("L", (int(box[2]) + 8, int(box[3]) + 6), 20)
    ImageDraw.Draw(image).text((4, 2), text, font=font, fill=235)
    return np.asarray(image)


def _sound_stream(target: Any, codec: str) -> Any:
    sound = target.add_stream(codec, rate=SOUND_RATE)
    sound.codec_context.layout = "mono"
    if codec == "aac":
        sound.codec_context.bit_rate = 64_000
    return sound


def _sound(recipe: Recipe) -> Iterator[tuple[int, Any]]:
    """(first sample, samples as floats) in pieces of 1024: talk over a room's hum."""
    random = np.random.default_rng((recipe.seed, 7))
    piece = 1024
    for first in range(0, round(recipe.seconds * SOUND_RATE), piece):
        at = np.arange(first, first + piece) / SOUND_RATE
        if _on(recipe, float(at[0]), "gap"):
            continue
        talk = np.sin(at * 2 * np.pi * 180) * np.sin(at * 2 * np.pi * 1.3) ** 2
        talk += 0.5 * np.sin(at * 2 * np.pi * 740) * np.sin(at * 2 * np.pi * 2.1) ** 2
        wave = 0.2 * talk * (np.sin(at * 0.9) > -0.6) + random.normal(0, 0.006, piece)
        for planted in recipe.planted:
            inside = (at >= planted.start) & (at < planted.end)
            if planted.kind == "silent":
                wave[inside] = 0
            elif planted.kind == "hum":  # a dead microphone's own noise, some -80 dB
                wave[inside] = random.normal(0, 0.00003, int(inside.sum()))
        yield first, wave.astype(np.float32)


def _hear(target: Any, sound: Any, first: int, wave: Any) -> None:
    whole = sound.codec_context.format.name.startswith("s16")
    samples = (wave * 32767).astype(np.int16) if whole else wave
    kind = sound.codec_context.format.name
    frame = av.AudioFrame.from_ndarray(samples[None, :], format=kind, layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, first, Fraction(1, SOUND_RATE)
    target.mux(sound.encode(frame))
