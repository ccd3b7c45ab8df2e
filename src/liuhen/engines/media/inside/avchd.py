"""The time AVCHD cameras write into the pictures themselves; their files have no other.

H.264 SEI user data with the UUID of "Modified DV Pack Metadata": `MDPM`, a count, then entries
of one tag and four bytes. 0x18 holds zone, year, month; 0x19 day, hour, minute, second, in BCD.
As described by ExifTool's H264 tables.
"""

from datetime import datetime
from typing import Final

from liuhen.engines.media.facts import TimeClaim

_UUID: Final = bytes.fromhex("17ee8c60f84d11d98cd60800200c9a66") + b"MDPM"
_SUMMER, _WEST, _HALF_HOUR = 0x40, 0x20, 0x01


def recorded_time(packet: bytes) -> TimeClaim | None:
    """The claim in one H.264 access unit, or None."""
    at = packet.find(_UUID)
    if at < 0:
        return None
    # 00 00 03 stands for 00 00 inside a unit (ISO/IEC 14496-10 §7.4.1).
    body = packet[at + len(_UUID) : at + len(_UUID) + 400].replace(b"\x00\x00\x03", b"\x00\x00")
    entries = {body[n]: body[n + 1 : n + 5] for n in range(1, min(len(body) - 4, 300), 5)}
    if not body or 0x18 not in entries or 0x19 not in entries:
        return None
    return _claim(entries[0x18], entries[0x19])


def _claim(first: bytes, second: bytes) -> TimeClaim | None:
    digits = (first[1:] + second).hex()
    try:
        read = datetime.strptime(digits, "%Y%m%d%H%M%S")
    except ValueError:
        return None
    zone = first[0]
    minutes = (zone >> 1 & 0x0F) * 60 + (30 if zone & _HALF_HOUR else 0)
    minutes = -minutes if zone & _WEST else minutes
    minutes += 60 if zone & _SUMMER else 0
    known = zone != 0xFF
    offset = minutes if known else None
    return TimeClaim(
        "header:avchd", digits, read.isoformat(), offset, "stated" if known else "unknown"
    )
