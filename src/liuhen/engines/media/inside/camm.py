"""Places in a track of Google's camera motion metadata: one packet a sample, little-endian.

Source: Google's Camera Motion Metadata Spec, packet types 5 (place) and 6 (place, fix, velocity).
"""

import math
import struct
from typing import Final

from liuhen.engines.media.inside.gpmf import LEAST_FIX, Fix

_PLACE: Final = struct.Struct("<2H3d")
_FIX: Final = struct.Struct("<2Hdi2d7f")


def fixes(packet: bytes) -> list[Fix]:
    """The place in one sample, if it is a packet that has one."""
    kind = int.from_bytes(packet[2:4], "little")
    if kind == 5 and len(packet) >= _PLACE.size:
        _, _, latitude, longitude, _ = _PLACE.unpack_from(packet)
        return [(latitude, longitude, None)]
    if kind == 6 and len(packet) >= _FIX.size:
        _, _, _, fix, latitude, longitude, *rest = _FIX.unpack_from(packet)
        east, north = rest[3], rest[4]
        return [(latitude, longitude, math.hypot(east, north))] if fix >= LEAST_FIX else []
    return []
