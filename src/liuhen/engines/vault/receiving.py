"""Take one source in: copy while hashing, make durable, read back from the disk, compare.

HOUSE habit 12 up to (not with) the link; `DiskVault.put` does the rest.
"""

import contextlib
import errno
import mmap
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from liuhen.engines.vault.beneath import open_source
from liuhen.engines.vault.buffers import (
    Progress,
    advise,
    no_progress,
    page_buffer,
    read_into,
    worker_buffer,
)
from liuhen.engines.vault.digests import Digests, Hasher
from liuhen.engines.vault.errors import SourceReason, SourceRefused, StoreFailed
from liuhen.engines.vault.opening import blame_source, blame_store
from liuhen.engines.vault.sha256 import sha256_fd
from liuhen.engines.vault.writeback import start_writing

HEAD_BYTES = 4096
SEALED_MODE = 0o444

# Leave the card untouched.
_NO_ATIME = getattr(os, "O_NOATIME", 0)


@dataclass(frozen=True, slots=True)
class Received:
    """A temp that lies on the disk, was read back and is what the source held.

    `source_mtime_ns` is the file system's claim, raw; `head` the first bytes, at most 4096.
    """

    digests: Digests
    source_size_bytes: int
    source_mtime_ns: int
    source_dev: int
    source_ino: int
    head: bytes


def receive(
    source: bytes,
    temp: Path,
    *,
    progress: Progress = no_progress,
    buffer: mmap.mmap | None = None,
) -> Received:
    """Copy `source` into the new file `temp` (0444), durable and compared, or leave nothing.

    Args:
        source: the path byte for byte; a link in it is refused.
        temp: must not exist; its folder must lie on the vault's file system.
        progress: told the bytes copied, once a chunk.
        buffer: from `page_buffer()`, to be used again from call to call.
    Raises:
        SourceRefused: the source is at fault; `reason` says how.
        StoreFull, StoreFailed: our side is.
    """
    if buffer is None:
        buffer = page_buffer()
    with _opened(source) as card, new_file(temp) as out:
        with blame_source():
            before = os.fstat(card)
        with blame_store():
            _reserve(out, before.st_size)
        digests, head = _copy(card, out, buffer, progress)
        _check_unchanged(card, before, digests.size_bytes)
        settle(out, digests, buffer, progress=lambda _: progress(before.st_size))
    return Received(digests, before.st_size, before.st_mtime_ns, before.st_dev, before.st_ino, head)


def settle(
    out: int, digests: Digests, buffer: mmap.mmap, *, progress: Progress = no_progress
) -> None:
    """Make what was written read-only and durable, read it back from the disk and compare.

    Raises: StoreFull, StoreFailed.
    """
    with blame_store():
        os.fchmod(out, SEALED_MODE)  # before fsync, so that the mode is as durable
        os.fsync(out)
        advise(out, 0, 0, "DONTNEED")  # so that reading back asks the disk, not memory
        read_back = sha256_fd(out, buffer=buffer, progress=progress)
    if read_back != digests.sha256:
        raise StoreFailed("read_back_differs", f"wrote {digests.sha256}, read {read_back}")


@contextlib.contextmanager
def _opened(source: bytes) -> Iterator[int]:
    try:
        fd = open_source(source, flags=_NO_ATIME)
    except SourceRefused as refused:
        if refused.reason != SourceReason.PERMISSION or not _NO_ATIME:
            raise
        fd = open_source(source)  # O_NOATIME is for the owner only
    advise(fd, 0, 0, "SEQUENTIAL")
    try:
        yield fd
    finally:
        os.close(fd)


@contextlib.contextmanager
def new_file(temp: Path) -> Iterator[int]:
    """A new file, open for writing and reading back; unlinked if anything goes wrong."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    with blame_store():
        fd = os.open(temp, flags, 0o600)
    try:
        yield fd
    except BaseException:  # an interrupt leaves no partial temp either
        with contextlib.suppress(OSError):  # the first fault is the one to tell
            temp.unlink()
        raise
    finally:
        os.close(fd)


def _reserve(fd: int, size_bytes: int) -> None:
    """Find out now, not at 90 %, that the disk is too small; also fewer fragments."""
    if size_bytes == 0 or not hasattr(os, "posix_fallocate"):
        return
    try:
        os.posix_fallocate(fd, 0, size_bytes)
    except OSError as error:
        if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL, errno.ENODEV, errno.EPERM):
            raise


def _copy(card: int, out: int, buffer: mmap.mmap, progress: Progress) -> tuple[Digests, bytes]:
    """Both digests of what was read and written, and its first bytes."""
    hasher = Hasher()
    view = memoryview(buffer)
    head = b""
    done_bytes = 0
    while True:
        with blame_source():
            count = read_into(card, view)
        if count == 0:
            return hasher.digests(), head
        chunk = view[:count]
        if len(head) < HEAD_BYTES:
            head += bytes(chunk[: HEAD_BYTES - len(head)])
        hasher.update(chunk)
        with blame_store():
            write_all(out, chunk)
            start_writing(out, done_bytes, count)
        done_bytes += count
        progress(done_bytes)


def write_all(fd: int, chunk: memoryview) -> None:
    while len(chunk):
        chunk = chunk[os.write(fd, chunk) :]


def _check_unchanged(card: int, before: os.stat_result, read_bytes: int) -> None:
    with blame_source():
        after = os.fstat(card)
    facts = (before.st_size, before.st_mtime_ns)
    if read_bytes != before.st_size or (after.st_size, after.st_mtime_ns) != facts:
        raise SourceRefused(
            SourceReason.CHANGED_WHILE_READING,
            f"{before.st_size} bytes at first, {after.st_size} at last, {read_bytes} read",
        )


def receive_task(report: Progress, source: bytes, temp: str) -> Received:
    """`receive` as a worker's verb."""
    return receive(source, Path(temp), progress=report, buffer=worker_buffer())
