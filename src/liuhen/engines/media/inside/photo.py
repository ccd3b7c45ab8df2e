"""Photos: what their EXIF states, whether they decode, a thumbnail. Pillow, with few formats."""

import contextlib
import importlib
import os
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pillow_heif
from PIL import ExifTags, Image, ImageFile, ImageOps

from liuhen.engines.media.facts import Code, Examination, Finding, Header, TimeClaim, clipped
from liuhen.engines.media.inside import times
from liuhen.engines.media.inside.opening import ORIGINAL

FORMATS: Final = ("JPEG", "PNG", "BMP", "DIB", "TIFF", "GIF", "WEBP", "HEIF", "AVIF")
SHOWN_BY_BROWSERS: Final = frozenset({"JPEG", "MPO", "PNG", "GIF", "WEBP", "AVIF", "BMP"})
THUMBNAIL: Final = (480, 480)

# Plug-ins now: once the process is locked in, nothing may be loaded from disk.
pillow_heif.register_heif_opener()
for _name in ("Avif", "Bmp", "Gif", "Jpeg", "Mpo", "Png", "Tiff", "WebP"):
    importlib.import_module(f"PIL.{_name}ImagePlugin")
_Ifd = ExifTags.IFD


def examine(wants_poster: bool, out: Path, most_pixels: int) -> Examination:
    """Look at the photo on standard input; write `poster.jpg` to `out` if it is wanted."""
    warnings.simplefilter("ignore")  # Pillow warns of damaged metadata; it becomes a finding
    image = try_open()
    if isinstance(image, Finding):
        return Examination(kind="photo", findings=(image,))
    header, findings = header_of(image)
    width, height = _upright_size(image)
    seen = Examination(
        kind="photo", container=str(image.format).lower(), width=width, height=height,
        header=header, browser_playable=image.format in SHOWN_BY_BROWSERS,
    )  # fmt: skip
    if image.width * image.height > most_pixels:
        evidence = {"limit": "pixels", "width": image.width, "height": image.height}
        findings.append(Finding(Code.EXAMINER_LIMIT, evidence=evidence))
        return _with(seen, findings, (), shown=False)
    decoded, problem = decoded_photo(image, THUMBNAIL)
    if problem is not None:
        findings.append(problem)
    outputs: tuple[str, ...] = ()
    if decoded is not None and wants_poster:
        decoded.thumbnail(THUMBNAIL)
        with contextlib.suppress(OSError):  # a full disk costs the poster, not the facts
            decoded.save(out / "poster.jpg", "JPEG", quality=82)
            outputs = ("poster.jpg",)
    return _with(seen, findings, outputs, shown=problem is None)


def try_open() -> Image.Image | Finding:
    """As `open_photo`; what it raises becomes a finding."""
    try:
        return open_photo()
    except MemoryError:
        raise
    except Exception as wrong:  # Pillow's plug-ins raise nearly anything on damaged files
        why = f"{type(wrong).__name__}: {wrong}"[:200]
        return Finding(Code.UNREADABLE, evidence={"why": why})


def open_photo() -> Image.Image:
    """The photo on standard input; only its header is read. Raises what Pillow raises."""
    os.lseek(ORIGINAL, 0, os.SEEK_SET)
    Image.MAX_IMAGE_PIXELS = None  # judged by `most_pixels`, with the size as evidence
    return Image.open(os.fdopen(ORIGINAL, "rb", closefd=False), formats=FORMATS)


def decoded_photo(
    image: Image.Image, at_least: tuple[int, int]
) -> tuple[Image.Image | None, Finding | None]:
    """The picture upright in RGB, and what was wrong. What is there of a cut one is kept."""
    problem: Finding | None = None
    image.draft("RGB", at_least)  # a JPEG decodes at a fraction of its size, much faster
    try:
        image.load()
    except MemoryError:
        raise
    except Exception as wrong:
        cut = "truncated" in str(wrong) or "Truncated" in str(wrong)
        evidence = {"why": str(wrong)[:200]}
        problem = Finding(Code.TRUNCATED if cut else Code.DECODE_ERROR, evidence=evidence)
        image = _what_is_there() if cut else None  # type: ignore[assignment]
    if image is None:
        return None, problem
    with contextlib.suppress(Exception):  # an unreadable orientation: shown as stored
        image = ImageOps.exif_transpose(image)
    try:
        return _rgb(image), problem
    except ValueError as wrong:  # Pillow knows no way from this mode, e.g. LAB
        return None, Finding(Code.DECODE_ERROR, evidence={"why": str(wrong)[:200]})


