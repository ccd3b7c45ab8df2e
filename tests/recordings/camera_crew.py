"""A recorder that says what a test has it say, and writes what it would have written."""

import json
import os
from datetime import datetime, timedelta
from typing import Any

from factories import NOON
from liuhen.engines.media import spool
from liuhen.engines.media.streams import Order

FRAMES = b"\x00\x00\x00\x18ftypisom" + b"pictures of a window " * 50


class Simulated:
    """Stands in for `streams.Recorder`: its child is this object. Nothing here runs by itself."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.said: list[dict[str, Any]] = []
        self.is_over = self.was_stopped = self.was_killed = False

    def connect(self, at: datetime) -> None:
        self.said += [{"connected": {"video": "h264"}}, {"recording": {"began_at": iso(at)}}]

    def write(self, began_at: datetime, ended_at: datetime) -> str:
        """A whole segment; each differs, or the vault would know it already."""
        path = self.order.folder / f"{spool.stem_of(self.order.device_no, began_at)}.mp4"
        path.write_bytes(FRAMES + iso(began_at).encode())
        os.utime(path, (ended_at.timestamp(), ended_at.timestamp()))
        self.said.append({"segment": {"name": path.name, "ended_at": iso(ended_at)}})
        return path.name

    def leave_part(self, began_at: datetime, ended_at: datetime) -> None:
        """What kill -9 leaves."""
        stem = spool.stem_of(self.order.device_no, began_at)
        part = self.order.folder / f"{stem}.mp4{spool.PART}"
        part.write_bytes(FRAMES + iso(began_at).encode())
        os.utime(part, (ended_at.timestamp(), ended_at.timestamp()))
        self.is_over = True

    def lose(self, code: str) -> None:
        self.said.append({"lost": code, "detail": ""})
        self.is_over = True

    def hear(self) -> list[dict[str, Any]]:
        said, self.said = self.said, []
        return [json.loads(json.dumps(one)) for one in said]

    def has_ended(self) -> bool:
        return self.is_over

    def stop(self) -> None:
        self.was_stopped = self.is_over = True

    def kill(self) -> None:
        self.was_killed = self.is_over = True

    def end(self, seconds: float) -> None:
        self.stop()

    def close(self) -> None:
        assert self.is_over


class Company:
    """All recorders that were started, newest last."""

    def __init__(self) -> None:
        self.started: list[Simulated] = []

    def __call__(self, order: Order) -> Simulated:
        self.started.append(Simulated(order))
        return self.started[-1]

    @property
    def newest(self) -> Simulated:
        return self.started[-1]


def iso(instant: datetime) -> str:
    return instant.isoformat()


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)
