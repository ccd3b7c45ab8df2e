"""Where a recording's thumbnails and renditions lie. All of it can be made again."""

from pathlib import Path

from django.conf import settings

from liuhen.recordings.models import MediaKind, Recording

POSTER = "poster.jpg"
WAVEFORM = "waveform.json"
RENDITION_SUFFIX = {MediaKind.VIDEO: "mp4", MediaKind.AUDIO: "m4a", MediaKind.PHOTO: "jpg"}


def folder(recording: Recording) -> Path:
    """By year, so that no folder holds a million: derived/2026/2026-000012."""
    return Path(settings.DATA.derived) / recording.number[:4] / recording.number


def rendition(recording: Recording) -> Path:
    suffix = RENDITION_SUFFIX[MediaKind(recording.kind)]
    return folder(recording) / f"rendition.{suffix}"
