"""Simulators of hardware that fails: a card reader and a disk behind the `os` calls."""

import errno
import os
from collections.abc import Callable


class FaultyOs:
    """The `os` module, but chosen calls go wrong as real devices make them go wrong.

    `faults` maps a call's name to a function given (the real call, *its arguments). All calls
    named in `watched` are noted in `log`, in their order, with their result thrown away.
    """

    def __init__(self, faults: dict[str, Callable] | None = None, watched: tuple = ()) -> None:
        self.faults = faults or {}
        self.watched = watched
        self.log: list[tuple[str, tuple]] = []

    def __getattr__(self, name: str):
        real = getattr(os, name)
        if name not in self.faults and name not in self.watched:
            return real

        def call(*arguments, **keywords):
            if name in self.watched:
                self.log.append((name, arguments))
            if name in self.faults:
                return self.faults[name](real, *arguments, **keywords)
            return real(*arguments, **keywords)

        return call


def fails_with(number: int) -> Callable:
    """The call fails each time, as a dying device or a full disk answers."""

    def fault(_real, *_arguments, **_keywords):
        raise OSError(number, os.strerror(number))

    return fault


def short_reads(real, fd, views):
    """A reader that gives back a few bytes at a time, as pipes and network disks may."""
    return real(fd, [views[0][:1000]])


def short_writes(real, fd, chunk):
    """A disk that takes a few bytes at a time, as one near its quota may."""
    return real(fd, bytes(chunk[:1000]))


def bad_sector_after(good_bytes: int) -> Callable:
    """A card whose first bytes can be read; then a sector cannot."""
    left = [good_bytes]

    def fault(real, fd, views):
        if left[0] <= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        count = real(fd, [views[0][: left[0]]])
        left[0] -= count
        return count

    return fault


def flips_a_bit_of(path) -> Callable:
    """A disk that acknowledges everything and gives one bit of the file back wrong."""

    def fault(real, fd, views):
        count = real(fd, views)
        if count and os.path.samestat(os.fstat(fd), path.stat()):
            views[0][0] ^= 1
        return count

    return fault
