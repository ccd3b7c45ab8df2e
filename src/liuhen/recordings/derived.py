"""Where a recording's thumbnails and renditions lie. All of it can be made again."""

import shutil
import time
from pathlib import Path

from django.conf import settings

from liuhen.recordings.models import MediaKind, Recording

HALF_DONE = (".examining-", ".rendering-", ".cutting-")
"""How the media engine names the folders it works in; finished work is moved out of them."""
LISTENING = ".listening-"
SNAPPING = ".snapshot-"
"""The web's own: a snapshot is made while somebody waits for it."""
STALE_SECONDS = 3600
POSTER = "poster.jpg"
WAVEFORM = "waveform.json"
TRACK = "track.json"
"""Where the device was, second by second, if the file says so: `engines.media.routes.read`."""
SPEECH = "speech.json"
RENDITION_SUFFIX = {MediaKind.VIDEO: "mp4", MediaKind.AUDIO: "m4a", MediaKind.PHOTO: "jpg"}


def folder(recording: Recording) -> Path:
    """By year, so that no folder holds a million: derived/2026/2026-000012."""
    return Path(settings.DATA.derived) / recording.number[:4] / recording.number


def sweep() -> int:
    """Remove what examinations and renditions left half-done when their worker was killed.

    Answers how many folders went. Only the one worker may call it: nobody else makes any but
    those of SNAPPING, which are left for an hour.
    """
    root = Path(settings.DATA.derived)
    left = [folder for prefix in (*HALF_DONE, LISTENING) for folder in root.glob(f"*/*/{prefix}*")]
    old = time.time() - STALE_SECONDS
    left += [one for one in root.glob(f"*/*/{SNAPPING}*") if one.stat().st_mtime < old]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def rendition(recording: Recording) -> Path:
    suffix = RENDITION_SUFFIX[MediaKind(recording.kind)]
    return folder(recording) / f"rendition.{suffix}"
