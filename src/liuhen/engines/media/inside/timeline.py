"""How a recording runs: first and last packet, holes, jumps. No packet is decoded.

Where the container has a table of all packets (ISO media, AVI) that is read; elsewhere every
packet is demuxed once. A track keeps where its packets lie (`packets`), for a closer look.
"""

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

import av
from av.container import InputContainer

from liuhen.engines.media.facts import Code, Content, Finding
from liuhen.engines.media.inside.packets import (
    PADDED,
    PADDING_END,
    PROBE_PACKETS,
    PROBE_SECONDS,
    SIZED,
    PacketLog,
    Packets,
    unpadded,
)

GAP_SECONDS: Final = Fraction(1, 2)
"""A hole is longer than this. In the dark body cameras fall to 5 pictures a second (0.2 s)."""
GAP_INTERVALS: Final = 5
"""… and than this many usual intervals, so that time lapse is not all holes."""
JUMP_BACK_SECONDS: Final = Fraction(1, 2)
"""Time stamps in decoding order may go back by pictures held for reordering; not by more."""
JUMP_SECONDS: Final = 3600
"""A device that pauses longer begins a new file: a longer leap is a clock that was set."""
MOST_FINDINGS: Final = 100


@dataclass
class Track:
    """One stream's time stamps as they pass, in units of `base` seconds."""

    type: str
    base: Fraction
    first: int | None = None
    end: int | None = None
    packets: int = 0
    last: int | None = None
    step_sum: int = 0
    steps: int = 0
    damaged: int = 0
    last_damaged: bool = False
    breaks: list[tuple[str, int, int]] = field(default_factory=list)
    more_breaks: int = 0
    index: int = 0
    log: PacketLog = field(default_factory=PacketLog)
    lay_out: Callable[[], Packets | None] | None = None
    """Where packets were not walked through: gives them from the file's tables."""

    def __post_init__(self) -> None:
        self.gap_ticks = int(GAP_SECONDS / self.base)
        self.back_ticks = int(JUMP_BACK_SECONDS / self.base)
        self.jump_ticks = int(JUMP_SECONDS / self.base)

    def add(self, stamp: int, duration: int) -> None:
        """One packet; `stamp` in decoding order."""
        self.packets += 1
        self.first = stamp if self.first is None else min(self.first, stamp)
        self.end = max(self.end if self.end is not None else stamp, stamp + duration)
        if self.last is not None:
            self._step(stamp - self.last, stamp)
        self.last = stamp

    def _step(self, step: int, stamp: int) -> None:
        # Whole ticks only: Fraction arithmetic for each packet would cost more than demuxing.
        if step < -self.back_ticks or step > self.jump_ticks:
            self._break(Code.TIMESTAMP_JUMP, stamp)
        elif step > self.gap_ticks and step * self.steps > GAP_INTERVALS * self.step_sum:
            self._break(Code.TIMESTAMP_GAP, stamp, self.usual_step)
        elif step > 0:
            self.step_sum += step
            self.steps += 1

    def _break(self, code: str, stamp: int, usual: int = 0) -> None:
        if len(self.breaks) >= MOST_FINDINGS:
            self.more_breaks += 1
        elif self.last is not None:
            self.breaks.append((code, self.last + usual, stamp))

    @property
    def usual_step(self) -> int:
        return round(self.step_sum / self.steps) if self.steps else 0


@dataclass
class Timeline:
    """What passed: the tracks, and what was found on the way."""

    tracks: list[Track]
    measured_from: str
    complete: bool = True
    findings: list[Finding] = field(default_factory=list)

    def packets_of(self, track: Track) -> Packets | None:
        """The track's packets as columns; an AVI's and an ISO file's can be read in place.
        None if there are too many, or their places are not told."""
        if track.lay_out is not None:
            return track.lay_out()
        if track.log.is_cut:
            return None
        return Packets.of(track.log, track.base, is_direct=self.measured_from == "index")

    def content(self) -> Content:
        """First, last, duration over all tracks."""
        used = [t for t in self.tracks if t.first is not None and t.end is not None]
        first = min((t.first * t.base for t in used if t.first is not None), default=None)
        last = max((t.end * t.base for t in used if t.end is not None), default=None)
        videos = [t.packets for t in self.tracks if t.type == "video"]
        return Content(
            first=first,
            last_end=last,
            duration=None if first is None or last is None else last - first,
            frames=max(videos) if videos else None,
            packets=sum(t.packets for t in self.tracks),
            measured_from=self.measured_from,
            complete=self.complete,
        )

    def all_findings(self) -> list[Finding]:
        """Holes and jumps in seconds since the first packet, then the rest."""
        origin = self.content().first or Fraction(0)
        found = list(self.findings)
        for track in self.tracks:
            for code, start, end in track.breaks:
                edges = [float(at * track.base - origin) for at in (start, end)]
                start_at, end_at = (
                    (edges[0], edges[1]) if edges[1] >= edges[0] else (edges[0], None)
                )
                evidence = {"track": track.type, "to_seconds": edges[1], "more": track.more_breaks}
                found.append(Finding(code, start_at, end_at, evidence))
        return sorted(found, key=lambda one: (one.start_seconds is not None, one.start_seconds))


