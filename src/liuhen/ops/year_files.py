"""The year's recordings as files: a few clips drawn once, varied for each recording.

Each is half a minute long and valid: its header has its own time, its bytes are nobody else's.
"""

import os
import struct
from datetime import datetime, timedelta
from pathlib import Path

from liuhen.engines.media import footage
from liuhen.kernel.clock import CHINA

SECONDS = 30
SIZE = (160, 96)
PHOTO_SIZE = (320, 240)
SCENES = ("shop", "warehouse", "stable", "office")
DRAWN_AT = datetime(2024, 1, 5, 9, 30, tzinfo=CHINA)
QUICKTIME_EPOCH = 2_082_844_800
"""Seconds from 1904 to 1970: ISO/IEC 14496-12 counts creation times from there."""


class Reel:
    """Writes a recording's file in a millisecond. `folder` is its own."""

    def __init__(self, folder: Path) -> None:
        self.clips = [drawn(folder / f"{scene}.mp4", scene) for scene in SCENES]

    def clip(self, path: Path, *, started_at: datetime, variant: int) -> None:
        """`started_at`: by the device's clock. The name goes in, so that no two are alike."""
        head, movie = self.clips[variant % len(self.clips)]
        tag = path.name.encode()
        moved = movie.replace(stamp(DRAWN_AT), stamp(started_at))
        free = struct.pack(">I", 8 + len(tag)) + b"free" + tag
        path.write_bytes(head + moved + free)
        touch(path, started_at + timedelta(seconds=SECONDS))


def drawn(path: Path, scene: str) -> tuple[bytes, bytes]:
    """(sound and picture, the header after them that bears its times)."""
    footage.make_clip(
        path, started_at=DRAWN_AT, seconds=SECONDS, scene=scene, size=SIZE, frugal=True
    )
    data = path.read_bytes()
    begin = data.rindex(b"moov")
    if stamp(DRAWN_AT) not in data[begin:]:
        raise ValueError(f"{path}: no creation time in its header")
    return data[:begin], data[begin:]


def photo(path: Path, *, taken_at: datetime, device_no: str, variant: int) -> None:
    scene = SCENES[variant % len(SCENES)]
    footage.make_photo(path, taken_at=taken_at, scene=scene, model=device_no, size=PHOTO_SIZE)
    touch(path, taken_at)


def stamp(at: datetime) -> bytes:
    return struct.pack(">I", int(at.timestamp()) + QUICKTIME_EPOCH)


def touch(path: Path, at: datetime) -> None:
    os.utime(path, (at.timestamp(), at.timestamp()))
