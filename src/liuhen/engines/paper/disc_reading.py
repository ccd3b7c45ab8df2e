"""A written disc read again: where it is mounted, in the drive itself, or as an image file.

Only what is asked for by name is read; what else lies there is nobody's business here.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from pycdlib import PyCdlib
from pycdlib.pycdlibexception import PyCdlibException


class NoDisc(Exception):
    """Neither a folder nor anything with a file system a disc has."""


class DiscSource(Protocol):
    """`where`: what it was read from: folder, or image (a file, or the drive)."""

    where: str

    def open(self, path: str) -> BinaryIO:
        """Raises FileNotFoundError, or another OSError where the disc does not read."""


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
        target = self.root / path
        if not target.is_file():
            raise FileNotFoundError(path)
        return target.open("rb", buffering=0)


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
