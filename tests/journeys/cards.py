"""Cards as body cameras write them."""

from datetime import datetime, timedelta
from pathlib import Path

from liuhen.engines.media import footage


def card_of_clips(folder: Path, first: datetime, apart: timedelta, *, clips: int) -> Path:
    """Clips of six seconds by one camera, each begun `apart` after the one before."""
    for n in range(clips):
        at = first.replace(microsecond=0) + n * apart
        path = folder / f"ZF-0007_100123_{at:%Y%m%d%H%M%S}.MP4"
        footage.make_clip(path, started_at=at, seconds=6, size=(640, 360))
    return folder
