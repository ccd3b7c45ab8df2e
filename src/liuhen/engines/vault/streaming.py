"""Take in what arrives piece by piece: hash while writing, make durable, read back, compare."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from liuhen.engines.vault.buffers import page_buffer
from liuhen.engines.vault.digests import Digests, Hasher
from liuhen.engines.vault.errors import ReceiveFailed
from liuhen.engines.vault.opening import blame_store
from liuhen.engines.vault.receiving import HEAD_BYTES, new_file, settle, write_all


class TooMuch(ReceiveFailed):
    """More came than was allowed for; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A temp that lies on the disk and is what arrived. `head`: the first bytes, at most 4096."""

    digests: Digests
    head: bytes


def receive_stream(chunks: Iterable[bytes], temp: Path, *, most_bytes: int) -> Arrived:
    """Write `chunks` into the new file `temp` (0444), durable and compared, or leave nothing.

    Memory is one chunk's, whatever the length.
    Raises: TooMuch, StoreFull, StoreFailed; and whatever the source of the chunks raises.
    """
    hasher, head, done_bytes = Hasher(), b"", 0
    with new_file(temp) as out:
        for chunk in chunks:
            done_bytes += len(chunk)
            if done_bytes > most_bytes:
                raise TooMuch("too_much", f"more than {most_bytes} bytes")
            if len(head) < HEAD_BYTES:
                head += bytes(chunk[: HEAD_BYTES - len(head)])
            hasher.update(chunk)
            with blame_store():
                write_all(out, memoryview(chunk))
        digests = hasher.digests()
        settle(out, digests, page_buffer())
    return Arrived(digests, head)