def _what_is_there() -> Image.Image | None:
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        again = open_photo()
        again.load()
    except MemoryError:
        raise
    except Exception:
        return None
    return again


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        ground = Image.new("RGB", image.size, "white")
        with_alpha = image.convert("RGBA")
        ground.paste(with_alpha, mask=with_alpha.getchannel("A"))
        return ground
    return image.convert("RGB")


def _upright_size(image: Image.Image) -> tuple[int, int]:
    turned = False
    with contextlib.suppress(Exception):
        turned = _exif(image).get(ExifTags.Base.Orientation) in (5, 6, 7, 8)
    return (image.height, image.width) if turned else image.size


def _exif(image: Image.Image) -> Image.Exif:
    """What its header holds. A PNG's own `getexif` decodes the whole picture to find what may
    follow it, before anybody has judged the picture's size."""
    return Image.Image.getexif(image)


def header_of(image: Image.Image) -> tuple[Header, list[Finding]]:
    try:
        base = _exif(image)
        exif, gps = base.get_ifd(_Ifd.Exif), base.get_ifd(_Ifd.GPSInfo)
        spot = _place(gps)
        return Header(
            times=_times(base, exif, gps),
            make=clipped(base.get(ExifTags.Base.Make, "")),
            model=clipped(base.get(ExifTags.Base.Model, "")),
            software=clipped(base.get(ExifTags.Base.Software, "")),
            device_serial=clipped(exif.get(ExifTags.Base.BodySerialNumber, "")),
            latitude=spot[0] if spot else None,
            longitude=spot[1] if spot else None,
        ), []
    except MemoryError:
        raise
    except Exception as wrong:
        return Header(), [Finding(Code.METADATA_DAMAGED, evidence={"why": str(wrong)[:200]})]


def _times(base: Any, exif: Any, gps: Any) -> tuple[TimeClaim, ...]:
    tag = ExifTags.Base
    stated = (
        ("Original", exif, tag.DateTimeOriginal, tag.OffsetTimeOriginal, tag.SubsecTimeOriginal),
        (
            "Digitized",
            exif,
            tag.DateTimeDigitized,
            tag.OffsetTimeDigitized,
            tag.SubsecTimeDigitized,
        ),
        ("", base, tag.DateTime, tag.OffsetTime, tag.SubsecTime),
    )
    found = []
    for name, where, when, zone, part in stated:
        text = clipped(where.get(when, ""))
        if text and text.strip("0: "):
            fraction = str(exif.get(part, "")).strip()
            text += f".{fraction}" if fraction.isdigit() else ""
            text += str(exif.get(zone, "")).strip()[:6]
            found.append(times.claim(f"exif:DateTime{name}", text))
    if (gps_time := _gps_time(gps)) is not None:
        found.append(times.claim("exif:GPS", gps_time))
    return tuple(one for one in found if one is not None)


def _gps_time(gps: Any) -> str | None:
    date, clock = gps.get(ExifTags.GPS.GPSDateStamp), gps.get(ExifTags.GPS.GPSTimeStamp)
    if not date or not clock or len(clock) != 3:
        return None
    return f"{date} {int(clock[0]):02}:{int(clock[1]):02}:{int(clock[2]):02}Z"


def _place(gps: Any) -> tuple[float, float] | None:
    tag = ExifTags.GPS
    degrees = []
    for where, side, minus, most in (
        (tag.GPSLatitude, tag.GPSLatitudeRef, "S", 90),
        (tag.GPSLongitude, tag.GPSLongitudeRef, "W", 180),
    ):
        parts = gps.get(where)
        if not parts or len(parts) != 3:
            return None
        value = sum(float(part) / 60**n for n, part in enumerate(parts))
        if not 0 <= value <= most:  # also refuses a NaN from 0/0
            return None
        degrees.append(round(-value if gps.get(side) == minus else value, 7))
    return degrees[0], degrees[1]


def _with(
    seen: Examination, findings: list[Finding], outputs: tuple[str, ...], *, shown: bool
) -> Examination:
    playable = seen.browser_playable and shown
    return replace(seen, findings=tuple(findings), outputs=outputs, browser_playable=playable)
