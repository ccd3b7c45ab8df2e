"""SHA-256 alone, for reading back and scrubbing. Light: every worker reads it at its start."""

import hashlib
import mmap
import os

from liuhen.engines.vault.buffers import Progress, chunks, no_progress, page_buffer


def sha256_fd(fd: int, *, progress: Progress = no_progress, buffer: mmap.mmap | None = None) -> str:
    """SHA-256 of an open file, read from its start: 4 times as fast as with SM3. Raises OSError."""
    sha256 = hashlib.sha256()
    done_bytes = 0
    for chunk in chunks(fd, page_buffer() if buffer is None else buffer):
        sha256.update(chunk)
        done_bytes += len(chunk)
        progress(done_bytes)
    return sha256.hexdigest()


def sha256_file(path: os.PathLike[str] | str | bytes, *, progress: Progress = no_progress) -> str:
    """SHA-256 of the file at `path`; follows symlinks. Raises OSError."""
    fd = os.open(path, os.O_RDONLY)
    try:
        return sha256_fd(fd, progress=progress)
    finally:
        os.close(fd)
