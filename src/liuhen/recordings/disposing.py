"""What becomes of a recording's row and of what was made from it when its bytes are removed.

When and by whom that may be done is for `retention`; nothing here asks.
"""

import os
import shutil
from datetime import datetime

from liuhen.recordings import derived
from liuhen.recordings.errors import Disposed
from liuhen.recordings.models import Recording
from liuhen.recordings.search import keeping


def mark(recording: Recording, *, at: datetime) -> bool:
    """From now on nobody opens it. False: it was marked before. In the caller's transaction."""
    rows = Recording.objects.filter(pk=recording.pk, disposed_at=None)
    moved = rows.update(disposed_at=at)
    keeping.refresh([recording.pk])
    recording.disposed_at = recording.disposed_at or at
    return bool(moved)


def unmark(recording: Recording) -> None:
    """Its bytes stay after all. In the caller's transaction."""
    Recording.objects.filter(pk=recording.pk).update(disposed_at=None)
    keeping.refresh([recording.pk])
    recording.disposed_at = None


def remove_derived(recording: Recording) -> int:
    """Rendition, thumbnails, snapshots, what was heard: all that shows it. How many files went;
    removing again is harmless. Raises: OSError."""
    folder = derived.folder(recording)
    if not folder.is_dir() or folder.is_symlink():
        return 0
    files = sum(len(names) for _folder, _below, names in os.walk(folder))
    shutil.rmtree(folder)
    return files


def is_disposed(recording: Recording) -> bool:
    """As it stands now: somebody else may have begun since the row was read."""
    return Recording.objects.filter(pk=recording.pk, disposed_at__isnull=False).exists()


def check_kept(recording: Recording) -> None:
    """As it stands now. Refuses: Disposed."""
    if is_disposed(recording):
        raise Disposed(number=recording.number)


def check_row(recording: Recording) -> None:
    """By a row that was read just now: no query. Refuses: Disposed."""
    if recording.disposed_at is not None:
        raise Disposed(number=recording.number)
