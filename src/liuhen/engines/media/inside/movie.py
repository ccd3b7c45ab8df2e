"""The index of an MP4 or MOV (`moov`), read as it stands: tables of samples, edits, times, texts.

Every number here is the file's own claim. Nothing is reserved because a table says how long it is:
a table is a view on bytes that are there, and runs stay runs until somebody asks for each sample.
Sources: ISO/IEC 14496-12 §8 and §12, Apple's QuickTime File Format.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

import numpy as np

from liuhen.engines.media.facts import clipped

MOST_INDEX_BYTES: Final = 128 * 1024 * 1024
"""An index of a day at 60 pictures a second has some 70 MiB."""
MOST_BOXES: Final = 20_000
"""Boxes looked at within one index; cameras write some hundred."""
MOST_TRACKS: Final = 32
MOST_EDITS: Final = 1_000
LARGEST_SCALE: Final = 1 << 31
LARGEST_TICKS: Final = 1 << 60
"""Beyond that a length is nonsense, and no longer a number that JSON keeps."""

Numbers = Any
"""A numpy array of whole numbers."""
_NONE: Final = np.zeros(0, dtype=">u4")


@dataclass(frozen=True)
class Edit:
    """One entry of an edit list: `duration` in movie ticks, `start` in the track's, -1 for none.

    rate: 1.0 as recorded; 0.0 dwells on one picture."""

    duration: int
    start: int
    rate: float


@dataclass
class MovieTrack:
    """One track. `kind`: "vide", "soun", "meta" …; `scale`: ticks a second; times since 1904.

    stts, ctts: pairs (count, ticks), ctts None where pictures are shown as they are coded.
    sizes: bytes of each sample, or one number for all of `count`. chunks: where each chunk lies.
    stsc: (first chunk, samples a chunk, entry). keys: numbers from 1, None if every sample is one.
    external: its samples are said to lie in another file.
    """

    kind: str = ""
    name: str | None = None
    entry: str = ""
    compressor: str | None = None
    scale: int = 0
    ticks: int = 0
    times: list[int] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    external: bool = False
    stts: Numbers = field(default_factory=lambda: _NONE.reshape(0, 2))
    ctts: Numbers | None = None
    count: int = 0
    sizes: Numbers | int = 0
    chunks: Numbers = field(default_factory=lambda: _NONE)
    stsc: Numbers = field(default_factory=lambda: _NONE.reshape(0, 3))
    keys: Numbers | None = None


@dataclass
class Movie:
    """scale: ticks a second; duration: as stated. times: `(created, modified)` pairs since 1904
    of the movie and its tracks. order: names of `moov`'s boxes. xmp: Adobe's note, if there."""

    scale: int = 0
    duration: Fraction | None = None
    times: list[tuple[int, int]] = field(default_factory=list)
    tracks: list[MovieTrack] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    xmp: bytes = b""
    elsewhere: bool = False
    """A QuickTime reference movie: it names other files instead of holding anything."""


def read(file: int, place: tuple[int, int] | None) -> Movie | None:
    """The index whose body lies at `place` (start, end) of the open descriptor; None if there is
    none, it is too large or makes no sense."""
    if place is None or not 8 <= place[1] - place[0] <= MOST_INDEX_BYTES:
        return None
    return parsed(os.pread(file, place[1] - place[0], place[0]))


def parsed(body: bytes) -> Movie | None:
    """The same of an index's body in memory."""
    movie, boxes = Movie(), _Boxes(body)
    try:
        for name, at, end in boxes.within(0, len(body)):
            _part(movie, boxes, name, at, end)
    except (struct.error, ValueError, IndexError):
        return None
    return movie if movie.scale else None


