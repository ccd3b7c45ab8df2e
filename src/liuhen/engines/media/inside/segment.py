"""One file of a stream: packets as they came, playable up to the last second even if cut off.

Written as fragmented MP4 and, when it is finished in order, completed to a plain MP4 with an index
of the whole (FFmpeg's `hybrid_fragmented`), which browsers play as it is. Sound as telephones code
it, which most cameras send, is not allowed in MP4; then it is QuickTime, MP4's parent.
"""

import errno
import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NamedTuple

import av

from liuhen.engines.media import spool
from liuhen.engines.media.streams import Lost

BACK_SECONDS: Final = 1
"""Time stamps may waver by less: senders and the network reorder. More is a clock that was set."""
LEAP_SECONDS: Final = 10
"""A hole this long within a running stream is a clock that was set: silence ends it sooner."""
USUAL_STEP: Final = Fraction(1, 25)
"""Seconds to the next picture, for a packet that comes without a time stamp."""
FRAGMENT_MICROSECONDS: Final = 1_000_000
"""A process that is killed loses no more than this."""
SYNC_SECONDS: Final = 10.0
"""A machine that loses power loses no more than this."""
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Container(NamedTuple):
    suffix: str
    muxer: str
    codecs: frozenset[str]


_MP4: Final = frozenset({"h264", "hevc", "av1", "mpeg4", "aac", "mp3", "opus"})
_MOV: Final = _MP4 | {"mjpeg", "pcm_alaw", "pcm_mulaw", "pcm_s16be", "pcm_s16le"}
CONTAINERS: Final = (Container(".mp4", "mp4", _MP4), Container(".mov", "mov", _MOV - {"opus"}))
"""The first that holds all of a stream's codecs is used."""


class StoreError(Exception):
    """The segment could not be written."""

    def __init__(self, code: Lost, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


class Segment:
    """A file under way. `began_at` and `ended_at` are when its packets came, by the server."""

    def __init__(self, folder: str, device_no: str, streams: list[Any], began_at: datetime) -> None:
        self.began_at = self.ended_at = began_at
        self._since = self._synced = time.monotonic()
        names = {one.codec_context.name for one in streams}
        container = next(one for one in CONTAINERS if names <= one.codecs or one is CONTAINERS[-1])
        stem = spool.stem_of(device_no, began_at)
        self.part = Path(folder, f"{stem}{container.suffix}{spool.PART}")
        self._file = _File(self.part)
        with self._storing():
            self._target = av.open(
                self._file,
                "w",
                format=container.muxer,
                options={
                    "movflags": "+hybrid_fragmented+frag_keyframe+empty_moov+default_base_moof",
                    "frag_duration": str(FRAGMENT_MICROSECONDS),
                    "flush_packets": "1",
                    # The camera's pictures as they came: no other program's name on them.
                    "fflags": "+bitexact",
                },
            )
            stamp = began_at.isoformat(timespec="seconds").replace("+00:00", "Z")
            self._target.metadata["creation_time"] = stamp
            self._tracks = {one.index: _Track(self._target, one) for one in streams}
        self._video = streams[0].index
        self._base: Fraction | None = None

    @property
    def age(self) -> float:
        """Seconds since it was begun, by the clock that is never set."""
        return time.monotonic() - self._since

    @property
    def size_bytes(self) -> int:
        return self._file.size

    def take(self, packet: Any) -> bool:
        """Write the packet; False, and not written, if the camera's clock has leapt.
        Raises StoreError."""
        track = self._tracks[packet.stream.index]
        stamp = packet.pts if packet.dts is None else packet.dts
        at = track.last + track.step if stamp is None else self._rebased(track, stamp)
        leapt = at < track.last - track.ticks(BACK_SECONDS) or at > track.last + track.ticks(
            LEAP_SECONDS
        )
        if leapt and packet.stream.index == self._video and track.last >= 0:
            return False
        at = max(at, track.last + 1)
        ahead = packet.pts - packet.dts if None not in (packet.pts, packet.dts) else 0
        packet.dts, packet.pts = at, at + max(ahead, 0)
        packet.stream = track.stream
        track.last = at
        with self._storing():
            self._target.mux(packet)
            self.ended_at = datetime.now(UTC)
            if time.monotonic() - self._synced > SYNC_SECONDS:
                self._synced = time.monotonic()
                self._file.sync()
        return True

    def _rebased(self, track: "_Track", stamp: int) -> int:
        if self._base is None:
            self._base = (
                (stamp - track.last - track.step) * track.base
                if track.last >= 0
                else (stamp * track.base)
            )
        return stamp - round(self._base / track.base)

    def finish(self) -> str:
        """Complete, make durable, give it its name, which is answered. Raises StoreError."""
        with self._storing():
            self._target.close()
            self._file.close()
            os.utime(self.part, (self.ended_at.timestamp(), self.ended_at.timestamp()))
            return spool.keep(self.part).name

    def abandon(self) -> None:
        """Leave the part as it is: what is in it plays, and the next start gives it its name."""
        with suppress(Exception):
            self._file.close()

    def _storing(self) -> "_Storing":
        return _Storing(self._file)


class _Track:
    def __init__(self, target: Any, template: Any) -> None:
        self.stream = target.add_stream_from_template(template)
        self.base: Fraction = template.time_base
        rate = template.average_rate if template.type == "video" else None
        self.step = max(1, round((1 / rate if rate else USUAL_STEP) / self.base))
        self.last = -1

    def ticks(self, seconds: int) -> int:
        return int(seconds / self.base)


class _File:
    """What the muxer writes to: new, never another's, and it remembers its first failure."""

    def __init__(self, path: Path) -> None:
        self.failure: OSError | None = None
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            self._fd = os.open(path, flags, 0o600)
        except OSError as wrong:
            raise store_error(wrong) from None
        self.size = 0

    def write(self, data: bytes) -> int:
        if self.failure is not None:  # what the muxer still has to say comes too late
            raise self.failure
        view = memoryview(data)
        done = 0
        try:
            while done < len(view):
                done += os.write(self._fd, view[done:])
        except OSError as wrong:
            self.failure = self.failure or wrong
            raise
        self.size = max(self.size, os.lseek(self._fd, 0, os.SEEK_CUR))
        return done

    def read(self, size: int) -> bytes:
        return os.read(self._fd, size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return os.lseek(self._fd, offset, whence)

    def tell(self) -> int:
        return os.lseek(self._fd, 0, os.SEEK_CUR)

    def sync(self) -> None:
        os.fsync(self._fd)

    def close(self) -> None:
        """Durable first: an error at fsync is the last word on this descriptor."""
        descriptor, self._fd = self._fd, -1  # its number may soon be another file's
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class _Storing:
    """Whatever goes wrong while writing is the store's failure, by the file's own word."""

    def __init__(self, file: _File) -> None:
        self.file = file

    def __enter__(self) -> None:
        pass

    def __exit__(self, _type: object, wrong: BaseException | None, _trace: object) -> None:
        if isinstance(wrong, StoreError):
            return
        if self.file.failure is not None:
            raise store_error(self.file.failure) from None
        if isinstance(wrong, OSError):  # FFmpeg's errors are OSErrors too
            raise store_error(wrong) from None


def store_error(wrong: OSError) -> StoreError:
    code = Lost.STORE_FULL if wrong.errno in _FULL else Lost.STORE_FAILED
    return StoreError(code, errno.errorcode.get(wrong.errno or 0, type(wrong).__name__))
