"""Where one track's packets lie, how large they are and when they play, without their content.

A day of video at 30 pictures a second has 2.6 million packets: some 55 MB here.
"""

import os
from array import array
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

import numpy as np

MOST_PACKETS: Final = 4_000_000
"""Kept of one track; past it the list is cut, for the child's memory is limited."""
UNKNOWN: Final = -1
"""A position nobody told."""
PADDED: Final = ("h264", "hevc")
"""Codecs whose encoders fill pictures up to a constant bit rate with a unit of 0xFF bytes."""
PADDING_END: Final = b"\xff\xff\xff\x80"
SIZED: Final = ("aac",)
"""Codecs of sound whose packets' sizes tell of silence."""
PROBE_SECONDS: Final = 1.0
"""From one place where sound is tried to the next: half the shortest silence, so each holds one."""
PROBE_PACKETS: Final = 2
"""The second is what is heard; it takes the first to decode it, for each completes the next."""
MOST_KEPT_BYTES: Final = 64 << 20
"""Of sound to be tried: some twelve hours."""
TRIED: Final = 64
"""Packets looked at for padding; one that has none of it is padded nowhere."""
TAIL_BYTES: Final = 1 << 16


def unpadded(content: bytes) -> int:
    """Bytes of a packet without the filler at its end (H.264 §7.3.2.7, H.265 §7.3.2.8)."""
    if not content.endswith(PADDING_END):
        return len(content)
    return len(content[:-1].rstrip(b"\xff"))


@dataclass
class PacketLog:
    """Grows while a recording is walked through, in decoding order."""

    stamps: "array[int]" = field(default_factory=lambda: array("q"))
    sizes: "array[int]" = field(default_factory=lambda: array("i"))
    keys: "array[int]" = field(default_factory=lambda: array("b"))
    positions: "array[int]" = field(default_factory=lambda: array("q"))
    is_cut: bool = False
    kept: dict[int, bytes] = field(default_factory=dict)
    """The content of packets that would be costly to come back to, by number."""
    kept_bytes: int = 0

    def keep(self, content: bytes) -> None:
        """Of the packet added last; no more than MOST_KEPT_BYTES of all."""
        self.kept_bytes += len(content)
        if self.kept_bytes <= MOST_KEPT_BYTES:
            self.kept[len(self.stamps) - 1] = content

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

    stamps: int64, in units of `base` seconds. sizes: bytes; if demuxed, without filler. keys:
    whether decoding may begin here. positions: bytes into the file, UNKNOWN where nobody told.
    is_direct: at `positions` lie the packet's own bytes (ISO media, AVI), to be read without
    a demuxer. kept: content of packets by number, where it was kept while they passed.
    """

    stamps: Any
    sizes: Any
    keys: Any
    positions: Any
    base: Fraction
    is_direct: bool
    kept: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, log: PacketLog, base: Fraction, *, is_direct: bool) -> "Packets":
        return cls(
            np.array(log.stamps, dtype=np.int64),
            np.array(log.sizes, dtype=np.int64),
            np.array(log.keys, dtype=bool),
            np.array(log.positions, dtype=np.int64),
            base,
            is_direct,
            log.kept,
        )

    def __len__(self) -> int:
        return len(self.stamps)

    def unpadded_sizes(self, file: int) -> Any:
        """Sizes without filler, read from the open descriptor where packets lie in place.

        Where they were demuxed `sizes` are without it already.
        """
        if not self.is_direct or not len(self):
            return self.sizes
        tried = np.unique(np.linspace(0, len(self) - 1, TRIED).astype(np.int64))
        if not any(self._padding(file, int(index)) for index in tried):
            return self.sizes
        return self.sizes - [self._padding(file, index) for index in range(len(self))]

    def _padding(self, file: int, index: int) -> int:
        """Bytes of filler at the packet's end, as far as TAIL_BYTES show."""
        size = int(self.sizes[index])
        length = min(size, TAIL_BYTES)
        tail = os.pread(file, length, int(self.positions[index]) + size - length)
        return len(tail) - unpadded(tail)

    def seconds(self, origin: Fraction) -> Any:
        """Float seconds of each packet since `origin` (seconds on the file's own clock)."""
        start = int(origin / self.base)
        return (self.stamps - start) * float(self.base)
