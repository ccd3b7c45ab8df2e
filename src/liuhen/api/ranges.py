"""One HTTP byte range (RFC 9110 section 14)."""

import re
from dataclasses import dataclass

# 19 digits hold every file size; a longer number is no position in any file.
_RANGE = re.compile(r"bytes=(?:([0-9]{1,19})-([0-9]{0,19})|-([0-9]{1,19}))", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """`count` bytes (at least 1) from `start`; `is_open` if the client named no end."""

    start: int
    count: int
    is_open: bool = False

    def content_range(self, size: int) -> str:
        return f"bytes {self.start}-{self.start + self.count - 1}/{size}"


class NotSatisfiable(Exception):
    """No byte of the range lies in the representation: 416."""


def wanted(header: str | None, size: int) -> Span | None:
    """The span asked for; None means the whole representation.

    A malformed header and one of several ranges are ignored, as section 14.2 allows: no player
    asks for several at once, and answering in parts could cost more than the file.
    Raises: NotSatisfiable.
    """
    found = _RANGE.fullmatch(header.replace(" ", "")) if header else None
    if found is None:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        count = min(int(suffix), size)
        if count == 0:
            raise NotSatisfiable
        return Span(size - count, count)
    start = int(first)
    if last and int(last) < start:
        return None  # an invalid range is no range (section 14.1.1)
    if start >= size:
        raise NotSatisfiable
    end = min(int(last), size - 1) if last else size - 1
    return Span(start, end - start + 1, is_open=not last)
