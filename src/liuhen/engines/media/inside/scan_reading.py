"""Packets and pictures from given places of the recording, for the scan.

Two ways: where the container's table tells where each packet lies, its bytes are read there; else
a demuxer is sent near and read until the packet comes by.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any, Final, Self

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


class Source:
    """The packets of one track, and the decoder for them. Use as a context manager.

    opened: opens the recording anew. index: the track's. packets: where they lie.
    Raises IndexError if `index` is no track of this kind.
    """

    kind = "audio"

    def __init__(self, opened: Callable[[], InputContainer], index: int, packets: Packets) -> None:
        self.packets = packets
        self._decoding = opened()  # its decoder is used, its demuxer never again
        self._index = index
        stream: Any = self._decoding.streams[index]
        if stream.type != self.kind:
            raise IndexError(f"track {index} is no {self.kind}")
        self.decoder: Any = stream.codec_context
        self._format = self._decoding.format.name
        self._demuxing: InputContainer | None = None
        if not packets.is_direct:
            self._demuxing = opened()
            only(self._demuxing, index)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for container in (self._decoding, self._demuxing):
            if container is not None:
                container.close()

    def decoded(self, packet: Any) -> Any:
        """The frames that come of it; None asks for those held back. Damage gives none."""
        with tolerating():
            return self.decoder.decode(packet)
        return []

    def packets_from(self, first: int, count: int) -> Iterator[Any]:
        """Up to `count` packets from the one at index `first`; fewer if they cannot be read."""
        if self.packets.is_direct:
            yield from self._direct(first, count)
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
                packet: Packet[Any] = Packet(content)
                packet.time_base = self.packets.base
                yield packet

    def _demuxed(self, first: int, count: int) -> Iterator[Any]:
        container = self._demuxing
        assert container is not None
        stamp, position = int(self.packets.stamps[first]), int(self.packets.positions[first])
        stream = container.streams[self._index]
        if self._format in BY_BYTE and position != UNKNOWN:
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

    def __init__(self, opened: Callable[[], InputContainer], index: int, packets: Packets) -> None:
        super().__init__(opened, index, packets)
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