def measured(container: InputContainer, size: int, *, by_index: bool, seconds: float) -> Timeline:
    """Walk through the recording. `seconds`: clock time after which it stops, incomplete.

    by_index: the container's table is known to be whole. An AVI's is used for pictures only:
    its sound entries count bytes.
    """
    streams = [s for s in container.streams if _counts(s)]
    if by_index and container.format.name == "avi":
        streams = [s for s in streams if s.type == "video"] or streams
    if by_index and streams and all(len(s.index_entries) > 1 for s in streams):
        return _from_index(streams, size)
    return _from_packets(container, streams, seconds)


def _counts(stream: Any) -> bool:
    cover = stream.disposition & av.stream.Disposition.attached_pic
    return stream.type in ("video", "audio") and not cover and bool(stream.time_base)


def _from_index(streams: Iterable[Any], size: int) -> Timeline:
    timeline = Timeline([], "index")
    for stream in streams:
        track = Track(stream.type, stream.time_base, index=stream.index)
        timeline.tracks.append(track)
        lost, lost_from = 0, None
        for entry in stream.index_entries:
            if entry.pos + entry.size > size:
                lost += 1
                lost_from = entry.timestamp if lost_from is None else lost_from
            else:
                track.add(entry.timestamp, 0)
                track.log.add(entry.timestamp, entry.size, entry.is_keyframe, entry.pos)
        if track.end is not None:
            track.end += track.usual_step
        if lost_from is not None:
            evidence = {"track": stream.type, "lost_packets": lost, "kept_packets": track.packets}
            start = float((lost_from - (track.first or 0)) * stream.time_base)
            timeline.findings.append(Finding(Code.TRUNCATED, start, None, evidence))
    return timeline


class _Probing:
    """Keeps what is to be tried of a sound track: PROBE_PACKETS of every PROBE_SECONDS."""

    def __init__(self, track: Track) -> None:
        self._track, self._due, self._left = track, -math.inf, 0
        self._ticks = PROBE_SECONDS / float(track.base)

    def pass_by(self, packet: Any, stamp: int) -> None:
        if stamp >= self._due:
            self._due, self._left = stamp + self._ticks, PROBE_PACKETS
        if self._left:
            self._left -= 1
            self._track.log.keep(bytes(packet))


def _from_packets(container: InputContainer, streams: list[Any], seconds: float) -> Timeline:
    tracks = {s.index: Track(s.type, s.time_base, index=s.index) for s in streams}
    padded = {s.index for s in streams if s.codec_context.name in PADDED}
    probed = {s.index: _Probing(tracks[s.index]) for s in streams if s.codec_context.name in SIZED}
    timeline, deadline = Timeline(list(tracks.values()), "demux"), time.monotonic() + seconds
    try:
        for packet in container.demux(streams):
            stamp = packet.dts if packet.dts is not None else packet.pts
            if packet.size == 0 or stamp is None:
                continue
            track = tracks[packet.stream_index]
            track.add(stamp, packet.duration or 0)
            size = _size(packet) if packet.stream_index in padded else packet.size
            track.log.add(stamp, size, packet.is_keyframe, packet.pos)
            if packet.stream_index in probed:
                probed[packet.stream_index].pass_by(packet, stamp)
            track.last_damaged = packet.is_corrupt
            track.damaged += packet.is_corrupt
            if track.packets % 512 == 0 and time.monotonic() > deadline:
                timeline.complete = False
                break
    except MemoryError:
        raise
    except av.error.FFmpegError as wrong:
        _ended_early(timeline, str(wrong.strerror))
    if timeline.complete and any(track.last_damaged for track in timeline.tracks):
        _ended_early(timeline, "last packet is partial")
    return timeline


def _size(packet: Any) -> int:
    """Without filler; most packets have none and are not copied."""
    tail = bytes(memoryview(packet)[-len(PADDING_END) :])
    return unpadded(bytes(packet)) if tail == PADDING_END else int(packet.size)


def _ended_early(timeline: Timeline, why: str) -> None:
    content = timeline.content()
    at = None if content.duration is None else float(content.duration)
    timeline.findings.append(Finding(Code.TRUNCATED, at, None, {"why": why}))
