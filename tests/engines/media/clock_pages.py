"""Our clock page as a device sees it: photos and clips of its code."""

import io
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pillow_heif
import segno
from PIL import ExifTags, Image

from liuhen.engines.media import footage

RATE = 10
pillow_heif.register_heif_opener()


def page(at: datetime, size: tuple[int, int] = (960, 540), tilt: float = 0.0) -> Image.Image:
    """The screen at that instant of the server: the code of its second, on a lit desk."""
    second = int(at.timestamp())
    drawn = io.BytesIO()
    segno.make(f"LHCLOCK1:{second * 1000}", error="m").save(drawn, kind="png", scale=8, border=4)
    code = Image.open(drawn).convert("L")
    desk = Image.new("L", size, 120)
    desk.paste(code, ((size[0] - code.width) // 2, (size[1] - code.height) // 2))
    return desk.rotate(tilt, fillcolor=90, resample=Image.Resampling.BICUBIC)


def photo(path: Path, at: datetime, said: str, part: str = "", zone: str = "", **more: Any) -> Path:
    """A photo of the page at `at`; the device writes `said` ("2026:01:05 20:03:00")."""
    exif = Image.Exif()
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = said
    if part:
        details[ExifTags.Base.SubsecTimeOriginal] = part
    if zone:
        details[ExifTags.Base.OffsetTimeOriginal] = zone
    form = "HEIF" if path.suffix == ".heic" else "JPEG"
    page(at, **more).convert("RGB").save(path, form, quality=90, exif=exif)
    return path


def clip(path: Path, at: datetime, said: datetime | None, *, dark: float = 0.0) -> Path:
    """Three seconds of the page from `at` on; the container's creation time is `said`.

    dark: seconds at the start in which the lens points elsewhere.
    """
    muxer, codec, pixels, size, *_ = footage.CONTAINERS[path.suffix[1:]]
    size = size or (960, 540)
    with av.open(str(path), "w", format=muxer) as target:
        if said is not None:
            footage._stamp(target, said)
        stream: Any = target.add_stream(codec, rate=RATE, options=footage._VIDEO_OPTIONS[codec])
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        stream.codec_context.time_base = Fraction(1, RATE)
        for n in range(3 * RATE):
            lit = n / RATE >= dark
            seen = page(at + timedelta(seconds=n / RATE), size) if lit else Image.new("L", size, 40)
            frame = av.VideoFrame.from_ndarray(np.asarray(seen.convert("RGB")), format="rgb24")
            frame.pts, frame.time_base = n, Fraction(1, RATE)
            target.mux(stream.encode(frame.reformat(format=pixels)))
        target.mux(stream.encode(None))
    return path
