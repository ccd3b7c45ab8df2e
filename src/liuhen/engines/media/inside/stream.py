"""Read an RTSP stream and hand its packets on as they are; nothing is decoded, nothing encoded."""

import errno
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

import av
import av.logging
from av.container import InputContainer

from liuhen.engines.media.inside.segment import CONTAINERS, Segment, StoreError
from liuhen.engines.media.streams import Lost

TELL_SECONDS: Final = 2.0
"""How often it is said up to when is recorded, and looked whether the disk has room."""
RTSP_PORT: Final = 554
_UNREACHABLE: Final = frozenset({
    errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT, errno.EIO,
    errno.ECONNRESET, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL,
})  # fmt: skip
Say = Callable[[dict[str, Any]], None]

av.logging.set_level(None)  # FFmpeg's lines name the address


class StreamLost(Exception):
    """No more picture. `code`: streams.Lost; `detail` never holds the address."""

    def __init__(self, code: Lost, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def port_of(address: str) -> int:
    return urlsplit(address).port or RTSP_PORT


def probe(order: dict[str, Any]) -> dict[str, Any]:
    """What the camera sends, once its first packet is there. Raises StreamLost."""
    with open_stream(order["address"], order["limits"]) as source:
        streams = recordable(source)
        try:
            next(iter(source.demux(streams)))
        except av.error.FFmpegError as wrong:
            raise lost_by(wrong, connected=True) from None
        return facts_of(source, streams)


def record(order: dict[str, Any], say: Say, is_over: Callable[[], bool]) -> None:
    """Write segments until `is_over`. Raises StreamLost."""
    with open_stream(order["address"], order["limits"]) as source:
        streams = recordable(source)
        say({"connected": facts_of(source, streams)})
        tape = Tape(order, streams, say)
        try:
            for packet in source.demux(streams):
                if is_over():
                    return
                if packet.size:
                    tape.take(packet)
        except av.error.FFmpegError as wrong:
            raise lost_by(wrong, connected=True) from None
        finally:
            tape.cut()
        raise StreamLost(Lost.ENDED)


class Tape:
    """The packets as they come, in segments that each begin with a key frame."""

    def __init__(self, order: dict[str, Any], streams: list[Any], say: Say) -> None:
        self.order, self.streams, self.say = order, streams, say
        self.segment: Segment | None = None
        self.told = 0.0

    def take(self, packet: Any) -> None:
        """Raises StreamLost where the store fails."""
        is_cut = packet.stream is self.streams[0] and packet.is_keyframe
        try:
            if is_cut and self.segment and self.segment.age >= self.order["segment_seconds"]:
                self.cut()
            if self.segment is None:
                if not is_cut:
                    return
                self.begin()
            assert self.segment is not None
            if not self.segment.take(packet):
                self.cut()
            self.tell()
        except StoreError as failed:
            self.give_up()
            raise StreamLost(failed.code, failed.detail) from None

    def begin(self) -> None:
        self.check_room()
        folder, device_no = self.order["folder"], self.order["device_no"]
        self.segment = Segment(folder, device_no, self.streams, datetime.now(UTC))
        self.say({"recording": {"began_at": self.segment.began_at.isoformat()}})

    def cut(self) -> None:
        """Raises StreamLost where the store fails; what is written stays as `.part`."""
        if self.segment is None:
            return
        segment, self.segment = self.segment, None
        try:
            name = segment.finish()
        except StoreError as failed:
            raise StreamLost(failed.code, failed.detail) from None
        self.say(
            {
                "segment": {
                    "name": name,
                    "began_at": segment.began_at.isoformat(),
                    "ended_at": segment.ended_at.isoformat(),
                    "size_bytes": segment.size_bytes,
                }
            }
        )

    def give_up(self) -> None:
        if self.segment is not None:
            self.segment.abandon()
            self.segment = None

    def tell(self) -> None:
        if time.monotonic() - self.told < TELL_SECONDS or self.segment is None:
            return
        self.told = time.monotonic()
        self.say({"recorded_to": self.segment.ended_at.isoformat()})
        self.check_room()

    def check_room(self) -> None:
        space = os.statvfs(self.order["folder"])
        if space.f_bavail * space.f_frsize < self.order["limits"]["reserve_bytes"]:
            raise StoreError(Lost.STORE_FULL)


def open_stream(address: str, limits: dict[str, float]) -> InputContainer:
    """RTSP over TCP, pictures and sound, nothing else. Raises StreamLost."""
    micros = str(int(limits["read_seconds"] * 1_000_000))
    options = {
        "rtsp_transport": "tcp",
        "protocol_whitelist": "rtsp,tcp",
        "allowed_media_types": "video+audio",
        "timeout": micros,
        # Pictures wait while the stream is looked into: no longer than needed to name its codecs.
        "fpsprobesize": "0",
        "analyzeduration": "2000000",
    }
    waits = (limits["connect_seconds"], limits["read_seconds"])
    try:
        return av.open(address, format="rtsp", options=options, timeout=waits)
    except av.error.FFmpegError as wrong:
        raise lost_by(wrong, connected=False) from None


def recordable(source: InputContainer) -> list[Any]:
    """The picture first, then the sound if a container here can hold it. Raises StreamLost."""
    video = next(iter(source.streams.video), None)
    if video is None or not holdable(video):
        raise StreamLost(Lost.NO_VIDEO, video.codec_context.name if video else "")
    sounds = [one for one in source.streams.audio if holdable(one)]
    return [video, *sounds[:1]]


def holdable(stream: Any) -> bool:
    return any(stream.codec_context.name in one.codecs for one in CONTAINERS)


def facts_of(source: InputContainer, streams: list[Any]) -> dict[str, Any]:
    video, sounds = streams[0], streams[1:]
    rate = video.average_rate
    return {
        "video": video.codec_context.name,
        "width": video.codec_context.width,
        "height": video.codec_context.height,
        "fps": round(float(rate), 2) if rate else None,
        "audio": sounds[0].codec_context.name if sounds else None,
        "left_out": [one.codec_context.name for one in source.streams if one not in streams],
    }


def lost_by(wrong: Exception, *, connected: bool) -> StreamLost:
    """FFmpeg's message names the address, so only its kind is told."""
    detail = type(wrong).__name__
    if isinstance(wrong, av.error.HTTPUnauthorizedError | av.error.HTTPForbiddenError):
        return StreamLost(Lost.SIGN_IN, detail)
    if isinstance(wrong, av.error.HTTPNotFoundError | av.error.HTTPBadRequestError):
        return StreamLost(Lost.NOT_FOUND, detail)
    if isinstance(wrong, av.error.HTTPServerError | av.error.HTTPOtherClientError):
        return StreamLost(Lost.REFUSED, detail)
    if isinstance(wrong, av.error.ExitError | TimeoutError):
        return StreamLost(Lost.SILENT if connected else Lost.UNREACHABLE, detail)
    if connected:
        return StreamLost(Lost.ENDED, detail)
    if getattr(wrong, "errno", None) in _UNREACHABLE:
        return StreamLost(Lost.UNREACHABLE, detail)
    return StreamLost(Lost.NOT_A_STREAM, detail)
