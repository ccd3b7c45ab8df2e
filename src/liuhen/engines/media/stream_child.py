"""The child that records one stream. Run by `streams`, never by hand or in process."""

import ctypes
import json
import os
import resource
import signal
import sys
import threading
from typing import Final

from liuhen.engines.media.child import lower, say
from liuhen.engines.media.sandbox import RESOLVER

GRACE_SECONDS: Final = 8.0
"""From the end of standard input to the end of this process, whatever the camera does."""
_PR_SET_PDEATHSIG: Final = 1


def main() -> int:
    """Hold this process, record until standard input ends, say why it ended."""
    order = json.loads(sys.stdin.buffer.readline())
    _die_with_parent()
    _limit(order["limits"])
    from liuhen.engines.media.inside import stream

    if order["landlock"]:
        _lock(order["folder"], order["address"])
    over = threading.Event()
    threading.Thread(target=_wait_for_end, args=(over,), daemon=True).start()
    try:
        if order["verb"] == "probe":
            say(stream.probe(order))
        else:
            stream.record(order, say, over.is_set)
    except stream.StreamLost as lost:
        say({"lost": lost.code, "detail": lost.detail})
    except Exception as wrong:
        # Its message may hold the address.
        say({"lost": "crashed", "detail": type(wrong).__name__})
    return 0


def _wait_for_end(over: threading.Event) -> None:
    while sys.stdin.buffer.read(4096):
        pass
    over.set()
    threading.Event().wait(GRACE_SECONDS)
    os._exit(1)


def _die_with_parent() -> None:
    """A worker that was killed leaves no recorder; bubblewrap does the same for its child."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit(limits: dict[str, float]) -> None:
    # Without SIGXFSZ a write past the limit is an error, and the segment before it stays whole.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    lower(resource.RLIMIT_AS, int(limits["memory_bytes"]))
    lower(resource.RLIMIT_FSIZE, int(limits["segment_bytes"]))
    lower(resource.RLIMIT_NOFILE, 64)
    lower(resource.RLIMIT_CORE, 0)


def _lock(folder: str, address: str) -> None:
    from liuhen.engines.media import landlock
    from liuhen.engines.media.inside.stream import port_of

    code = [sys.prefix, sys.base_prefix, *sys.path, "/usr/lib", "/usr/lib64", "/lib", "/lib64"]
    readable = [path for path in (*code, *RESOLVER) if path]
    landlock.lock_in(readable, folder, connect_port=port_of(address))


if __name__ == "__main__":
    sys.exit(main())