class _Boxes:
    """Boxes within one block of bytes; all walks together see no more than MOST_BOXES."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.left = MOST_BOXES

    def within(self, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
        """(name, start of its body, its end) of each box from `at` to `end`, never beyond."""
        body = self.body
        while at + 8 <= end and self.left:
            self.left -= 1
            length, name = struct.unpack_from(">I4s", body, at)
            head = 8
            if length == 1 and at + 16 <= end:
                (length,), head = struct.unpack_from(">Q", body, at + 8), 16
            elif length == 0:
                length = end - at
            if length < head or at + length > end:
                return
            yield name, at + head, at + length
            at += length

    def table(self, at: int, end: int, columns: int, kind: str = ">u4") -> Numbers:
        """Rows of a table whose count stands at `at` + 4: as many as there are bytes for."""
        (stated,) = struct.unpack_from(">I", self.body, at + 4)
        row = columns * int(kind[-1])
        rows = min(stated, max(0, end - at - 8) // row)
        flat = np.frombuffer(self.body, kind, rows * columns, at + 8)
        return flat.reshape(rows, columns) if columns > 1 else flat


def _part(movie: Movie, boxes: _Boxes, name: bytes, at: int, end: int) -> None:
    if name == b"mvhd":
        created, modified, movie.scale, ticks = _header(boxes.body, at)
        movie.times.append((created, modified))
        if movie.scale and ticks:
            movie.duration = Fraction(ticks, movie.scale)
    elif name == b"trak" and len(movie.tracks) < MOST_TRACKS:
        movie.tracks.append(_track(movie, boxes, at, end))
    elif name == b"rmra":
        movie.elsewhere = True
    elif name == b"udta":
        for inner, start, stop in boxes.within(at, end):
            if inner == b"XMP_":
                movie.xmp = boxes.body[start : min(stop, start + (1 << 16))]
    if name not in (b"free", b"udta", b"meta", b"trak") and len(movie.order) < 16:
        movie.order.append(name.decode("latin-1"))


def _header(body: bytes, at: int) -> tuple[int, int, int, int]:
    """(created, modified, scale, ticks) of `mvhd` or `mdhd`, either version."""
    wide = body[at] == 1
    created, modified, scale, ticks = struct.unpack_from(">QQIQ" if wide else ">4I", body, at + 4)
    unknown = (1 << 64) - 1 if wide else (1 << 32) - 1
    ticks = 0 if ticks in (unknown, 0) or ticks > LARGEST_TICKS else ticks
    return created, modified, scale if scale < LARGEST_SCALE else 0, ticks


def _track(movie: Movie, boxes: _Boxes, at: int, end: int) -> MovieTrack:
    track, body = MovieTrack(), boxes.body
    for name, start, stop in boxes.within(at, end):
        if name == b"tkhd":
            wide = body[start] == 1
            movie.times.append(struct.unpack_from(">QQ" if wide else ">II", body, start + 4))
        elif name == b"edts":
            for inner, inner_at, inner_end in boxes.within(start, stop):
                if inner == b"elst":
                    track.edits = _edits(body, inner_at, inner_end)
        elif name == b"mdia":
            _media(movie, track, boxes, start, stop)
    return track


def _edits(body: bytes, at: int, end: int) -> list[Edit]:
    wide = body[at] == 1
    (stated,) = struct.unpack_from(">I", body, at + 4)
    row = struct.Struct(">Qqi" if wide else ">Iii")
    rows = min(stated, (end - at - 8) // row.size, MOST_EDITS)
    entries = (row.unpack_from(body, at + 8 + n * row.size) for n in range(rows))
    return [Edit(duration, start, rate / 65536) for duration, start, rate in entries]


def _media(movie: Movie, track: MovieTrack, boxes: _Boxes, at: int, end: int) -> None:
    body = boxes.body
    for name, start, stop in boxes.within(at, end):
        if name == b"mdhd":
            created, modified, track.scale, track.ticks = _header(body, start)
            movie.times.append((created, modified))
        elif name == b"hdlr":
            track.kind = body[start + 8 : start + 12].decode("latin-1")
            track.name = _text(body[start + 24 : min(stop, start + 124)])
        elif name == b"minf":
            for inner, inner_at, inner_end in boxes.within(start, stop):
                if inner == b"dinf":
                    track.external = _is_external(boxes, inner_at, inner_end)
                elif inner == b"stbl":
                    _tables(track, boxes, inner_at, inner_end)


def _text(raw: bytes) -> str | None:
    """A text that ends with a zero byte or, in QuickTime, begins with its own length."""
    raw = raw[1:] if raw and raw[0] == len(raw) - 1 else raw
    return clipped(raw.split(b"\x00", 1)[0].decode("utf-8", "replace"))


def _is_external(boxes: _Boxes, at: int, end: int) -> bool:
    """Whether a data reference lacks the flag "in this file" and names a place (§8.7.2)."""
    for name, start, stop in boxes.within(at, end):
        if name == b"dref":
            entries = (boxes.body[one:last] for _, one, last in boxes.within(start + 8, stop))
            return any(not one[3] & 1 and one[4:].strip(b"\0") for one in entries if len(one) > 4)
    return False


def _tables(track: MovieTrack, boxes: _Boxes, at: int, end: int) -> None:
    body = boxes.body
    for name, start, stop in boxes.within(at, end):
        if name == b"stsd":
            _entry(track, boxes, start + 8, stop)
        elif name == b"stts":
            track.stts = boxes.table(start, stop, 2)
        elif name == b"ctts":
            track.ctts = boxes.table(start, stop, 2)
        elif name == b"stsc":
            track.stsc = boxes.table(start, stop, 3)
        elif name in (b"stco", b"co64"):
            track.chunks = boxes.table(start, stop, 1, ">u4" if name == b"stco" else ">u8")
        elif name == b"stss":
            track.keys = boxes.table(start, stop, 1)
        elif name == b"stsz":
            size, stated = struct.unpack_from(">II", body, start + 4)
            track.sizes = size or boxes.table(start + 4, stop, 1)
            track.count = stated if size else len(track.sizes)


def _entry(track: MovieTrack, boxes: _Boxes, at: int, end: int) -> None:
    """The first sample description: its name and, of pictures, what the encoder calls itself."""
    for name, start, stop in boxes.within(at, end):
        track.entry = name.decode("latin-1")
        if track.kind == "vide" and stop - start >= 74:
            length = min(boxes.body[start + 42], 31)
            track.compressor = _text(boxes.body[start + 43 : start + 43 + length])
        return
