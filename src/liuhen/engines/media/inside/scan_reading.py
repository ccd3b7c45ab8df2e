"""Packets and pictures from given places of the recording, for the scan.

Two ways: where the container's table tells where each packet lies, its bytes are read there; else
a demuxer is sent near and read until the packet comes by.
"""

import os
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard

from liuhen.engines.media.inside.opening import ORIGINAL, tolerating
from liuhen.engines.media.inside.packets import UNKNOWN, Packets
from liuhen.engines.media.inside.scan_looks import Look, look_at

CHUNK_HEADER_BYTES: Final = {"avi": 8}
"""AVI's table points at a chunk's name and size, which stand before its content."""
BY_BYTE: Final = ("mpegts", "mpeg")
"""Seeking in these by time reads back and forth; by place it is one step."""
MOST_PASSED: Final = 4_000
"""Packets let pass while waiting for one: a demuxer that was sent astray is given up."""
THREADS: Final = 2
"""Decoding two pictures at once; more would cost memory, and others work, too."""
LARGEST_PACKET: Final = 64 << 20


class Copies:
    """The recording opened once for its decoders and once, where they are called for, for its
    packets: a demuxer that seeks would flush the decoders. Use as a context manager.

    opened: opens the recording anew.
    """

    def __init__(self, opened: Callable[[], InputContainer]) -> None:
        self._opened = opened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for name in ("decoding", "demuxing"):
            if name in self.__dict__:
                self.__dict__[name].close()

    @cached_property
    def decoding(self) -> InputContainer:
        return self._opened()

    @cached_property
    def demuxing(self) -> InputContainer:
        # Both read from one descriptor, so the other one's reading must be over.
        assert self.decoding
        return self._opened()

    def from_start(self) -> InputContainer:
        """The demuxer, before its first packet."""
        if "demuxing" in self.__dict__:
            self.__dict__.pop("demuxing").close()
        return self.demuxing


class Source:
    """The packets of one track, and the decoder for them.

    index: the track's. packets: where they lie.
    Raises IndexError if `index` is no track of this kind.
    """

    kind = "audio"

    def __init__(self, copies: Copies, index: int, packets: Packets) -> None:
        self.packets = packets
        self._copies, self._index = copies, index
        stream: Any = copies.decoding.streams[index]
        if stream.type != self.kind:
            raise IndexError(f"track {index} is no {self.kind}")
        self.decoder: Any = stream.codec_context
        self._format = copies.decoding.format.name

    def decoded(self, packet: Any) -> Any:
        """The frames that come of it; None asks for those held back. Damage gives none."""
        with tolerating():
            return self.decoder.decode(packet)
        return []

    def packets_from(self, first: int, count: int) -> Iterator[Any]:
        """Up to `count` packets from the one at index `first`; fewer if they cannot be read."""
        kept = [self.packets.kept.get(index) for index in range(first, first + count)]
        if self.packets.is_direct:
            yield from self._direct(first, count)
        elif all(kept):
            yield from (self._packet(content) for content in kept)
        else:
            with tolerating():
                yield from self._demuxed(first, count)

    def _direct(self, first: int, count: int) -> Iterator[Any]:
        skip = CHUNK_HEADER_BYTES.get(self._format, 0)
        for index in range(first, min(first + count, len(self.packets))):
            size = int(self.packets.sizes[index])
            if not 0 < size <= LARGEST_PACKET:
                continue
            content = os.pread(ORIGINAL, size, int(self.packets.positions[index]) + skip)
            if len(content) == size:
                yield self._packet(content)

    def _packet(self, content: Any) -> Any:
        packet: Packet[Any] = Packet(content)
        packet.time_base = self.packets.base
        return packet

    def _demuxed(self, first: int, count: int) -> Iterator[Any]:
        container, stamp = self._copies.demuxing, int(self.packets.stamps[first])
        only(container, self._index)
        stream = container.streams[self._index]
        # Of several packets of sound that were written together only the first one's is told.
        told_places = np.flatnonzero(self.packets.positions[: first + 1] != UNKNOWN)
        if self._format in BY_BYTE and len(told_places):
            position = int(self.packets.positions[told_places[-1]])
            container.seek(position, unsupported_byte_offset=True)
        else:
            container.seek(stamp, stream=stream)
        passed, given = 0, 0
        for packet in container.demux(stream):
            told = packet.dts if packet.dts is not None else packet.pts
            passed += 1
            if not packet.size or (not given and told != stamp):
                if passed > MOST_PASSED:
                    return
                continue
            yield packet
            given += 1
            if given >= count:
                return


def only(container: InputContainer, index: int) -> None:
    """Let the demuxer pass over all tracks but this one."""
    for one in container.streams:
        one.discard = Discard.default if one.index == index else Discard.all


class Reader(Source):
    """Pictures of one video track. Times and places come from `packets`."""

    kind = "video"

    def __init__(self, copies: Copies, index: int, packets: Packets) -> None:
        super().__init__(copies, index, packets)
        self.decoder.thread_count = THREADS
        self.decoder.thread_type = "AUTO"
        # Block edges are left as they are, alike in every picture, for a tenth of the time.
        self.decoder.options = {"skip_loop_filter": "all"}

    def keys(self, indexes: list[int]) -> Iterator[tuple[int, Look]]:
        """(index, look) of the packets at `indexes`, each decoded alone, in the order given.

        One that cannot be read or does not decode is left out.
        """
        waiting = set(indexes)
        for index in indexes:
            for packet in self.packets_from(index, 1):
                packet.pts = packet.dts = index
                yield from self._out(packet, waiting)
        yield from self._out(None, waiting)
        self.flush()

    def run(self, first: int, behind: int) -> Iterator[tuple[int, Look]]:
        """(index, look) of every picture from key packet `first` up to before `behind`.

        In the order they are shown; the k-th shown gets the k-th index.
        """
        shown = first
        for packet in self.packets_from(first, behind - first):
            packet.pts = packet.dts = None
            for frame in self.decoded(packet):
                if (look := look_at(frame)) is not None:
                    yield shown, look
                shown += 1
        for frame in self.decoded(None):
            if (look := look_at(frame)) is not None:
                yield shown, look
            shown += 1
        self.flush()

    def flush(self) -> None:
        """Forget what is half decoded, after a `run` that was left early."""
        self.decoder.flush_buffers()

    def _out(self, packet: Any, waiting: set[int]) -> Iterator[tuple[int, Look]]:
        for frame in self.decoded(packet):
            if frame.pts in waiting and (look := look_at(frame)) is not None:
                yield int(frame.pts), look
