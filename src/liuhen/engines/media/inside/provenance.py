"""Where a file comes from, by its own build: signs of other programs, and the traits to compare."""

import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from liuhen.engines.media.facts import Code, Finding, Header, Stream, clipped
from liuhen.engines.media.inside import first_packets, naming, signs
from liuhen.engines.media.inside.first_packets import FirstPackets
from liuhen.engines.media.inside.movie import Movie
from liuhen.engines.media.inside.opening import ORIGINAL, open_media
from liuhen.engines.media.structure import Structure

XMP_BYTES: Final = 1 << 16
_XMP: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
MOST_TEXT: Final = 200
BRAND_BYTES: Final = 64
"""Of the start: brand, version and what else the file claims to be."""


@dataclass
class Provenance:
    """What was found, and the file's traits (see `traits`)."""

    findings: list[Finding] = field(default_factory=list)
    traits: dict[str, Any] = field(default_factory=dict)


def of(form: str | None, container: str, shape: Structure, movie: Movie | None, header: Header,
       streams: tuple[Stream, ...], duration: Fraction | None) -> Provenance:  # fmt: skip
    """Look at the recording on standard input; `form`, `shape` and `movie` as read before."""
    first = None if movie is None or shape.fragmented else first_packets.of_index(movie)
    if first is None:
        first = first_packets.of_container(functools.partial(open_media, form))
    found = naming.of_programs(_fields(header, movie), first.heads, _xmp(shape, movie))
    program = next((one.evidence["program"] for one in found), "")
    if movie is not None:
        found += signs.of_index(movie, duration=duration)
    real = [one for one in streams if one.type in ("video", "audio")]
    traits = {
        "container": container, "program": program, "writer": header.software or "",
        **_of_streams(real, first), **(_of_movie(shape, movie) if movie is not None else {}),
    }  # fmt: skip
    return Provenance(found, {name: _bounded(value) for name, value in traits.items()})


def _fields(header: Header, movie: Movie | None) -> Iterator[tuple[str, str]]:
    yield from header.claims.items()
    if header.software:
        yield "software", header.software
    for track in movie.tracks if movie is not None else ():
        yield from (("handler", track.name or ""), ("compressor", track.compressor or ""))


def _xmp(shape: Structure, movie: Movie | None) -> bytes:
    for start, end in shape.notes:
        note = os.pread(ORIGINAL, min(end - start, XMP_BYTES), start)
        if note.startswith(_XMP):
            return note
    return b"" if movie is None else movie.xmp


def _of_streams(real: list[Stream], first: FirstPackets) -> dict[str, Any]:
    video = next((one for one in real if one.type == "video"), None)
    audio = next((one for one in real if one.type == "audio"), None)
    found: dict[str, Any] = {
        "kind": "video" if video else "audio",
        "tracks": ",".join(one.type for one in real),
        "sound": audio.codec or "" if audio else "",
    }
    if video is not None:
        rate = round(Fraction(video.frame_rate)) if video.frame_rate else None
        found |= {
            "codec": video.codec, "width": video.width, "height": video.height, "rate": rate,
            "profile": video.profile or "", "pix_fmt": video.pix_fmt or "",
            "gop": first.gop, "reordered": first.reordered,
        }  # fmt: skip
    if audio is not None:
        found |= {"sample_rate": audio.sample_rate, "channels": audio.channels}
    return {name: value for name, value in found.items() if value is not None}


def _of_movie(shape: Structure, movie: Movie) -> dict[str, Any]:
    used = [track for track in movie.tracks if track.kind in ("vide", "soun")]
    return {
        "brand": _brand(),
        "boxes": " ".join(shape.order),
        "index": " ".join(movie.order),
        "names": ", ".join(track.name or "" for track in used),
        "compressor": ", ".join(track.compressor or "" for track in used if track.kind == "vide"),
        "scales": " ".join(str(scale) for scale in (movie.scale, *(one.scale for one in used))),
    }


def _brand() -> str:
    """What the file says it is and may be read as: all of its first box but the version."""
    head = os.pread(ORIGINAL, BRAND_BYTES, 0)
    if head[4:8] != b"ftyp":
        return ""
    brands = head[8 : int.from_bytes(head[:4], "big")].decode("latin-1")
    return clipped(brands[:4] + " " + brands[8:]) or ""


def _bounded(value: Any) -> Any:
    return value[:MOST_TEXT] if isinstance(value, str) else value


HARMED: Final = frozenset({
    Code.TRUNCATED, Code.INDEX_MISSING, Code.CHECKSUM_MISMATCH, Code.UNREADABLE, Code.ZEROED,
})  # fmt: skip
"""A file with such a finding is not built as its device builds them, and says nothing of others."""
