"""Start writing to the disk while the next chunk is hashed, so that fsync finds little left."""

import ctypes
import functools
import os
from collections.abc import Callable

_SYNC_FILE_RANGE_WRITE = 2  # linux/fs.h
_STRIDE_BYTES = 8 << 20


def start_writing(fd: int, offset: int, count: int) -> None:
    """Call after each write; every 8 MiB the kernel is asked to begin. Only fsync makes durable."""
    end = offset + count
    if end // _STRIDE_BYTES != offset // _STRIDE_BYTES:
        start = (end // _STRIDE_BYTES - 1) * _STRIDE_BYTES
        _sync_file_range()(fd, start, end - start)


@functools.cache
def _sync_file_range() -> Callable[[int, int, int], None]:
    if os.name != "posix":
        return _nothing
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "sync_file_range"):  # not Linux
        return _nothing
    call = libc.sync_file_range
    call.argtypes = [ctypes.c_int, ctypes.c_int64, ctypes.c_int64, ctypes.c_uint]

    def begin(fd: int, offset: int, length: int) -> None:
        # Its errors are left to fsync, which reports them again.
        call(fd, offset, length, _SYNC_FILE_RANGE_WRITE)

    return begin


def _nothing(_fd: int, _offset: int, _length: int) -> None:
    return None
