"""Where this installation keeps its own: never a card to take in, let alone to clear.

Folders are known by device and inode, so that neither a link nor a bind mount hides one.
"""

import os

from django.conf import settings

from liuhen.recordings import errors
from liuhen.recordings.names import shown

Identity = tuple[int, int]


def identity(path: os.PathLike[str] | bytes) -> Identity | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def own() -> frozenset[Identity]:
    """The data directory and what it keeps; a folder within may be a link to another disk."""
    data = settings.DATA
    folders = (
        *(data.root, data.vault, data.quarantine, data.derived),
        *(data.discs, data.keys, data.locks),
    )
    return frozenset(filter(None, map(identity, folders)))


def letter_boxes() -> frozenset[Identity]:
    """Within the data directory, yet what lies there is still to be taken in."""
    data = settings.DATA
    boxes = (data.uploads, data.watch, data.windows, settings.LIUHEN_WATCH)
    return frozenset(filter(None, map(identity, boxes)))


def check_outside(root: bytes) -> None:
    """Refuses: OwnFolder when `root` is kept by this installation itself."""
    ours, boxes = own(), letter_boxes()
    path = os.path.realpath(root)
    while True:
        found = identity(path)
        if found in ours:
            raise errors.OwnFolder(path=shown(root))
        if found in boxes or path == os.path.dirname(path):
            return
        path = os.path.dirname(path)
