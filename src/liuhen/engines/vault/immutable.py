"""The immutable flag of a file (chattr +i), where the system and our rights have it."""

import os
import struct
from collections.abc import Callable
from pathlib import Path

# linux/fs.h: FS_IOC_GETFLAGS and FS_IOC_SETFLAGS as a 64-bit kernel numbers them.
_GET_FLAGS = 0x80086601
_SET_FLAGS = 0x40086602
_IMMUTABLE = 0x10


def set_flag(fd: int) -> bool:
    """Whether the file is immutable now; False where that cannot be had."""
    return _change(fd, lambda flags: flags | _IMMUTABLE)


def clear(path: Path) -> bool:
    """Whether the file can be moved again; False where flags are unknown or not ours."""
    fd = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    try:
        return clear_flag(fd)
    finally:
        os.close(fd)


def clear_flag(fd: int) -> bool:
    """The same of an open file."""
    return _change(fd, lambda flags: flags & ~_IMMUTABLE)


def _change(fd: int, change: Callable[[int], int]) -> bool:
    try:
        import fcntl
    except ImportError:  # not a Unix
        return False
    word = struct.Struct("@l")
    try:
        (flags,) = word.unpack(fcntl.ioctl(fd, _GET_FLAGS, bytes(word.size)))
        if change(flags) != flags:
            fcntl.ioctl(fd, _SET_FLAGS, word.pack(change(flags)))
    except OSError:  # no right, or a file system without flags
        return False
    return True
