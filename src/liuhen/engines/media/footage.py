"""Demonstration footage: clips, voice notes and photos that look like enforcement recordings.

For `liuhen demo` and tests; nothing here reads untrusted input. All is drawn and synthesised, no
person, place or brand in it is real. The picture bears the device's burnt-in line, as body
cameras write it, and the container its creation time.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
import numpy as np
from av.bitstream import BitStreamFilterContext
from av.codec.context import Flags
from av.container import OutputContainer
from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

from liuhen.engines.media import scenes, voice

RATE: Final = 15
"""Pictures a second: half of what cameras write, in half the time."""
SOUND_RATE: Final = 16_000
FRUGAL_RATE: Final = 1
FRUGAL_SOUND: Final = 8_000, 6_000
"""Samples and bits a second."""
FRUGAL_PICTURE: Final = {"crf": "40"}
# container → (muxer, video codec, pixel format, (width, height) or None, sound codec, sound rate)
CONTAINERS: Final[dict[str, tuple[str, str, str, tuple[int, int] | None, str, int]]] = {
    "mp4": ("mp4", "libx264", "yuv420p", None, "aac", SOUND_RATE),
    "mov": ("mov", "libx264", "yuv420p", None, "aac", SOUND_RATE),
    "mkv": ("matroska", "libx264", "yuv420p", None, "aac", SOUND_RATE),
    "ts": ("mpegts", "libx264", "yuv420p", None, "aac", SOUND_RATE),
    "avi": ("avi", "mjpeg", "yuvj420p", (640, 360), "pcm_s16le", SOUND_RATE),
    "3gp": ("3gp", "mpeg4", "yuv420p", (320, 240), "libopencore_amrnb", 8_000),
}
_NAMELESS: Final = {"fflags": "+bitexact"}
"""As a camera's files are: without the name of a computer's program, which would be a finding."""
_VIDEO_OPTIONS: Final = {
    "libx264": {"preset": "ultrafast", "crf": "27", "g": str(RATE * 2)},
    "mjpeg": {"qmin": "4", "qmax": "9"},
    "mpeg4": {"qmin": "4", "qmax": "9"},
}


def make_clip(
    path: Path,
    *,
    started_at: datetime,
    seconds: float,
    scene: str = "shop",
    device_no: str = "DSJ-A1",
    officer_no: str = "000123",
    container: str = "mp4",
    size: tuple[int, int] = (1280, 720),
    gap: tuple[float, float] | None = None,
    frugal: bool = False,
) -> None:
    """Write one clip.

    Args:
        started_at: aware; burnt in as local wall clock, stored as the container's creation time.
        scene: one of `scenes.SCENES`.
        container: one of CONTAINERS; "avi" and "3gp" are old and small, browsers cannot play them.
        gap: (from, to) in seconds without a recording. frugal: a picture a second, a phone's sound.
    """
    muxer, video_codec, pixels, own_size, audio_codec, sound_rate = CONTAINERS[container]
    rate, sound_rate = (FRUGAL_RATE, FRUGAL_SOUND[0]) if frugal else (RATE, sound_rate)
    picture = scenes.Scene(scene, own_size or size, f"{device_no}  {officer_no}", seed=path.name)
    times = _picture_times(seconds, rate, gap)
    with av.open(str(path), "w", format=muxer, options=_NAMELESS) as target:
        _stamp(target, started_at)
        video = _picture_stream(target, video_codec, picture.size, pixels, rate)
        audio = _sound_stream(target, audio_codec, sound_rate)
        spoken = voice.speech(seconds, sound_rate, seed=f"{path.name} {scene}")
        for start, part in _frames_of(spoken, audio):
            at = start / sound_rate
            while times and times[0] <= at:
                _encode(target, video, picture, started_at, times.pop(0))
            if gap is None or not gap[0] <= at < gap[1]:
                _speak(target, audio, part, start)
        for left in times:
            _encode(target, video, picture, started_at, left)
        target.mux(_nameless(video, video.encode(None)))
        target.mux(audio.encode(None))


def _picture_times(seconds: float, rate: int, gap: tuple[float, float] | None) -> list[float]:
    times = [n / rate for n in range(round(seconds * rate))]
    return [t for t in times if gap is None or not gap[0] <= t < gap[1]]


def _picture_stream(target: Any, codec: str, size: tuple[int, int], pixels: str, rate: int) -> Any:
    options = _VIDEO_OPTIONS[codec] | (FRUGAL_PICTURE if rate == FRUGAL_RATE else {})
    video = target.add_stream(codec, rate=rate, options=options)
    video.width, video.height, video.pix_fmt = *size, pixels
    video.codec_context.thread_count = 1  # makers run side by side
    video.codec_context.flags |= Flags.bitexact
    video.codec_context.time_base = Fraction(1, rate)
    return video


def make_voice(path: Path, *, recorded_at: datetime, seconds: float) -> None:
    """A voice recording: `.wav` (16 kHz PCM), `.m4a` (AAC) or `.amr` (8 kHz) by its suffix."""
    codec, muxer, rate = {
        ".wav": ("pcm_s16le", "wav", SOUND_RATE),
        ".m4a": ("aac", "ipod", SOUND_RATE),
        ".amr": ("libopencore_amrnb", "amr", 8_000),
    }[path.suffix]
    spoken = voice.speech(seconds, rate, seed=path.name)
    with av.open(str(path), "w", format=muxer, options=_NAMELESS) as target:
        _stamp(target, recorded_at)
        stream = _sound_stream(target, codec, rate)
        for start, part in _frames_of(spoken, stream):
            _speak(target, stream, part, start)
        target.mux(stream.encode(None))


def make_photo(
    path: Path,
    *,
    taken_at: datetime,
    scene: str = "shop",
    model: str = "DSJ-A1",
    officer_no: str = "000123",
    place: tuple[float, float] | None = None,
    size: tuple[int, int] = (1600, 1200),
    orientation: int = 1,
) -> None:
    """A JPEG with EXIF: local time and its offset, maker, model and, if given, `place`.

    place: latitude and longitude in degrees, north and east positive.
    orientation: EXIF 1–8, written only; the pixels stay as they are.
    """
    picture = scenes.Scene(scene, size, f"{model}  {officer_no}", seed=path.name)
    image = picture.image(taken_at, 0.0)
    exif = Image.Exif()
    tag = ExifTags.Base
    exif[tag.Make], exif[tag.Model], exif[tag.Orientation] = "Liuhen Demo", model, orientation
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[tag.DateTimeOriginal] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
    if taken_at.utcoffset() is not None:
        zone = f"{taken_at:%z}"
        details[tag.OffsetTimeOriginal] = f"{zone[:3]}:{zone[3:5]}"
    if place is not None:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(_gps(*place))
    image.save(path, "JPEG", quality=85, exif=exif)


def truncate(path: Path, *, keep: float = 0.6) -> None:
    """Cut the file as if the card was pulled out: only its first part (0–1) stays."""
    os.truncate(path, int(path.stat().st_size * keep))


def _stamp(target: OutputContainer, at: datetime) -> None:
    if at.utcoffset() is None:
        raise ValueError("a demonstration clip needs an aware time")
    target.metadata["creation_time"] = at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _encode(
    target: OutputContainer, video: Any, picture: scenes.Scene, started_at: datetime, at: float
) -> None:
    frame = av.VideoFrame.from_ndarray(picture.frame(started_at, at), format="yuv420p")
    if video.pix_fmt == "yuvj420p":
        frame = frame.reformat(format="yuvj420p")
    base = video.codec_context.time_base
    frame.pts, frame.time_base = round(at / float(base)), base
    target.mux(_nameless(video, video.encode(frame)))


def _nameless(video: Any, packets: list[Any]) -> list[Any]:
    """Without the message in which x264 names itself (H.264's SEI, unit type 6)."""
    if video.codec_context.name != "libx264":
        return packets
    kept = []
    for packet in packets:
        if b"x264" in bytes(packet):
            units = BitStreamFilterContext("filter_units=remove_types=6", video)
            kept += [*units.filter(packet), *units.filter(None)]
        else:
            kept.append(packet)
    return kept


def _sound_stream(target: OutputContainer, codec: str, rate: int) -> Any:
    stream: Any = target.add_stream(codec, rate=rate)
    stream.layout = "mono"
    stream.codec_context.flags |= Flags.bitexact
    if codec == "aac":
        stream.bit_rate = 48_000 if rate > FRUGAL_SOUND[0] else FRUGAL_SOUND[1]
    elif codec == "libopencore_amrnb":
        stream.bit_rate = 12_200
    return stream


def _frames_of(samples: Any, stream: Any) -> Iterator[tuple[int, Any]]:
    """(first sample's number, samples) in the encoder's frame size; the last is filled up."""
    stream.codec_context.open(strict=False)
    step = stream.codec_context.frame_size or 1024
    for at in range(0, len(samples), step):
        part = samples[at : at + step]
        yield at, np.pad(part, (0, step - len(part)))


def _speak(target: OutputContainer, stream: Any, part: Any, start: int) -> None:
    planar = stream.codec_context.format.name == "fltp"
    data = part if planar else (part * 32767).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(data[np.newaxis], "fltp" if planar else "s16", "mono")
    frame.sample_rate, frame.pts = stream.rate, start
    frame.time_base = Fraction(1, stream.rate)
    target.mux(stream.encode(frame))


def _gps(latitude: float, longitude: float) -> dict[int, Any]:
    tag = ExifTags.GPS
    return {
        tag.GPSLatitudeRef: "N" if latitude >= 0 else "S", tag.GPSLatitude: _degrees(latitude),
        tag.GPSLongitudeRef: "E" if longitude >= 0 else "W", tag.GPSLongitude: _degrees(longitude),
    }  # fmt: skip


def _degrees(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    whole, rest = divmod(abs(value), 1)
    minutes, part = divmod(rest * 60, 1)
    return IFDRational(int(whole)), IFDRational(int(minutes)), IFDRational(round(part * 6000), 100)
