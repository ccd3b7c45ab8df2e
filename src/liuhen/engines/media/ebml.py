"""Checksums a Matroska file carries of its own parts (RFC 8794 section 11.3.1)."""

import os
import zlib
from collections.abc import Iterator
from typing import Final

CRC32: Final = 0xBF
SEGMENT: Final = 0x18538067
CLUSTER: Final = 0x1F43B675

MOST_BYTES: Final = 16 * 1024 * 1024
"""Headers, index and tags are small; a part beyond this is left to the packets' own reading."""
MOST_PARTS: Final = 2_000
LONGEST_HEAD: Final = 12


def broken_checksums(file: int, size: int) -> Iterator[str]:
    """The identifiers (hex) of the parts whose checksum does not fit their bytes.

    Looks at the header and at the segment's parts up to the first cluster: pictures and sound
    are not hashed again here. `file` is an open descriptor of `size` bytes.
    """
    at, end = 0, size
    for _ in range(MOST_PARTS):
        found = element(file, at, end)
        if found is None:
            return
        identifier, body, after = found
        if identifier == CLUSTER:
            return
        if identifier == SEGMENT:
            at, end = body, min(after, size)
            continue
        if after - body <= MOST_BYTES and not fits(file, body, after):
            yield f"{identifier:X}"
        at = after


def element(file: int, at: int, end: int) -> tuple[int, int, int] | None:
    """(identifier, where its body starts, where it ends), or None where none can be read."""
    head = os.pread(file, LONGEST_HEAD, at)
    identifier = number(head, marked=True)
    if identifier is None or identifier[1] > 4:
        return None
    value, width = identifier
    length = number(head[width:], marked=False)
    if length is None:
        return None
    body = at + width + length[1]
    unknown = length[0] == (1 << 7 * length[1]) - 1  # all ones: up to the end
    after = end if unknown else body + length[0]
    return (value, body, after) if after <= end or value == SEGMENT else None


def number(raw: bytes, *, marked: bool) -> tuple[int, int] | None:
    """A variable-size integer and its width; identifiers keep their length marker."""
    if not raw or not raw[0]:
        return None
    width = 9 - raw[0].bit_length()
    if len(raw) < width:
        return None
    value = int.from_bytes(raw[:width], "big")
    return (value if marked else value & ((1 << 7 * width) - 1)), width


def fits(file: int, body: int, after: int) -> bool:
    """True where no checksum stands first in the part, or the one there is right."""
    content = os.pread(file, after - body, body)
    if len(content) < 6 or content[0] != CRC32 or content[1] != 0x84:
        return True
    return zlib.crc32(content[6:]) == int.from_bytes(content[2:6], "little")
