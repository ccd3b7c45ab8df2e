"""Segments on their way to the vault: how they are named, and what a crash left of them.

A segment is written as `NAME.part` and gets its name when it is whole. The name is one
`names.DEFAULT_PATTERNS` reads: the device's number, if it is of a shape those know, and the
instant, by China's clock, at which the server began to record.
"""

import contextlib
import os
import re
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

CHINA: Final = timezone(timedelta(hours=8))
"""The one zone of the whole country; in its sandbox the child has no database of zones."""
PART: Final = ".part"
_READABLE: Final = re.compile(r"(?=.*[1-9A-Za-z])[A-Za-z0-9-]{1,24}\Z")
_TIME_FIRST: Final = re.compile(r"20[0-9]{2}")
"""A number that begins like a year would be read as one."""


def stem_of(device_no: str, began_at: datetime) -> str:
    """The name without suffix; `began_at` is aware. Milliseconds keep two in a second apart."""
    at = began_at.astimezone(CHINA)
    time = f"{at:%Y%m%d%H%M%S}_{at.microsecond // 1000:03}"
    fits = _READABLE.match(device_no) and not _TIME_FIRST.match(device_no)
    return f"{device_no}_{time}" if fits else time


def finish(folder: Path) -> list[Path]:
    """Give what a crash left as `.part` its name; answers what is new. To be called while nobody
    writes there. Bytes are never removed: only a file without any is."""
    done = []
    for part in sorted(folder.glob(f"*{PART}")):
        found = part.lstat()
        if not stat.S_ISREG(found.st_mode):
            continue
        if found.st_size == 0:
            part.unlink()
            continue
        done.append(keep(part))
    return done


def keep(part: Path) -> Path:
    """Make the bytes durable under the name without `.part`; one that is taken gets a number."""
    sync(part)
    whole = part.with_suffix("")
    number = 1
    while whole.exists():
        number += 1
        whole = part.with_suffix("").with_stem(f"{part.with_suffix('').stem}-{number}")
    part.rename(whole)
    sync(part.parent)
    return whole


def sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def finished(folder: Path) -> list[Path]:
    """The whole segments, oldest name first; none where the folder is not there yet."""
    with contextlib.suppress(FileNotFoundError):
        return sorted(
            Path(entry.path)
            for entry in os.scandir(folder)
            if entry.is_file(follow_symlinks=False) and not entry.name.endswith(PART)
        )
    return []


def last_written(folder: Path) -> float | None:
    """When anything here was last written to, seconds since 1970; None for an empty folder."""
    with contextlib.suppress(FileNotFoundError):
        times = [
            entry.stat(follow_symlinks=False).st_mtime
            for entry in os.scandir(folder)
            if entry.is_file(follow_symlinks=False)
        ]
        return max(times, default=None)
    return None
