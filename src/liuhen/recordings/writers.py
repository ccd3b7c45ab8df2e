"""Is somebody still writing a file? A letter box may be emptied only when nobody is."""

import contextlib
import errno
import fcntl
import os
import signal

OPEN_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def has_writer(fd: int) -> bool | None:
    """Whether any process holds the file open for writing; None where it can't be told.

    A read lease is granted only where nobody writes (fcntl(2), F_SETLEASE); it is for the file's
    owner or CAP_LEASE, and some file systems have none.
    """
    # Who opens the file in this very moment breaks the lease: SIGIO would end the process.
    fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGURG)
    try:
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return True if error.errno == errno.EAGAIN else None
    with contextlib.suppress(OSError):
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    return False


def is_being_written(path: bytes) -> bool | None:
    """`has_writer` by name; None for what can't be opened."""
    try:
        fd = os.open(path, OPEN_FLAGS)
    except OSError:
        return None
    try:
        return has_writer(fd)
    finally:
        os.close(fd)
