"""Read times and places that files state, and say how far each can be trusted."""

import re
from datetime import datetime
from typing import Final

from liuhen.engines.media.facts import TimeClaim, clipped

_DATE_TIME: Final = re.compile(
    r"(\d{4})[-:/.](\d{1,2})[-:/.](\d{1,2})"
    r"[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?"
)
_C_TIME: Final = re.compile(
    r"(?:[A-Za-z]{3}\w*,?\s+)?([A-Za-z]{3})\w*\s+(\d{1,2})\s+(\d{2}):(\d{2}):(\d{2})\s+(\d{4})"
)
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_ISO_6709: Final = re.compile(r"([+-]\d{1,3}(?:\.\d{1,9})?)([+-]\d{1,3}(?:\.\d{1,9})?)")


def claim(origin: str, text: object, *, by_specification: bool = False) -> TimeClaim | None:
    """The time in `text`, or None if there is no text. An unreadable one keeps `local` None, and
    so does a bare date: midnight would be an invention.

    by_specification: a zone in `text` was put there by the format's definition (UTC), not by
    the device; many devices write local time into such fields all the same.
    """
    kept = clipped(text)
    if kept is None:
        return None
    read, offset = _read(kept)
    zone = "unknown" if offset is None else "by_specification" if by_specification else "stated"
    return TimeClaim(origin, kept, None if read is None else read.isoformat(), offset, zone)


def place(text: object) -> tuple[float, float] | None:
    """Latitude and longitude in degrees from ISO 6709 text such as "+37.3318-122.0307+10/"."""
    found = _ISO_6709.match(str(text)[:100].strip())
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def offset_of(text: str | None) -> int | None:
    """Minutes east of UTC in "+08:00", "+0800" or "Z"; None if it is none of them."""
    if text == "Z":
        return 0
    if text is None or not re.fullmatch(r"[+-]\d{2}:?\d{2}", text):
        return None
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return (-minutes if text[0] == "-" else minutes) if minutes <= 14 * 60 else None


def _read(text: str) -> tuple[datetime | None, int | None]:
    """(wall clock reading, offset in minutes or None)."""
    found = _DATE_TIME.search(text)
    try:
        if found is not None:
            year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
            micro = int((found[7] or "0").ljust(6, "0")[:6])
            return datetime(year, month, day, hour, minute, second, micro), offset_of(found[8])
        if (old := _C_TIME.search(text)) is not None:
            month = _MONTHS.index(old[1].lower()) + 1
            day, hour, minute, second, year = (int(old[n]) for n in range(2, 7))
            return datetime(year, month, day, hour, minute, second), None
    except ValueError:
        pass
    return None, None
