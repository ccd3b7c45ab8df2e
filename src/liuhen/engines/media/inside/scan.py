"""Look through a recording for black, covered and frozen pictures and for silence.

Not everything is decoded: packet sizes name candidates (`scan_sizes`), key frames and short runs
of pictures confirm them and find their edges (`scan_pictures`); sound is cheap (`scan_sound`).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Self

import av
from av.container import InputContainer

from liuhen.engines.media.facts import Code, Finding
from liuhen.engines.media.inside import scan_pcm, scan_pictures, scan_sizes, scan_sound
from liuhen.engines.media.inside.opening import ORIGINAL
from liuhen.engines.media.inside.packets import SIZED
from liuhen.engines.media.inside.scan_reading import Copies, Reader
from liuhen.engines.media.inside.sound import Sound
from liuhen.engines.media.inside.timeline import Timeline, Track

MOST_FINDINGS: Final = 100
"""Of pictures, and as many of sound; a recording with more is told by these."""


WALL_SHARE: Final = 0.8
"""Of the clock time the child has; the rest is for ending in good order."""


@dataclass
class Budget:
    """cpu_seconds: processor time of this process since it began. wall_seconds: from now."""

    cpu_seconds: float
    wall_seconds: float
    _began: float = field(default_factory=time.monotonic)

    @classmethod
    def of(cls, limits: dict[str, float]) -> Self:
        """For a child that begins now, under `limits` (`Limits.to_json`)."""
        return cls(limits["scan_cpu_seconds"], WALL_SHARE * limits["wall_seconds"])

    def left(self) -> bool:
        """Whether more may be decoded."""
        waited = time.monotonic() - self._began
        return time.process_time() < self.cpu_seconds and waited < self.wall_seconds


def findings(
    opened: Callable[[], InputContainer], walked: Timeline, heard: Sound, budget: Budget
) -> list[Finding]:
    """In seconds since the recording's first packet, by place.

    opened: opens the recording anew. walked: its packets. heard: its sound's levels, if all of
    it was decoded already.
    """
    origin = walked.content().first
    if origin is None:
        return []
    videos = [track for track in walked.tracks if track.type == "video"]
    with Copies(opened) as copies:
        # Sound first: it costs little, and pictures may use up all the time.
        if heard.levels is not None and heard.first is not None:
            begin = float(heard.first - origin)
            found = scan_sound.silences(heard.levels, begin)[:MOST_FINDINGS]
        else:
            found = _sound(copies, walked, origin, budget)
        if videos:
            found += _pictures(copies, walked, videos[0], origin, budget)
    return sorted(found, key=lambda one: one.start_seconds or 0.0)


def _pictures(
    copies: Copies, walked: Timeline, track: Track, origin: Fraction, budget: Budget
) -> list[Finding]:
    packets = walked.packets_of(track)
    if packets is None:
        return [Finding(Code.SCAN_INCOMPLETE, evidence={"part": "picture"})]
    if not len(packets):
        return []
    seconds = packets.seconds(origin)
    sizes = packets.unpadded_sizes(ORIGINAL)
    plan = scan_sizes.plan(seconds, sizes, packets.keys)
    try:
        reader = Reader(copies, track.index, packets)
        found = scan_pictures.scan(reader, plan, seconds, sizes, budget.left)
    except MemoryError:
        raise
    except (av.error.FFmpegError, IndexError):  # it opened before; a damaged file may not again
        return []
    return found[:MOST_FINDINGS]


def _sound(copies: Copies, walked: Timeline, origin: Fraction, budget: Budget) -> list[Finding]:
    container = copies.decoding
    stream = next(iter(container.streams.audio), None)
    if stream is None:
        return []
    index, codec = stream.index, stream.codec_context.name
    in_place = walked.measured_from == "index" and container.format.name == "avi"
    if in_place and scan_pcm.can_read(stream):
        return scan_sound.scan_in_place(stream, budget.left)[:MOST_FINDINGS]
    tracks = {track.index: track for track in walked.tracks if track.type == "audio"}
    sized = codec in SIZED and index in tracks
    packets = walked.packets_of(tracks[index]) if sized else None
    return scan_sound.scan(copies, index, packets, origin, budget.left)[:MOST_FINDINGS]
