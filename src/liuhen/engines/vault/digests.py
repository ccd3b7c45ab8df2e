"""SHA-256 and SM3 of a file in one reading. SM3 because GB/T 39786 asks for national algorithms."""

import hashlib
from dataclasses import dataclass

from liuhen.engines.vault import sm3
from liuhen.engines.vault.buffers import Progress, Readable, chunks, no_progress, page_buffer


@dataclass(frozen=True, slots=True)
class Digests:
    """What a content is known by. Both digests are 64 hexadecimal digits, lower case."""

    size_bytes: int
    sha256: str
    sm3: str


class Hasher:
    """Both digests over the same bytes, chunk by chunk. Not for two threads at once."""

    def __init__(self) -> None:
        self._size_bytes = 0
        self._sha256 = hashlib.sha256()
        self._sm3 = sm3.fastest()()
        self._answer: Digests | None = None

    def update(self, data: Readable) -> None:
        """Add bytes; ValueError after `digests` was asked."""
        if self._answer is not None:
            raise ValueError("the digests were taken already")
        self._size_bytes += memoryview(data).nbytes
        self._sha256.update(data)
        self._sm3.update(data)

    def digests(self) -> Digests:
        """Final; the same answer however often asked."""
        if self._answer is None:
            self._answer = Digests(
                self._size_bytes, self._sha256.hexdigest(), self._sm3.hexdigest()
            )
        return self._answer


def digest_file(fd: int, *, progress: Progress = no_progress) -> Digests:
    """Both digests of an open file, read from its start. Moves its position. Raises OSError."""
    hasher = Hasher()
    done_bytes = 0
    for chunk in chunks(fd, page_buffer()):
        hasher.update(chunk)
        done_bytes += len(chunk)
        progress(done_bytes)
    return hasher.digests()
