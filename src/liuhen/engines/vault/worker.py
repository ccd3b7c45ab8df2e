"""What runs inside a light worker process: one verb, task after task, until the parent is gone."""

import importlib
import io
import mmap
import os
import pickle
import signal
import struct
from collections.abc import Callable

from liuhen.engines.vault.errors import VaultError, WorkerDied

LENGTH = struct.Struct("!I")
SLOT = struct.Struct("@QQ")
"""Per worker in shared memory: number of the task at work, bytes done of it."""


class ParentGone(BaseException):
    """Nobody waits for the answer any more; BaseException, so that partial temps are removed."""


Verb = Callable[..., object]
"""verb(report, *arguments): `report(bytes_done)` once a chunk; the answer must pickle."""


def main(pipe_fd: int, shared_fd: int, slot: int, parent: int, verb_name: str) -> None:
    """Serve `verb_name` ("module:function") until the pipe ends or the parent dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    module, _, function = verb_name.partition(":")
    verb: Verb = getattr(importlib.import_module(module), function)
    shared = mmap.mmap(shared_fd, 0)
    with open(pipe_fd, "r+b", buffering=0) as pipe, open(pipe_fd, "rb", closefd=False) as tasks:
        while header := tasks.read(LENGTH.size):
            number, arguments = pickle.loads(tasks.read(*LENGTH.unpack(header)))  # noqa: S301 our parent's

            def report(done_bytes: int, number: int = number) -> None:
                # Asked each chunk; PDEATHSIG would follow the thread that started us.
                if os.getppid() != parent:
                    raise ParentGone
                SLOT.pack_into(shared, slot * SLOT.size, number, done_bytes)

            _send(pipe, frame((number, _answer(verb, report, arguments))))


def frame(message: object) -> bytes:
    """One message as it travels either way: four bytes of length, then the pickle."""
    body = pickle.dumps(message)
    return LENGTH.pack(len(body)) + body


def _send(pipe: io.FileIO, message: bytes) -> None:
    while message:
        message = message[pipe.write(message) :]


def _answer(verb: Verb, report: Callable[[int], None], arguments: tuple[object, ...]) -> object:
    try:
        report(0)
        return verb(report, *arguments)
    except VaultError as failure:
        return failure
    except Exception:  # a bug met on one file must not stop the others
        import traceback  # only now: it takes as long to load as all the rest

        return WorkerDied("worker_died", traceback.format_exc(limit=-4))
