"""Walk below a root without ever leaving it: one openat per component, none a symlink."""

import os
import stat
from collections.abc import Callable

from liuhen.engines.vault.errors import NotThere, SourceReason, SourceRefused, StoreFailed
from liuhen.engines.vault.opening import blame_source, open_regular, store_failure
from liuhen.engines.vault.safe_paths import split_key

DIRECTORY = (
    os.O_RDONLY
    | getattr(os, "O_DIRECTORY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
)

# To walk through, not to list: a folder above the card may be closed to reading.
WAY = DIRECTORY | getattr(os, "O_PATH", 0)


def open_key(root: os.PathLike[str] | str, key: str) -> int:
    """A read-only descriptor on the original. Raises: BadKey, NotThere, StoreFailed.

    A symlink or FIFO under the key is StoreFailed: something is there, but not the original.
    """
    folders, name = split_key(key)
    try:
        directory = descend(root, folders)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotThere("not_there", key) from error
    except OSError as error:
        raise store_failure(error) from error
    try:
        return open_regular(name, dir_fd=directory)
    except SourceRefused as refused:
        if refused.reason == SourceReason.VANISHED:
            raise NotThere("not_there", key) from refused
        raise StoreFailed(f"store_{refused.reason}", key) from refused
    finally:
        os.close(directory)


def open_source(path: bytes, *, flags: int = 0) -> int:
    """A descriptor on the card's file. Raises SourceRefused; a link anywhere in `path`, put there
    after the path was chosen, leads nowhere.

    Args:
        path: absolute, without links.
    """
    folder, name = open_folder_of(path)
    try:
        return open_regular(name, dir_fd=folder, flags=flags)
    finally:
        os.close(folder)


def open_folder_of(path: bytes) -> tuple[int, bytes]:
    """A descriptor on the folder `path` lies in, and its last part. Raises SourceRefused."""
    above, name = os.path.split(path)
    fd = os.open(b"/" if path.startswith(b"/") else b".", WAY)
    for part in filter(None, above.split(b"/")):
        try:
            with blame_source():
                below = os.open(part, WAY, dir_fd=fd)
        except SourceRefused:
            if is_link(part, fd):
                raise SourceRefused(SourceReason.SYMLINK) from None
            raise
        finally:
            os.close(fd)
        fd = below
    return fd, name


def is_link(name: bytes, folder: int) -> bool:
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def descend(
    root: os.PathLike[str] | str,
    folders: tuple[str, ...],
    at_each: Callable[[int, tuple[str, ...]], None] | None = None,
) -> int:
    """A descriptor on root/folders. `at_each(parent_fd, path)` is called before each step down,
    to make what is missing. Raises OSError."""
    fd = os.open(root, DIRECTORY & ~getattr(os, "O_NOFOLLOW", 0))
    for depth, folder in enumerate(folders, start=1):
        try:
            if at_each:
                at_each(fd, folders[:depth])
            below = os.open(folder, DIRECTORY, dir_fd=fd)
        finally:
            os.close(fd)
        fd = below
    return fd
