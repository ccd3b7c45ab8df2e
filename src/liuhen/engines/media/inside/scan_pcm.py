"""Levels of uncompressed sound in an AVI, read in place: no demuxer steps over the pictures."""

import os
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from liuhen.engines.media.inside.opening import ORIGINAL
from liuhen.engines.media.inside.scan_reading import CHUNK_HEADER_BYTES, LARGEST_PACKET
from liuhen.engines.media.inside.sound import SLICES_PER_SECOND, Levels

KINDS: Final = {"pcm_s16le": ("<i2", 0, 32768), "pcm_u8": ("u1", 128, 128)}
"""Codec: numpy's name, the value of silence, the largest."""
CHUNKS: Final = 256
"""Read together; of a camera some 10 s."""


def can_read(stream: Any) -> bool:
    """Whether its codec is one of KINDS and the file has a table of its chunks."""
    context = stream.codec_context
    return bool(
        context.name in KINDS
        and context.sample_rate >= SLICES_PER_SECOND
        and context.channels
        and len(stream.index_entries) > 1
    )


def levels(stream: Any, left: Callable[[], bool]) -> Levels:
    """Of all of it, or as far as there is time. An AVI's sound has no time stamps: it plays on."""
    context = stream.codec_context
    kind, silent, top = KINDS[context.name]
    step = context.sample_rate // SLICES_PER_SECOND * context.channels
    found, number, rest = Levels(), 0, np.empty(0, kind)
    places = [(entry.pos, entry.size) for entry in stream.index_entries]
    for first in range(0, len(places), CHUNKS):
        data = b"".join(_chunk(*place) for place in places[first : first + CHUNKS])
        samples = np.concatenate([rest, np.frombuffer(data, kind, len(data) // rest.itemsize)])
        count = len(samples) // step
        rest = samples[count * step :]
        slices = np.abs(samples[: count * step].reshape(count, step).astype(np.int32) - silent)
        if not left() or not found.put(number, slices.max(axis=1) / np.float32(top)):
            break
        number += count
    return found


def _chunk(position: int, size: int) -> bytes:
    if not 0 < size <= LARGEST_PACKET:
        return b""
    return os.pread(ORIGINAL, size, position + CHUNK_HEADER_BYTES["avi"])
