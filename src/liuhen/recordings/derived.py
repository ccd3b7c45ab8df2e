"""Where a recording's thumbnails and renditions lie. All of it can be made again."""

import shutil
from pathlib import Path

from django.conf import settings

from liuhen.recordings.models import MediaKind, Recording

HALF_DONE = (".examining-", ".rendering-")
"""How the media engine names the folders it works in; finished work is moved out of them."""
POSTER = "poster.jpg"
WAVEFORM = "waveform.json"
RENDITION_SUFFIX = {MediaKind.VIDEO: "mp4", MediaKind.AUDIO: "m4a", MediaKind.PHOTO: "jpg"}


def folder(recording: Recording) -> Path:
    """By year, so that no folder holds a million: derived/2026/2026-000012."""
    return Path(settings.DATA.derived) / recording.number[:4] / recording.number


def sweep() -> int:
    """Remove what examinations and renditions left half-done when their worker was killed.

    Answers how many folders went. Only the one worker may call it: nobody else makes any.
    """
    left = [
        folder
        for prefix in HALF_DONE
        for folder in Path(settings.DATA.derived).glob(f"*/*/{prefix}*")
    ]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(left)


def rendition(recording: Recording) -> Path:
    suffix = RENDITION_SUFFIX[MediaKind(recording.kind)]
    return folder(recording) / f"rendition.{suffix}"
