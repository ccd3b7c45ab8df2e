"""Places in GoPro's telemetry (GPMF): nested entries of key, type, size, repeat, 32-bit aligned.

Source: the format's description in gopro/gpmf-parser (README, "KLV Design"); keys GPS5, GPS9 there,
GPRI of the Karma drone by the TYPE and SCAL its files state.
"""

import struct
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

MOST_ENTRIES: Final = 4_000
"""Entries of one payload (a second of recording): some 300 in the files seen."""
MOST_DEPTH: Final = 4
_SIZES: Final = {
    "b": 1, "B": 1, "s": 2, "S": 2, "l": 4, "L": 4, "f": 4, "d": 8, "j": 8, "J": 8,
}  # fmt: skip
_CODES: Final = {"l": "i", "L": "I", "s": "h", "S": "H", "j": "q", "J": "Q"}
"""Where Python's letters differ."""


class Layout(NamedTuple):
    """Columns of a stream: where latitude, longitude, speed and quality of fix stand."""

    types: str | None
    latitude: int
    longitude: int
    speed: int
    fix: int | None


LAYOUTS: Final = {
    b"GPS9": Layout(None, 0, 1, 3, 8),
    b"GPS5": Layout("lllll", 0, 1, 3, None),
    b"GPRI": Layout(None, 1, 2, 6, 8),
}
"""By preference; a file of newer cameras has both of the first."""
LEAST_FIX: Final = 2
"""0: no satellite fix; 2: place, 3: place and height."""

Fix = tuple[float, float, float | None] | None
"""(latitude, longitude, speed); None where the receiver knew no place."""


def fixes(payload: bytes) -> list[Fix]:
    """The places in one sample of a `gpmd` track, in order; evenly spread over its duration."""
    found: dict[bytes, list[Fix]] = {}
    budget = [MOST_ENTRIES]
    for key, fixed in _streams(payload, 0, len(payload), budget, 0):
        found.setdefault(key, fixed)
    return next((found[key] for key in LAYOUTS if found.get(key)), [])


def _entries(
    data: bytes, at: int, end: int, budget: list[int]
) -> Iterator[tuple[bytes, str, int, bytes]]:
    """(key, type, bytes of one sample, all bytes) of each entry; never beyond `end`."""
    while at + 8 <= end and budget[0]:
        budget[0] -= 1
        key, kind, size, repeat = struct.unpack_from(">4scBH", data, at)
        length = size * repeat
        if key == b"\0\0\0\0" or at + 8 + length > end:
            return
        yield key, kind.decode("latin-1"), size, data[at + 8 : at + 8 + length]
        at += 8 + (length + 3 & ~3)


def _streams(
    data: bytes, at: int, end: int, budget: list[int], depth: int
) -> Iterator[tuple[bytes, list[Fix]]]:
    """(key, its places) of each stream that holds any."""
    scale: list[float] = []
    types: str | None = None
    fix: int | None = None
    for key, kind, size, body in _entries(data, at, end, budget):
        if kind == "\0" and key in (b"DEVC", b"STRM") and depth < MOST_DEPTH:
            yield from _streams(body, 0, len(body), budget, depth + 1)
        elif key == b"SCAL" and kind in _SIZES:
            scale = [float(n) for n in _numbers(kind * (len(body) // _SIZES[kind]), body)]
        elif key == b"TYPE":
            types = body.decode("latin-1").rstrip("\0")
        elif key == b"GPSF" and len(body) >= 4:
            fix = int.from_bytes(body[:4], "big")
        elif key in LAYOUTS and (fix is None or fix >= LEAST_FIX):
            layout = LAYOUTS[key]
            yield key, _rows(layout, layout.types or types or "", size, scale, body)


def _rows(layout: Layout, types: str, size: int, scale: list[float], body: bytes) -> list[Fix]:
    needed = max(layout.latitude, layout.longitude, layout.speed, layout.fix or 0)
    if not size or any(kind not in _SIZES for kind in types) or len(types) <= needed:
        return []
    if sum(_SIZES[kind] for kind in types) != size:
        return []
    scale = scale * len(types) if len(scale) == 1 else scale
    if len(scale) < len(types) or not all(scale):
        return []
    found: list[Fix] = []
    for at in range(0, len(body) - size + 1, size):
        row = _numbers(types, body[at : at + size])
        places = (layout.latitude, layout.longitude, layout.speed)
        latitude, longitude, speed = (row[n] / scale[n] for n in places)
        known = layout.fix is None or row[layout.fix] >= LEAST_FIX
        found.append((latitude, longitude, speed) if known else None)
    return found


def _numbers(types: str, body: bytes) -> tuple[Any, ...]:
    code = ">" + "".join(_CODES.get(kind, kind) for kind in types)
    return struct.unpack_from(code, body)
