"""A written disc read again: where it is mounted, in the drive itself, or as an image file.

Only what is asked for by name is read; what else lies there is nobody's business here.
"""

import os
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol, cast

from pycdlib import PyCdlib
from pycdlib.pycdlibexception import PyCdlibException


class LinkOnDisc(OSError):
    """What lies there leads elsewhere: no disc of ours has links, and none is followed."""


class NoDisc(Exception):
    """Neither a folder nor anything with a file system a disc has."""


class DiscSource(Protocol):
    """`where`: what it was read from: folder, or image (a file, or the drive)."""

    where: str

    def open(self, path: str) -> BinaryIO:
        """Raises FileNotFoundError, LinkOnDisc, or another OSError where the disc does not read."""


@contextmanager
def opened(place: Path) -> Iterator[DiscSource]:
    """Raises: NoDisc, OSError."""
    if place.is_dir():
        yield Folder(place)
        return
    with place.open("rb") as stream:
        image = PyCdlib()
        try:
            image.open_fp(stream)
        except (PyCdlibException, ValueError, IndexError, struct.error, RecursionError) as fault:
            # What is no image may be anything: a parser stumbles over it in its own ways.
            raise NoDisc(str(place)) from fault
        try:
            yield Image(image)
        finally:
            image.close()


class Folder:
    where = "folder"

    def __init__(self, root: Path) -> None:
        self.root = root

    def open(self, path: str) -> BinaryIO:
        *folders, name = PurePosixPath(path).parts
        here = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for folder in folders:
                below = opened_below(here, folder, os.O_DIRECTORY)
                os.close(here)
                here = below
            found = opened_below(here, name)
        finally:
            os.close(here)
        if not stat.S_ISREG(os.fstat(found).st_mode):
            os.close(found)
            raise FileNotFoundError(path)
        return os.fdopen(found, "rb", buffering=0)


def opened_below(folder: int, name: str, flags: int = 0) -> int:
    """Raises: LinkOnDisc, OSError."""
    if stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
        raise LinkOnDisc(name)
    # Nor one that was laid there since; a pipe must not hold the worker up.
    return os.open(name, flags | os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)


class Image:
    """By UDF, which has the whole names; a disc that others wrote may lack it."""

    where = "image"

    def __init__(self, image: PyCdlib) -> None:
        self.image = image
        if image.has_udf():
            self.by = "udf_path"
        elif image.has_rock_ridge():
            self.by = "rr_path"
        else:
            self.by = "joliet_path" if image.has_joliet() else "iso_path"

    def open(self, path: str) -> BinaryIO:
        try:
            found = self.image.open_file_from_iso(**{self.by: f"/{path}"})
        except PyCdlibException as fault:
            raise FileNotFoundError(path) from fault
        # It can be read once it was entered.
        return cast(BinaryIO, found.__enter__())  # type: ignore[no-untyped-call]  # pycdlib's
