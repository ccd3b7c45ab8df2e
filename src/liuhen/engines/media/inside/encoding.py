"""The two sinks of a rendition: pictures to H.264, samples to AAC."""

from fractions import Fraction
from typing import Any, Final

import av
import numpy as np
from av.container import OutputContainer
from av.filter import Graph
from av.video.frame import PictureType, VideoFrame

LONGEST_SIDE: Final = 1280
KEY_SECONDS: Final = 2
"""A player seeks to key frames; a custodian looks for a moment."""
TIME_BASE: Final = Fraction(1, 90_000)
SAMPLE_RATE: Final = 48_000
DRIFT_SECONDS: Final = Fraction(1, 10)
"""Sound may run this far from its time stamps before silence is put in or samples left out."""
_X264: Final = {"preset": "veryfast", "crf": "25", "profile": "high", "forced-idr": "1"}

_TURNS: Final = {
    90: [("transpose", "clock")],
    180: [("hflip", ""), ("vflip", "")],
    270: [("transpose", "cclock")],
}


class Pictures:
    """Frames of one video track, upright, progressive, sides at most LONGEST_SIDE, yuv420p."""

    def __init__(self, target: OutputContainer, source: Any, first: VideoFrame) -> None:
        """`first` is a decoded frame of `source`: it sets the size for all."""
        self.count = 0
        self.size = _fitted(first, source.sample_aspect_ratio)
        self._target = target
        rate = source.average_rate or source.guessed_rate or 25
        self._stream: Any = target.add_stream("libx264", rate=rate, options=_X264)
        self._stream.width, self._stream.height = self.size
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = TIME_BASE
        self._graph: Graph | None = None
        self._shape: tuple[Any, ...] | None = None
        self._last_pts = -1
        self._last_key: int | None = None

    def add(self, frame: VideoFrame, now: Fraction) -> None:
        """One decoded frame to be shown at `now` seconds; two at one time: the first stays."""
        frame.pts, frame.time_base = int(now / TIME_BASE), TIME_BASE
        shape = (frame.width, frame.height, frame.format.name, frame.interlaced_frame)
        if shape != self._shape:
            self._graph, self._shape = self._new_graph(frame), shape
        assert self._graph is not None
        self._graph.push(frame)
        while True:
            try:
                ready: Any = self._graph.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            self._encode(ready)

    def finish(self) -> None:
        """Write what the encoder still holds."""
        self._target.mux(self._stream.encode(None))

    def _encode(self, frame: VideoFrame) -> None:
        pts = int((frame.pts or 0) * (frame.time_base or TIME_BASE) / TIME_BASE)
        if pts <= self._last_pts:
            return
        frame.pts, frame.time_base, self._last_pts = pts, TIME_BASE, pts
        due = self._last_key is None or pts - self._last_key >= KEY_SECONDS / TIME_BASE
        frame.pict_type = PictureType.I if due else PictureType.NONE
        self._last_key = pts if due else self._last_key
        self.count += 1
        self._target.mux(self._stream.encode(frame))

    def _new_graph(self, frame: VideoFrame) -> Graph:
        turn = -frame.rotation % 360
        width, height = self.size
        graph = Graph()
        steps: list[Any] = [
            graph.add_buffer(
                width=frame.width, height=frame.height, format=frame.format,
                time_base=TIME_BASE,
            )
        ]  # fmt: skip
        filters = [("bwdif", "mode=send_frame")] if frame.interlaced_frame else []
        filters += _TURNS.get(turn, [])
        filters += [("scale", f"{width}:{height}:out_range=tv"), ("format", "yuv420p")]
        steps += [graph.add(name, setting) for name, setting in filters]
        graph.link_nodes(*steps, graph.add("buffersink")).configure()
        return graph


def _fitted(frame: VideoFrame, aspect: Fraction | None) -> tuple[int, int]:
    """The rendition's size: upright, square pixels, even sides as 4:2:0 needs."""
    stretch = aspect if aspect and Fraction(1, 4) < aspect < 4 else Fraction(1)
    width, height = round(frame.width * stretch), frame.height
    if frame.rotation % 180:
        width, height = height, width
    scale = min(Fraction(1), Fraction(LONGEST_SIDE, max(width, height)))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


class Samples:
    """Sound of one track as AAC, laid out by its time stamps."""

    def __init__(self, target: OutputContainer) -> None:
        self.count = 0
        self._target = target
        self._stream: Any = target.add_stream("aac", rate=SAMPLE_RATE)
        self._stream.bit_rate = 96_000
        self._layout = "stereo"
        self._stream.layout = self._layout
        self._resampler: Any = None
        self._shape: tuple[Any, ...] | None = None
        self._waiting = np.zeros((2, 0), dtype=np.float32)
        self._written = 0

    def add(self, frame: Any, now: Fraction) -> None:
        """One decoded frame that begins at `now` seconds."""
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:
            self._resampler = av.AudioResampler("fltp", self._layout, SAMPLE_RATE)
            self._shape = shape
        frame.pts = None
        parts = [part.to_ndarray() for part in self._resampler.resample(frame)]
        if parts:
            self._lay(np.concatenate(parts, axis=1), int(now * SAMPLE_RATE))

    def finish(self) -> None:
        """Write the rest, filled up to a whole frame, and what the encoder holds."""
        rest = -self._waiting.shape[1] % self._frame_size
        self._append(np.zeros((2, rest), dtype=np.float32))
        self._target.mux(self._stream.encode(None))

    def _lay(self, samples: Any, start: int) -> None:
        ahead = start - (self._written + self._waiting.shape[1])
        drift = int(DRIFT_SECONDS * SAMPLE_RATE)
        if ahead > drift:
            for done in range(0, ahead, SAMPLE_RATE):  # an hour of silence, a second at a time
                self._append(np.zeros((2, min(SAMPLE_RATE, ahead - done)), dtype=np.float32))
        elif ahead < -drift:
            samples = samples[:, -ahead:]
        self._append(samples)

    @property
    def _frame_size(self) -> int:
        return int(self._stream.codec_context.frame_size or 1024)

    def _append(self, samples: Any) -> None:
        self._waiting = np.concatenate([self._waiting, samples], axis=1)
        step = self._frame_size
        while self._waiting.shape[1] >= step:
            chunk, self._waiting = self._waiting[:, :step], self._waiting[:, step:]
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(chunk), "fltp", self._layout)
            frame.sample_rate, frame.pts = SAMPLE_RATE, self._written
            frame.time_base = Fraction(1, SAMPLE_RATE)
            self._written += step
            self.count += 1
            self._target.mux(self._stream.encode(frame))
