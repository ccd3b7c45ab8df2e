"""The first packets of a recording: what an encoder wrote into them, how it spaces key pictures.

From an MP4's tables where they are there, else by demuxing a few hundred. Nothing is decoded.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from av.container import InputContainer

from liuhen.engines.media.inside.movie import Movie, MovieTrack
from liuhen.engines.media.inside.opening import ORIGINAL, tolerating
from liuhen.engines.media.inside.samples import offsets_of
from liuhen.engines.media.inside.tracks import is_cover

HEAD_BYTES: Final = 1 << 16
PICTURES: Final = 300
"""Pictures looked at where there is no table: ten seconds, some five key pictures."""
PACKETS: Final = 3_000
LEAST_KEYS: Final = 3
"""Key pictures in a recording for a usual distance between them to be said."""
_TYPES: Final = {"vide": "video", "soun": "audio"}


@dataclass
class FirstPackets:
    """heads: (track's type, its first packet's first bytes). gop: pictures from one key picture to
    the next, the median. reordered: pictures are shown in another order than coded (B pictures).
    None: not known."""

    heads: list[tuple[str, bytes]] = field(default_factory=list)
    gop: int | None = None
    reordered: bool | None = None


def of_index(movie: Movie) -> FirstPackets | None:
    """From the tables; None if the tables of a track are of no use."""
    found = FirstPackets()
    for track in movie.tracks:
        if track.kind not in _TYPES or track.external:
            continue
        first = _first(track)
        if first is None:
            return None
        found.heads.append((_TYPES[track.kind], first))
        if track.kind == "vide" and found.reordered is None:
            found.gop = _usual(track.keys)
            found.reordered = len(np.unique(offsets_of(track))) > 1
    return found


def _first(track: MovieTrack) -> bytes | None:
    if not len(track.chunks) or not track.count:
        return None
    size = track.sizes if isinstance(track.sizes, int) else int(track.sizes[0])
    place = int(track.chunks[0])
    if place >= 1 << 62:
        return None
    return os.pread(ORIGINAL, min(size, HEAD_BYTES), place)


def _usual(keys: Any) -> int | None:
    """keys: numbers of the key pictures; None if each picture is one."""
    if keys is None:
        return 1
    steps = np.diff(keys.astype(np.int64))
    return int(np.median(steps)) if len(steps) >= LEAST_KEYS - 1 else None


def of_container(opened: Callable[[], InputContainer]) -> FirstPackets:
    """By demuxing the start. `opened`: opens the recording anew."""
    found, heads, keys = FirstPackets(), dict[int, tuple[str, bytes]](), list[int]()
    shown: list[int] = []
    with tolerating(), opened() as container:
        streams = [s for s in container.streams if s.type in ("video", "audio")]
        streams = [s for s in streams if s.type == "audio" or not is_cover(s)]
        video = next((s.index for s in streams if s.type == "video"), None)
        for number, packet in enumerate(container.demux(streams) if streams else ()):
            if packet.size == 0 or number > PACKETS or len(shown) >= PICTURES:
                break
            stream = packet.stream
            heads.setdefault(stream.index, (stream.type, bytes(packet)[:HEAD_BYTES]))
            if stream.index == video and packet.pts is not None:
                keys += [len(shown)] if packet.is_keyframe else []
                shown.append(packet.pts)
            if video is None and len(heads) == len(streams):
                break
    found.heads = list(heads.values())
    if video is not None and len(shown) > 1:
        found.gop = _usual(np.array(keys))
        found.reordered = bool((np.diff(shown) < 0).any())
    return found
