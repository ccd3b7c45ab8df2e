"""Start and end the camera of `rtsp_server.py`."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SYSTEM_PYTHON = "/usr/bin/python3"
SERVER = Path(__file__).with_name("rtsp_server.py")
PROBE = (
    "import gi; gi.require_version('Gst', '1.0'); gi.require_version('GstRtspServer', '1.0');"
    "from gi.repository import Gst, GstRtspServer; Gst.init(None);"
    "assert all(Gst.ElementFactory.find(e) for e in ('x264enc', 'rtph264pay', 'alawenc'))"
)


def has_server() -> bool:
    try:
        done = subprocess.run([SYSTEM_PYTHON, "-c", PROBE], capture_output=True, timeout=60)
    except OSError:
        return False
    return done.returncode == 0


needs_camera = pytest.mark.skipif(
    not has_server(),
    reason="no RTSP server: needs Debian's python3-gi, gir1.2-gst-rtsp-server-1.0 and the "
    "gstreamer1.0 plugins base, good, bad and ugly (.ci/run installs them)",
)


class Camera:
    """One RTSP server of this test's own, on a port of the loopback."""

    def __init__(self, *options: str) -> None:
        self.options, self.port = options, "0"
        self.process: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        """On the same port as before."""
        command = [SYSTEM_PYTHON, str(SERVER), self.port, *self.options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = self.process.stdout.readline().strip()
        assert self.port.isdecimal()

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def freeze(self) -> None:
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGSTOP)

    def address(self, sign_in: str = "", path: str = "window") -> str:
        return f"rtsp://{sign_in}{'@' if sign_in else ''}127.0.0.1:{self.port}/{path}"


def until(true: Callable[[], Any], seconds: float = 30.0) -> Any:
    """What `true` answers, once that is something."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while not (answer := true()):
        assert time.monotonic() < deadline, "it did not come about in time"
        pause.wait(0.05)
    return answer
