"""Does a file hold what its own outermost structure promises? Reads headers only, decodes nothing.

Sources: ISO/IEC 14496-12 §4.2 (boxes) and §8.2.2 (mvhd), Microsoft RIFF, RFC 8794 (EBML),
ISO/IEC 13818-1 (188-byte packets).
"""

import os
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from liuhen.engines.media.ebml import broken_checksums
from liuhen.engines.media.facts import Code, Finding

MOST_PARTS: Final = 100_000
"""Outermost boxes walked through; a fragmented day of recording has some 50 000."""

MOST_NAMES: Final = 16
"""Outermost boxes remembered; files have three or four."""
_PADDING: Final = frozenset({b"free", b"skip", b"wide"})

UNWRITTEN_BYTES: Final = 4096
"""So many zeros at the end are sectors never written: no coded sound or picture is all zero."""
MAY_END_IN_ZEROS: Final = frozenset({"mp4", "avi", "wav", "matroska", "webp"})
"""Cameras fill these up with empty boxes, and silence is zeros in a WAV."""
_TAG_BYTES: Final = 128
"""An ID3v1 tag may follow the zeros."""


@dataclass
class Structure:
    """What walking through the outermost parts showed.

    duration: seconds the movie header states (ISO media only). fragmented: it has `moof` boxes.
    order: names of the outermost boxes, repeats and padding left out. movie: where the body of
    `moov` begins and ends. notes: the same of `uuid` boxes. All of ISO media only.
    """

    findings: list[Finding] = field(default_factory=list)
    duration: Fraction | None = None
    fragmented: bool = False
    order: list[str] = field(default_factory=list)
    movie: tuple[int, int] | None = None
    notes: list[tuple[int, int]] = field(default_factory=list)

    def passed(self, name: bytes, body: int, end: int) -> None:
        """One outermost box of ISO media, in the file's order."""
        text = name.decode("latin-1")
        if name not in _PADDING and self.order[-1:] != [text] and len(self.order) < MOST_NAMES:
            self.order.append(text)
        if name == b"moov":
            self.movie = (body, end)
        elif name == b"uuid" and len(self.notes) < MOST_NAMES:
            self.notes.append((body, end))

    def add(self, code: str, **evidence: Any) -> None:
        self.findings.append(Finding(code, evidence=evidence))


def structure_of(form: str | None, file: int, size: int) -> Structure:
    """Walk through the open descriptor `file` of `size` bytes as its `form` says."""
    seen = Structure()
    if form == "mp4":
        _iso_media(file, size, seen)
    elif form in ("avi", "wav", "webp"):
        _riff(file, size, seen, form)
    elif form == "matroska":
        _matroska(file, size, seen)
    elif form == "mpegts":
        _transport_stream(file, size, seen)
    if form not in MAY_END_IN_ZEROS and (zeros := _zeros_at_end(file, size)) >= UNWRITTEN_BYTES:
        seen.add(Code.ZEROED, part="end", bytes=zeros)
    return seen


def _iso_media(file: int, size: int, seen: Structure) -> None:
    at = 0
    kinds: set[bytes] = set()
    for _ in range(MOST_PARTS):
        head = os.pread(file, 16, at)
        if len(head) < 8:
            break
        length, kind, body = int.from_bytes(head[:4], "big"), head[4:8], at + 8
        if length == 1 and len(head) == 16:
            length, body = int.from_bytes(head[8:16], "big"), at + 16
        if length == 0:  # by §4.2 the last box may run to the end of the file
            length = size - at
        if not _is_box_name(kind) or length < 8:
            break
        kinds.add(kind)
        if at + length > size:
            missing = at + length - size
            seen.add(Code.TRUNCATED, part=kind.decode("latin-1"), missing_bytes=missing)
        seen.passed(kind, body, min(at + length, size))
        if kind == b"moov":
            seen.duration = _movie_duration(file, body)
        at += length
    if 0 < size - at < 8:
        seen.add(Code.TRUNCATED, part="box header", missing_bytes=8 - (size - at))
    seen.fragmented = b"moof" in kinds
    if b"moov" not in kinds:
        seen.add(Code.INDEX_MISSING, part="moov")


def _is_box_name(name: bytes) -> bool:
    return all(0x20 <= byte < 0x7F or byte == 0xA9 for byte in name)


