"""Which findings put a mark on a recording."""

from collections.abc import Iterable

from liuhen.recordings.models import RecordingState

NOTICES = {"time_of_copy", "clock_corrected", "rewrapped", "no_sound", "scan_incomplete"}
"""Told beside the recording, but no reason to mark it."""


def state_after(codes: Iterable[str]) -> RecordingState:
    """Of an examined recording with findings of these codes."""
    return RecordingState.EXAMINED if NOTICES.issuperset(codes) else RecordingState.MARKED
