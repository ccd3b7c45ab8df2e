"""Decode what decodes, encode it as H.264/AAC MP4 or AAC M4A, in step with the time stamps.

A rendition is for watching, never evidence. Time stamps rule: where nothing was recorded the last
picture stands and there is silence, so pictures, sound and marks stay together.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
from av.container import InputContainer, OutputContainer

from liuhen.engines.media.facts import Code, Finding
from liuhen.engines.media.inside import answer
from liuhen.engines.media.inside.encoding import Pictures, Samples
from liuhen.engines.media.inside.opening import open_media
from liuhen.engines.media.inside.poster import first_frame
from liuhen.engines.media.inside.timeline import JUMP_BACK_SECONDS, JUMP_SECONDS
from liuhen.engines.media.inside.tracks import is_cover, states_duration

Progress = Callable[[float], None]
STEP: Final = 0.01
"""Progress is told in hundredths."""
_JOIN_SECONDS: Final = Fraction(1, 25)
"""After a jump of the clock the next packet follows the last by this much."""
SHORT_SECONDS: Final = Fraction(1)
"""Headers round to whole seconds, and the end told here is the last picture's start."""
SHORT_PART: Final = Fraction(1, 50)


class Clock:
    """One stream's time from the start of the recording, seconds; jumps of the clock are closed."""

    def __init__(self, origin: Fraction) -> None:
        self._origin, self._shift = origin, Fraction(0)
        self._last: Fraction | None = None
        self.jumped = False

    def at(self, stamp: Fraction) -> Fraction:
        """When the frame stamped `stamp` (seconds on the file's clock) is to be shown."""
        now = stamp - self._origin + self._shift
        if self._last is not None:
            step = now - self._last
            if step < -JUMP_BACK_SECONDS or step > JUMP_SECONDS:
                self.jumped = True
                self._shift += self._last + _JOIN_SECONDS - now
                now = self._last + _JOIN_SECONDS
        self._last = now
        return max(now, Fraction(0))


def render(form: str | None, out: Path, progress: Progress) -> dict[str, Any]:
    """Transcode the recording on standard input into `out`; the answer names the file, if any."""
    try:
        firsts = _first_frames(form)
        source = open_media(form, hidden_too=False)
    except MemoryError:
        raise
    except av.error.FFmpegError as wrong:
        finding = Finding(Code.UNREADABLE, evidence={"why": str(wrong.strerror)[:200]})
        return answer.made(None, None, [finding])
    with source:
        return _render(source, firsts, out, progress)


def _first_frames(form: str | None) -> dict[int, Any]:
    """A decoded frame of the video and the audio track; None for one that does not decode.

    Asked beforehand: MP4 wants to know every track before the first packet is written.
    """
    with open_media(form, hidden_too=False) as source:
        video = next((s for s in source.streams.video if not is_cover(s)), None)
        audio = next(iter(source.streams.audio), None)
        chosen = [one.index for one in (video, audio) if one is not None]
    firsts = {}
    for index in chosen:
        with open_media(form, hidden_too=False) as source:
            firsts[index] = first_frame(source, source.streams[index])
    return firsts


def _render(
    source: InputContainer, firsts: dict[int, Any], out: Path, progress: Progress
) -> dict[str, Any]:
    types = {source.streams[index].type for index in firsts}
    if not types:
        return answer.made(None, None, [Finding(Code.NO_STREAMS)])
    kind = "video" if "video" in types else "audio"
    undecodable = [
        Finding(Code.DECODE_ERROR, evidence={"track": source.streams[index].type})
        for index, first in firsts.items() if first is None
    ]  # fmt: skip
    if len(undecodable) == len(firsts):
        return answer.made(None, kind, undecodable)
    name = "rendition.mp4" if kind == "video" else "rendition.m4a"
    with av.open(str(out / name), "w", format="mp4", options={"movflags": "+faststart"}) as target:
        writer = _Writer(source, target, firsts, progress)
        writer.run()
    size = writer.pictures.size if writer.pictures else (None, None)
    return answer.made(
        name if writer.wrote_anything else None, kind, undecodable + writer.findings,
        width=size[0], height=size[1], duration=writer.end,
    )  # fmt: skip


class _Writer:
    """One pass from `source` to `target`."""

    def __init__(
        self, source: InputContainer, target: OutputContainer, firsts: dict[int, Any],
        progress: Progress,
    ) -> None:  # fmt: skip
        self.source, self.progress = source, progress
        self.streams = [source.streams[n] for n, first in firsts.items() if first is not None]
        self.pictures: Pictures | None = None
        self.samples: Samples | None = None
        for one in self.streams:
            if one.type == "video":
                self.pictures = Pictures(target, one, firsts[one.index])
            else:
                self.samples = Samples(target)
        origin = Fraction(source.start_time or 0, av.time_base)
        self.clocks = {one.index: Clock(origin) for one in self.streams}
        self.duration = Fraction(source.duration, av.time_base) if source.duration else None
        self.errors = {one.type: 0 for one in self.streams}
        self.findings: list[Finding] = []
        self.end, self.told = Fraction(0), 0.0
        for one in self.streams:
            one.codec_context.thread_type = "AUTO"

    @property
    def wrote_anything(self) -> bool:
        return any(sink is not None and sink.count for sink in (self.pictures, self.samples))

    def run(self) -> None:
        for packet in self._packets():
            self._packet(packet)
        for sink in (self.pictures, self.samples):
            if sink is not None and sink.count:
                sink.finish()
        self._note_errors()
        self._note_short()

    def _packets(self) -> Iterator[Any]:
        """All packets up to the first error of reading; an error of writing is not caught here."""
        packets = iter(self.source.demux(self.streams))
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError as wrong:
                evidence = {"why": str(wrong.strerror)[:200]}
                self.findings.append(Finding(Code.TRUNCATED, float(self.end), None, evidence))
                return
            if packet is None:
                return
            yield packet

    def _packet(self, packet: Any) -> None:
        stream = packet.stream
        try:
            frames = packet.decode()
        except av.error.FFmpegError:
            self.errors[stream.type] += 1
            return
        for frame in frames:
            if frame.pts is None:
                continue
            now = self.clocks[stream.index].at(frame.pts * (frame.time_base or stream.time_base))
            sink = self.pictures if stream.type == "video" else self.samples
            assert sink is not None
            sink.add(frame, now)
            self.end = max(self.end, now)
        self._tell()

    def _tell(self) -> None:
        if self.duration:
            done = min(1.0, float(self.end / self.duration))
            if done >= self.told + STEP:
                self.told = done
                self.progress(done)

    def _note_errors(self) -> None:
        for track, packets in self.errors.items():
            if packets:
                evidence = {"track": track, "packets": packets}
                self.findings.append(Finding(Code.DECODE_ERROR, evidence=evidence))
        if not self.wrote_anything and not self.findings:
            self.findings.append(Finding(Code.DECODE_ERROR, evidence={"track": "all"}))

    def _note_short(self) -> None:
        """A cut MP4 ends without an error: its index is whole, its last pictures are not there."""
        if self.duration is None or not states_duration(self.source):
            return
        tolerance = max(SHORT_SECONDS, self.duration * SHORT_PART)
        closed = any(clock.jumped for clock in self.clocks.values())
        if self.wrote_anything and not closed and self.duration - self.end > tolerance:
            evidence = {"header_seconds": float(self.duration), "content_seconds": float(self.end)}
            self.findings.append(Finding(Code.DURATION_MISMATCH, evidence=evidence))