def _movie_duration(file: int, at: int) -> Fraction | None:
    """`mvhd` is the first box of `moov` in all files seen; elsewhere it is not looked for."""
    head = os.pread(file, 44, at)
    if len(head) < 44 or head[4:8] != b"mvhd":
        return None
    wide = head[8] == 1
    scale = int.from_bytes(head[28:32] if wide else head[20:24], "big")
    ticks = int.from_bytes(head[32:40] if wide else head[24:28], "big")
    unknown = (1 << 64) - 1 if wide else (1 << 32) - 1
    return Fraction(ticks, scale) if scale and ticks not in (0, unknown) else None


def _riff(file: int, size: int, seen: Structure, form: str) -> None:
    at, stated = 0, None
    parts: set[bytes] = set()
    for _ in range(MOST_PARTS):
        if at + 8 > size:
            break
        head = os.pread(file, 12, at)
        name, length = head[:4], int.from_bytes(head[4:8], "little")
        if name == b"RIFF":
            stated = length
            seen_end = at + 8 + length
            if length and length != 0xFFFFFFFF and seen_end > size + 1:
                seen.add(Code.TRUNCATED, part="RIFF", missing_bytes=seen_end - size)
            at += 12
            continue
        if not _is_box_name(name):
            break
        parts.add(head[8:12] if name == b"LIST" else name)
        at += 8 + length + (length & 1)
    if stated in (0, 0xFFFFFFFF) and form != "wav":
        seen.add(Code.TRUNCATED, part="RIFF", missing_bytes=None)  # never closed by the device
    if form == "avi":
        seen.duration = _avi_duration(file)
        if b"idx1" not in parts:
            _check_open_dml(file, size, seen)


def _avi_duration(file: int) -> Fraction | None:
    """Frames × frame time of the main header; OpenDML's `dmlh` counts all frames of a long file."""
    head = os.pread(file, 1 << 16, 0)
    if head[24:28] != b"avih" or len(head) < 52:
        return None
    microseconds, frames = (int.from_bytes(head[at : at + 4], "little") for at in (32, 48))
    at = head.find(b"dmlh")
    frames = int.from_bytes(head[at + 8 : at + 12], "little") or frames if at > 0 else frames
    return Fraction(frames * microseconds, 1_000_000) if frames and microseconds else None


def _check_open_dml(file: int, size: int, seen: Structure) -> None:
    """Without `idx1` every entry of an OpenDML index (OpenDML 1.02 §3) must lie in the file."""
    head = os.pread(file, 1 << 16, 0)
    at = head.find(b"indx")
    count = int.from_bytes(head[at + 12 : at + 16], "little") if at > 0 else 0
    entries = [head[at + 32 + 16 * n : at + 40 + 16 * n] for n in range(min(count, 2000))]
    if not entries or any(int.from_bytes(entry, "little") >= size for entry in entries):
        seen.add(Code.INDEX_MISSING, part="idx1")


def _matroska(file: int, size: int, seen: Structure) -> None:
    for part in broken_checksums(file, size):
        seen.add(Code.CHECKSUM_MISMATCH, part=part)
    head = os.pread(file, 4096, 0)
    at = head.find(b"\x18\x53\x80\x67")
    if at < 0 or at + 5 > len(head):
        seen.add(Code.TRUNCATED, part="Segment", missing_bytes=None)
        return
    width = 9 - head[at + 4].bit_length() if head[at + 4] else 9
    raw = head[at + 4 : at + 4 + width]
    if width > 8 or len(raw) < width:
        return
    length = int.from_bytes(raw, "big") & ((1 << 7 * width) - 1)
    end = at + 4 + width + length
    if length != (1 << 7 * width) - 1 and end > size:  # all ones: a live file of unknown size
        seen.add(Code.TRUNCATED, part="Segment", missing_bytes=end - size)


def _transport_stream(file: int, size: int, seen: Structure) -> None:
    head = os.pread(file, 1024, 0)
    first, step = (4, 192) if head[4:389:192] == b"GGG" else (0, 188)
    if head[:1] == b"G" and head[188:189] != b"G" and head[204:205] == b"G":
        step = 204
    rest = size % step
    last = os.pread(file, 1, size - rest - step + first)
    if rest:
        seen.add(Code.TRUNCATED, part="last packet", missing_bytes=step - rest)
    elif last != b"G":
        seen.add(Code.TRUNCATED, part="last packet", missing_bytes=None)


def _zeros_at_end(file: int, size: int) -> int:
    end = max(0, size - _TAG_BYTES)
    zeros, step = 0, 1 << 20
    while end > 0:
        start = max(0, end - step)
        block = os.pread(file, end - start, start)
        kept = len(block.rstrip(b"\x00"))
        zeros += len(block) - kept
        if kept:
            break
        end = start
    return zeros
