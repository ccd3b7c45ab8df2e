"""A package written where the server is: into a folder, or as the image of a disc.

Each file is hashed from the very bytes that are written; a changed one stops the whole.
"""

import io
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO

from liuhen.access import extraction_errors as errors
from liuhen.access.package_files import Stored
from liuhen.access.packages import Package, opened
from liuhen.engines.paper import disc_images
from liuhen.engines.paper.disc_images import ImageFile, SourceDiffers
from liuhen.engines.vault.receiving import receive
from liuhen.recordings import own_folders, vaults
from liuhen.recordings.errors import FolderNotEmpty

Tell = Callable[[int, int], None]


def untold(done: int, total: int) -> None:
    """Nobody waits for it."""


def write(package: Package, to: Path, tell: Tell = untold) -> Path:
    """The package's folder below `to`; answers it. Its page is written last.

    Refuses: OwnFolder, FolderNotEmpty, OriginalChanged. Raises: OSError, StoreFull.
    """
    folder = to / package.name
    own_folders.check_outside(os.fsencode(folder.absolute()))
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty(path=str(folder))
    total, done = package.size_bytes, 0
    for one in package.files:
        copy(one, folder / one.path)
        done += one.size_bytes
        tell(done, total)
    for path, content in sorted(package.texts.items(), key=lambda text: text[0] == "index.html"):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    tell(total, total)
    return folder


def copy(one: Stored, target: Path) -> None:
    source = one.where or vaults.path(one.key)
    if not source.is_file():
        raise errors.OriginalChanged(recording=one.number)
    target.parent.mkdir(parents=True, exist_ok=True)
    received = receive(bytes(source), target)
    if received.digests.sha256 != one.sha256:
        target.unlink()
        raise errors.OriginalChanged(recording=one.number)


def image(package: Package, out: Path, *, label: str, tell: Tell = untold) -> None:
    """The new file `out`: a disc with the package at its top.

    Args:
        label: the volume's name, at most 16 of A-Z, 0-9 and _.
    Refuses: OwnFolder, OriginalChanged. Raises: OSError; nothing of `out` stays.
    """
    own_folders.check_outside(os.fsencode(out.absolute().parent))
    files = [ImageFile(one.path, one.size_bytes, partial(opened, one)) for one in package.files]
    files += [
        ImageFile(path, len(content), partial(in_memory, content))
        for path, content in package.texts.items()
    ]
    numbers = {one.path: one.number for one in package.files}
    try:
        digests = disc_images.write(files, out, label=label, tell=tell)
    except SourceDiffers as wrong:
        raise errors.OriginalChanged(recording=numbers.get(wrong.path, "")) from wrong
    for one in package.files:
        if digests[one.path] != one.sha256:
            out.unlink()
            raise errors.OriginalChanged(recording=one.number)


def in_memory(content: bytes) -> BinaryIO:
    return io.BytesIO(content)
