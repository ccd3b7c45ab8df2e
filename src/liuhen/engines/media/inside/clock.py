"""In a test photo or clip: the code our clock page showed, and what the device says of the time."""

import os
from collections.abc import Callable, Iterator
from dataclasses import asdict
from fractions import Fraction
from typing import Any, Final

import numpy as np
import zxingcpp

from liuhen.engines.media.facts import Finding, Header
from liuhen.engines.media.inside.look import form_by_suffix, is_photo
from liuhen.engines.media.signatures import HEAD_BYTES, form_of

ORIGINAL: Final = 0
QR: Final = zxingcpp.barcode_formats_from_str("QRCode")
PREFIX: Final = "LHCLOCK1:"
MOST_CODE: Final = 32
"""Characters; our own codes have 22."""
LONGEST: Final = 2560
"""Pixels of the longer side: a code that fills a tenth of the picture has 12 a module."""
EVERY: Final = Fraction(1, 5)
"""Seconds of the clip between two looks: the code changes once a second."""
FIRST_SECONDS: Final = 15
"""Of the clip that are looked at: the page is filmed, then the file is sent."""


def prepare(order: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Load what this file needs; the verb returned gives a `clock_shots.Seen` as JSON values."""
    form = form_of(os.pread(ORIGINAL, HEAD_BYTES, 0))
    if is_photo(form, order["kind"]):
        from liuhen.engines.media.inside import photo

        return lambda order: _photo(photo, int(order["limits"]["pixels"]))
    from liuhen.engines.media.inside import opening, recording, tracks

    read_as = form_by_suffix(form, order["suffix"])
    return lambda order: _clip(opening, recording, tracks, read_as)


def _photo(photo: Any, most_pixels: int) -> dict[str, Any]:
    image = photo.try_open()
    if isinstance(image, Finding):
        return {"why": image.code}
    header, _ = photo.header_of(image)
    seen = {"kind": "photo", "times": _times(header)}
    if image.width * image.height > most_pixels:
        return seen
    decoded, _ = photo.decoded_photo(image, (LONGEST, LONGEST))
    if decoded is None:
        return seen
    decoded.thumbnail((LONGEST, LONGEST))
    return seen | {"code": _code(np.asarray(decoded.convert("L")))}


def _clip(opening: Any, recording: Any, tracks: Any, form: str | None) -> dict[str, Any]:
    seen: dict[str, Any] = {"kind": "clip", "times": [], "why": "unreadable"}
    with opening.tolerating():
        with opening.open_media(form) as container:
            header = tracks.header_of(container, None)
            if container.format.name == "mpegts":
                header = recording.with_avchd_time(header, container)
        seen |= {"times": _times(header), "why": None}
        with opening.open_media(form) as container:
            for seconds, picture in _looks(container, opening.tolerating):
                if (code := _code(picture)) is not None:
                    return seen | {"code": code, "frame_seconds": str(seconds)}
    return seen


def _looks(container: Any, tolerating: Callable[[], Any]) -> Iterator[tuple[Fraction, Any]]:
    """(seconds from the clip's start, grey picture), a few a second."""
    stream = next(iter(container.streams.video), None)
    if stream is None:
        return
    start = None if stream.start_time is None else stream.start_time * stream.time_base
    due = Fraction(0)
    for packet in container.demux(stream):
        frames: list[Any] = []
        with tolerating():
            frames = packet.decode()
        for frame in frames:
            if frame.pts is None:
                continue
            at = frame.pts * frame.time_base
            start = at if start is None else start
            if at - start > FIRST_SECONDS:
                return
            if at - start >= due:
                due = at - start + EVERY
                yield at - start, _grey(frame)


def _grey(frame: Any) -> Any:
    part = min(1.0, LONGEST / max(frame.width, frame.height))
    width, height = (max(2, round(side * part)) for side in (frame.width, frame.height))
    return frame.reformat(width, height, "gray").to_ndarray()


def _code(picture: Any) -> str | None:
    found = zxingcpp.read_barcodes(np.ascontiguousarray(picture), formats=QR)
    ours = (one.text[:MOST_CODE] for one in found if one.text.startswith(PREFIX))
    return next(ours, None)


def _times(header: Header) -> list[dict[str, Any]]:
    return [asdict(claim) for claim in header.times]
