"""Record a camera's stream: a child reads RTSP and writes segments; here it is started and heard.

The child (`stream_child`) is held as the one that parses files is (`sandbox`), but has the network,
and lives as long as the stream does. It gets its order, with the address and its password, as one
line on standard input, so that no process list shows it; when that input is closed it finishes its
segment and ends. It answers in lines of JSON on standard output:

    {"connected": {"video", "width", "height", "fps", "audio", "left_out"}}
    {"recording": {"began_at"}}                       a segment has begun
    {"recorded_to": instant}                          every two seconds
    {"segment": {"name", "began_at", "ended_at", "size_bytes"}}
    {"lost": code, "detail": text}                    the last line; none after an orderly end
"""

import contextlib
import json
import os
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from liuhen.engines.media import sandbox
from liuhen.engines.media.limits import MIB

CHILD: Final = "liuhen.engines.media.stream_child"
MOST_LINE_BYTES: Final = 64 * 1024
"""A child that goes on without a line's end is not ours any more."""

PROBE_SECONDS: Final = 20.0
"""For a connection, its refusal, or the silence of an address where nothing answers."""


class Lost(StrEnum):
    """Why there is no picture. Stable codes: events and screens quote them."""

    UNREACHABLE = "unreachable"
    SIGN_IN = "sign_in"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    NOT_A_STREAM = "not_a_stream"
    NO_VIDEO = "no_video"
    SILENT = "silent"
    ENDED = "ended"
    STORE_FULL = "store_full"
    STORE_FAILED = "store_failed"
    CRASHED = "crashed"


STORE: Final = frozenset({Lost.STORE_FULL, Lost.STORE_FAILED})
"""Ours, not the camera's."""


@dataclass(frozen=True)
class StreamLimits:
    """What one recorder may use, and how long it waits.

    connect_seconds: until the camera has answered and told what it sends.
    read_seconds:    between two packets; a camera that sends nothing longer is lost.
    memory_bytes:    address space; the libraries alone map 0.6 GiB.
    segment_bytes:   the largest file; an hour at 16 Mbit/s is 7 GiB.
    reserve_bytes:   what stays free on the spool's disk: the database may lie on it, too.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 10.0
    memory_bytes: int = 2048 * MIB
    segment_bytes: int = 16 * 1024 * MIB
    reserve_bytes: int = 512 * MIB


@dataclass(frozen=True)
class Order:
    """One stream to be recorded. `folder` exists and is this recorder's alone.

    segment_seconds: a file is cut at the first key frame after this long.
    """

    address: str
    device_no: str
    folder: Path
    segment_seconds: float
    limits: StreamLimits = StreamLimits()

    def __repr__(self) -> str:
        return f"Order({self.device_no!r})"  # never the address: it may hold a password


class Recorder:
    """A child at work. Nothing here waits, but `end`."""

    def __init__(self, order: Order) -> None:
        self._pending = b""
        self._child = _start("record", order.folder, _as_json(order), order.limits, order.address)

    @property
    def pid(self) -> int:
        return self._child.pid

    def hear(self) -> list[dict[str, Any]]:
        """What it said since the last time. Lines that are no JSON object end it."""
        assert self._child.stdout is not None
        try:
            while data := self._child.stdout.read(1 << 16):
                self._pending += data
                if len(self._pending) > MOST_LINE_BYTES * 16:
                    break
        except OSError:
            pass
        *lines, self._pending = self._pending.split(b"\n")
        if len(self._pending) > MOST_LINE_BYTES:
            self.kill()
            lines, self._pending = [], b""
        return [said for line in lines if (said := self._read(line)) is not None]

    def _read(self, line: bytes) -> dict[str, Any] | None:
        try:
            said = json.loads(line)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            self.kill()
            return None
        return said

    def has_ended(self) -> bool:
        return self._child.poll() is not None

    def stop(self) -> None:
        """Ask it to finish its segment and end."""
        with contextlib.suppress(OSError):
            assert self._child.stdin is not None
            self._child.stdin.close()

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)

    def end(self, seconds: float) -> None:
        """Stop it, wait so long for its segment to be finished, and leave nothing behind."""
        self.stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(timeout=seconds)
        self.kill()
        self._child.wait()

    def close(self) -> None:
        """Give back what the ended child held."""
        self.end(0)
        assert self._child.stdout is not None
        self._child.stdout.close()


def probe(address: str, folder: Path, limits: StreamLimits | None = None) -> dict[str, Any]:
    """Connect, see what the camera sends, hang up. Answers as `connected` does, or {"lost": …}.

    Takes up to PROBE_SECONDS. `folder` is empty and stays so.
    """
    limits = limits or StreamLimits()
    child = _start("probe", folder, {"address": address}, limits, address)
    try:
        assert child.stdout is not None
        os.set_blocking(child.stdout.fileno(), True)
        said = _last_line(child)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()
    return said


def _last_line(child: subprocess.Popen[bytes]) -> dict[str, Any]:
    """The one line a probe says; standard input stays open, for its end would end the child."""
    deadline = time.monotonic() + PROBE_SECONDS
    said = b""
    assert child.stdout is not None
    os.set_blocking(child.stdout.fileno(), False)
    while b"\n" not in said and len(said) < MOST_LINE_BYTES:
        left = deadline - time.monotonic()
        if left <= 0:
            return {"lost": Lost.UNREACHABLE}
        if sandbox.is_readable(child.stdout.fileno(), left):
            data = child.stdout.read(MOST_LINE_BYTES)
            if data == b"":
                break
            said += data or b""
    try:
        answer = json.loads(said.split(b"\n")[0])
    except (ValueError, RecursionError):
        answer = None
    return answer if isinstance(answer, dict) else {"lost": Lost.CRASHED}


def _as_json(order: Order) -> dict[str, Any]:
    return {
        "address": order.address,
        "device_no": order.device_no,
        "segment_seconds": order.segment_seconds,
    }


def _start(
    verb: str, folder: Path, order: dict[str, Any], limits: StreamLimits, address: str
) -> subprocess.Popen[bytes]:
    held = "bubblewrap" if sandbox.bubblewrap_works() else "self"
    inside = sandbox.INSIDE_OUT if held == "bubblewrap" else str(folder)
    order |= {"verb": verb, "folder": inside, "limits": asdict(limits)}
    order["landlock"] = held == "self"
    child = subprocess.Popen(
        sandbox.networked(folder, CHILD),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # What a library prints might hold the address; the child says itself what went wrong.
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env=sandbox.environment(),
        cwd="/",
        start_new_session=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    os.set_blocking(child.stdout.fileno(), False)
    with contextlib.suppress(OSError):  # one that ended at once is seen as ended
        child.stdin.write(json.dumps(order).encode() + b"\n")
    return child
