"""What a container states: streams, times, device, place."""

from fractions import Fraction
from typing import Any, Final

import av
from av.container import InputContainer

from liuhen.engines.media.facts import Header, Stream, TimeClaim, clipped
from liuhen.engines.media.inside import times

_STATES_DURATION: Final = ("mov,", "matroska", "avi", "asf", "flv", "flac")
"""Elsewhere libavformat estimates a duration from the bit rate: nobody stated it."""
_UTC_BY_DEFINITION: Final = ("mov,", "matroska", "asf")
_TIME_TAGS: Final = (
    "com.apple.quicktime.creationdate", "creation_time", "date", "DateTimeOriginal", "ICRD",
    "IDIT", "origination_date", "date_recorded", "DATE_RECORDED", "WM/EncodingTime", "year",
)  # fmt: skip
_PLACE_TAGS: Final = ("com.apple.quicktime.location.ISO6709", "location", "location-eng", "©xyz")
_MAKE_TAGS: Final = ("com.apple.quicktime.make", "com.android.manufacturer", "make", "IMAK")
_MODEL_TAGS: Final = ("com.apple.quicktime.model", "com.android.model", "model", "IMOD", "source")
_SOFTWARE_TAGS: Final = (
    "com.apple.quicktime.software",
    "software",
    "ISFT",
    "encoder",
    "encoded_by",
)
_SERIAL_TAGS: Final = ("serial_number", "com.apple.quicktime.camera.identifier", "device_id")
MOST_CLAIMS: Final = 60


def header_of(container: InputContainer, stated: Fraction | None) -> Header:
    """The container's texts by meaning; `stated` is a movie header's own duration, if known."""
    tags = {str(key): str(value) for key, value in container.metadata.items()}
    utc = container.format.name.startswith(_UTC_BY_DEFINITION)
    found = [_time_claim(key, tags[key], utc) for key in _TIME_TAGS if key in tags]
    spot = next(filter(None, (times.place(tags[key]) for key in _PLACE_TAGS if key in tags)), None)
    return Header(
        times=tuple(claim for claim in found if claim is not None),
        duration=stated if stated is not None else _duration(container),
        make=_first(tags, _MAKE_TAGS),
        model=_first(tags, _MODEL_TAGS),
        software=_first(tags, _SOFTWARE_TAGS),
        device_serial=_first(tags, _SERIAL_TAGS),
        latitude=spot[0] if spot else None,
        longitude=spot[1] if spot else None,
        claims=_claims(container, tags),
    )


def streams_of(container: InputContainer) -> tuple[Stream, ...]:
    """All tracks as the container describes them; nothing is decoded, so `rotation` is None."""
    return tuple(_stream(one) for one in container.streams)


def states_duration(container: InputContainer) -> bool:
    """Whether `container.duration` is what the file says and no estimate."""
    return container.format.name.startswith(_STATES_DURATION)


def is_cover(stream: Any) -> bool:
    """Whether a video track is only the picture on a sound file's sleeve."""
    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _stream(one: Any) -> Stream:
    context = getattr(one, "codec_context", None)
    if context is None or one.type not in ("video", "audio"):
        return Stream(index=one.index, type=one.type)
    common = {
        "index": one.index,
        "type": "cover" if is_cover(one) else one.type,
        "codec": context.codec.canonical_name if context.codec else context.name,
        "profile": clipped(one.profile) if one.profile else None,
        "bit_rate": context.bit_rate or None,
    }
    if one.type == "audio":
        channels = context.channels or None
        return Stream(**common, sample_rate=context.sample_rate or None, channels=channels)
    rate = one.average_rate or one.guessed_rate
    return Stream(
        **common,
        width=context.width or None,
        height=context.height or None,
        frame_rate=str(rate) if rate else None,
        pix_fmt=context.pix_fmt,
    )


def _time_claim(key: str, text: str, utc: bool) -> TimeClaim | None:
    by_definition = utc and key == "creation_time"
    return times.claim(f"header:{key}", text, by_specification=by_definition)


def _duration(container: InputContainer) -> Fraction | None:
    if not states_duration(container) or not container.duration:
        return None
    return Fraction(container.duration, av.time_base)


def _first(tags: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next(filter(None, (clipped(tags[key]) for key in keys if key in tags)), None)


def _claims(container: InputContainer, tags: dict[str, str]) -> dict[str, str]:
    """Everything else it says, under the names it uses; a track's under `track 0: …`."""
    said = dict(tags)
    for stream in container.streams:
        said |= {f"track {stream.index}: {key}": value for key, value in stream.metadata.items()}
    kept = {clipped(key): clipped(value) for key, value in list(said.items())[:MOST_CLAIMS]}
    return {key: value for key, value in kept.items() if key and value}
