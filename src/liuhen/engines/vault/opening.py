"""Open what is a plain file and nothing else; say whose fault an OSError is."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator

from liuhen.engines.vault.errors import SourceReason, SourceRefused, StoreFailed, StoreFull

# O_NONBLOCK: opening a FIFO must not wait for its writer.
_SAFE_OPEN = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
)

_REASONS = {
    errno.ELOOP: SourceReason.SYMLINK,
    errno.ENXIO: SourceReason.NOT_REGULAR,  # a socket, or a device without a driver
    errno.ENOENT: SourceReason.VANISHED,
    errno.ENOTDIR: SourceReason.VANISHED,
    errno.ENODEV: SourceReason.VANISHED,
    errno.ESTALE: SourceReason.VANISHED,
    errno.EACCES: SourceReason.PERMISSION,
    errno.EPERM: SourceReason.PERMISSION,
    errno.ENAMETOOLONG: SourceReason.NAME_TOO_LONG,
}


def open_regular(path: bytes | str, *, dir_fd: int | None = None, flags: int = 0) -> int:
    """A descriptor on a regular file that is no symlink. Raises SourceRefused."""
    with blame_source():
        fd = os.open(path, _SAFE_OPEN | flags, dir_fd=dir_fd)
    mode = os.fstat(fd).st_mode
    if stat.S_ISREG(mode):
        return fd
    os.close(fd)
    raise SourceRefused(SourceReason.FIFO if stat.S_ISFIFO(mode) else SourceReason.NOT_REGULAR)


@contextlib.contextmanager
def blame_source() -> Iterator[None]:
    """Turn OSError into SourceRefused."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, SourceReason.IO_ERROR)
        raise SourceRefused(reason, error.strerror or "") from error


@contextlib.contextmanager
def blame_store() -> Iterator[None]:
    """Turn OSError into StoreFull or StoreFailed."""
    try:
        yield
    except OSError as error:
        raise store_failure(error) from error


def store_failure(error: OSError) -> StoreFull | StoreFailed:
    """What an OSError on the vault's side means."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG):
        return StoreFull("store_full", error.strerror or "")
    name = errno.errorcode.get(error.errno or 0, "unknown").lower()
    return StoreFailed(f"store_{name}", error.strerror or "")
