"""Where one track's packets lie, how large they are and when they play, without their content.

A day of video at 30 pictures a second has 2.6 million packets: some 55 MB here.
"""

from array import array
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

import numpy as np

MOST_PACKETS: Final = 4_000_000
"""Kept of one track; past it the list is cut, for the child's memory is limited."""
UNKNOWN: Final = -1
"""A position nobody told."""


@dataclass
class PacketLog:
    """Grows while a recording is walked through, in decoding order."""

    stamps: "array[int]" = field(default_factory=lambda: array("q"))
    sizes: "array[int]" = field(default_factory=lambda: array("i"))
    keys: "array[int]" = field(default_factory=lambda: array("b"))
    positions: "array[int]" = field(default_factory=lambda: array("q"))
    is_cut: bool = False

    def add(self, stamp: int, size: int, is_key: bool, position: int | None) -> None:
        """stamp: in the track's time base. size: bytes. position: of the packet in the file."""
        if len(self.stamps) >= MOST_PACKETS:
            self.is_cut = True
            return
        self.stamps.append(stamp)
        self.sizes.append(min(size, 0x7FFFFFFF))
        self.keys.append(is_key)
        self.positions.append(UNKNOWN if position is None else position)


@dataclass(frozen=True)
class Packets:
    """One track's packets as columns of the same length, in decoding order.

    stamps: int64, in units of `base` seconds. sizes: bytes. keys: whether decoding may begin
    here. positions: bytes into the file, UNKNOWN where nobody told.
    is_direct: at `positions` lie the packet's own bytes (ISO media, AVI), to be read without
    a demuxer.
    """

    stamps: Any
    sizes: Any
    keys: Any
    positions: Any
    base: Fraction
    is_direct: bool

    @classmethod
    def of(cls, log: PacketLog, base: Fraction, *, is_direct: bool) -> "Packets":
        return cls(
            np.array(log.stamps, dtype=np.int64),
            np.array(log.sizes, dtype=np.int64),
            np.array(log.keys, dtype=bool),
            np.array(log.positions, dtype=np.int64),
            base,
            is_direct,
        )

    def __len__(self) -> int:
        return len(self.stamps)

    def seconds(self, origin: Fraction) -> Any:
        """Float seconds of each packet since `origin` (seconds on the file's own clock)."""
        start = int(origin / self.base)
        return (self.stamps - start) * float(self.base)
