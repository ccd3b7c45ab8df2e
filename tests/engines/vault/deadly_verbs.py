"""Verbs for worker processes: simulators of a kernel that kills and of a bug."""

import os
import signal
from pathlib import Path

from liuhen.engines.vault.receiving import receive_task


def echo(_report, word):
    return word


def killed_at(_report, word):
    """The out-of-memory killer strikes at the word "heavy"."""
    if word == "heavy":
        os.kill(os.getpid(), signal.SIGKILL)
    return word


def buggy(_report, word):
    """A bug shows at one word only."""
    return {"fine": "fine"}[word]


def receive_killed(report, source, temp):
    """Killed in the middle of the heavy file, leaving half a temp."""
    if source.endswith(b"heavy"):
        Path(temp).write_bytes(b"half")
        os.kill(os.getpid(), signal.SIGKILL)
    return receive_task(report, source, temp)
