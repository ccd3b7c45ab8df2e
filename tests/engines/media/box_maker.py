"""MP4 files written byte by byte: an index that says exactly what a test wants it to say."""

import struct
from dataclasses import dataclass, field

FTYP = b"\x00\x00\x00\x14ftypisom\x00\x00\x02\x00isom"
CREATED = 3_800_000_000
"""Seconds since 1904: May 2024."""


def box(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", len(body) + 8, name) + body


def full(name: bytes, *content: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(name, struct.pack(">I", version << 24 | flags), *content)


def numbers(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *(value & 0xFFFFFFFF for value in values))


def table(name: bytes, *rows: tuple[int, ...], stated: int | None = None) -> bytes:
    flat = [value for row in rows for value in row]
    return full(name, numbers(len(rows) if stated is None else stated, *flat))


@dataclass
class Made:
    """A track: `steps` are runs (count, ticks), `samples` its bytes, one after another."""

    samples: list[bytes] = field(default_factory=lambda: [b"x" * 10] * 30)
    steps: list[tuple[int, int]] | None = None
    kind: bytes = b"vide"
    entry: bytes = b"mp4v"
    scale: int = 10
    offsets: list[tuple[int, int]] | None = None
    keys: list[int] | None = None
    edits: list[tuple[int, int, int]] = field(default_factory=list)
    times: tuple[int, int] = (CREATED, CREATED)
    reference: bytes = full(b"url ", flags=1)
    name: bytes = b"Handler"
    stated: int | None = None

    def trak(self, at: int) -> bytes:
        runs = self.steps or [(len(self.samples), 1)]
        ticks = sum(count * step for count, step in runs) & 0xFFFFFFFF
        tables = [
            full(b"stsd", numbers(1), box(self.entry, bytes(78))),
            table(b"stts", *runs, stated=self.stated),
            table(b"stsc", (1, len(self.samples), 1)),
            full(b"stsz", numbers(0, len(self.samples), *map(len, self.samples))),
            table(b"stco", (at,)),
        ]
        tables += [table(b"ctts", *self.offsets)] if self.offsets else []
        tables += [table(b"stss", *((key,) for key in self.keys))] if self.keys else []
        head = full(b"tkhd", numbers(*self.times, 1, 0, ticks), bytes(60))
        edts = [box(b"edts", table(b"elst", *self.edits))] if self.edits else []
        reference = box(b"dinf", full(b"dref", numbers(1), self.reference))
        media = box(
            b"mdia",
            full(b"mdhd", numbers(*self.times, self.scale, ticks, 0)),
            full(b"hdlr", bytes(4), self.kind, bytes(12), self.name + b"\x00"),
            box(b"minf", reference, box(b"stbl", *tables)),
        )
        return box(b"trak", head, *edts, media)


def made_movie(
    *tracks: Made, times: tuple[int, int] = (CREATED, CREATED), seconds: int = 3,
    more: bytes = b"", after: bytes = b"",
) -> bytes:  # fmt: skip
    """A file of these tracks; `more` goes into its index, `after` behind it."""
    data = b"".join(sample for track in tracks for sample in track.samples)
    traks, at = [], len(FTYP) + 8
    for track in tracks:
        traks.append(track.trak(at))
        at += sum(map(len, track.samples))
    head = full(b"mvhd", numbers(*times, 1000, seconds * 1000, 0x10000), bytes(76))
    return FTYP + box(b"mdat", data) + box(b"moov", head, *traks, more) + after
