"""Light worker processes: started in milliseconds, they import neither Django nor the caller.

Processes, not threads: a card that hangs or a kill by the kernel takes one file, not the
intake, and the parent's database work never waits for the interpreter lock.
"""

import collections
import itertools
import json
import mmap
import os
import pickle
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import liuhen
from liuhen.engines.vault.errors import WorkerDied
from liuhen.engines.vault.worker import LENGTH, SLOT, frame

_BOOT = (
    "import json,sys; sys.path[:]=json.loads(sys.argv[1]);"
    "from liuhen.engines.vault.worker import main; main(*map(int,sys.argv[2:6]),sys.argv[6])"
)
_MAX_AHEAD = 4  # tasks handed to a worker beforehand: it goes on while the parent commits
_LOOK_AHEAD = 64
_TICK_SECONDS = 0.2
_GRACE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """One call of the verb. `key` stays here; `arguments` travel and must pickle."""

    key: Hashable
    arguments: tuple[object, ...]
    size_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """`done_bytes` of all tasks so far, and of those at work `running[key]` bytes."""

    done_bytes: int
    done_tasks: int
    running: dict[Hashable, int]


OnProgress = Callable[[Progress], None]
SizeOf = Callable[[Task, object], int]


@dataclass(slots=True)
class _Worker:
    """The parent's end of one process."""

    slot: int
    pipe: socket.socket
    process: subprocess.Popen[bytes]
    tasks: collections.deque[tuple[int, Task]] = field(default_factory=collections.deque)
    inbox: bytearray = field(default_factory=bytearray)

    def send(self, number: int, task: Task) -> None:
        self.tasks.append((number, task))
        try:
            self.pipe.sendall(frame((number, task.arguments)))
        except OSError:  # it died; reading will tell, and give the task back
            return

    def receive(self) -> tuple[list[object], bool]:
        """(answers come in, still alive)"""
        try:
            data = self.pipe.recv(1 << 16)
        except OSError:
            data = b""
        self.inbox += data
        answers = []
        while len(self.inbox) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self.inbox)[0]
            if len(self.inbox) < end:
                break
            answers.append(pickle.loads(self.inbox[LENGTH.size : end])[1])  # noqa: S301 our own child's
            del self.inbox[:end]
        return answers, bool(data)

    def stop(self) -> int | None:
        """End it now; its exit status, None if even a kill cannot (a read hangs in the kernel)."""
        self.pipe.close()
        self.process.kill()
        try:
            return self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            return None


class Crew:
    """Runs `verb` ("module:function") over tasks in `processes` workers; see `run`.

    A context manager: leaving it ends the workers at once, whatever they are at.
    """

    def __init__(
        self,
        verb: str,
        processes: int | None,
        on_progress: OnProgress | None,
        *,
        size_of: SizeOf | None = None,
    ) -> None:
        self._verb = verb
        self._size = processes or os.cpu_count() or 1
        self._on_progress = on_progress
        self._size_of = size_of or (lambda task, _answer: task.size_bytes)
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self._shared_fd = _shared_memory(self._size * SLOT.size)
        self._shared = mmap.mmap(self._shared_fd, self._size * SLOT.size)
        self._numbers = itertools.count(1)
        self._done_bytes = self._done_tasks = self._told_bytes = 0
        self._told_at = 0.0

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()  # all at once, then wait for each
        for worker in self._workers:
            worker.stop()
        self._selector.close()
        self._shared.close()
        os.close(self._shared_fd)

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, object]]:
        """(task, answer) as they are done; an answer may be a VaultError (returned, not raised).

        Takes from `tasks` only a little ahead. A worker killed at a task answers WorkerDied
        for that one; a new worker takes over the rest.
        """
        source = iter(tasks)
        waiting: collections.deque[Task] = collections.deque()
        while True:
            waiting.extend(itertools.islice(source, _LOOK_AHEAD - len(waiting)))
            self._hand_out(waiting)
            if not any(worker.tasks for worker in self._workers):
                self._tell(at_once=True)
                return
            for worker in self._ready():
                yield from self._collect(worker, waiting)
            self._tell()

    def _hand_out(self, waiting: collections.deque[Task]) -> None:
        """In rounds, so that each has one before any has two; few ahead when few are left."""
        while len(self._workers) < min(self._size, len(waiting)):
            self._start(slot=len(self._workers))
        ahead = max(1, min(_MAX_AHEAD, len(waiting) // (2 * self._size)))
        for depth in range(1, ahead + 1):
            for worker in self._workers:
                if waiting and len(worker.tasks) < depth:
                    worker.send(next(self._numbers), waiting.popleft())

    def _ready(self) -> list[_Worker]:
        return [key.data for key, _ in self._selector.select(_TICK_SECONDS)]

    def _collect(
        self, worker: _Worker, waiting: collections.deque[Task]
    ) -> Iterator[tuple[Task, object]]:
        answers, alive = worker.receive()
        if not alive:
            answers += self._bury(worker)
        done = [(worker.tasks.popleft()[1], answer) for answer in answers]
        if not alive:
            waiting.extendleft(task for _, task in reversed(worker.tasks))
            worker.tasks.clear()
        # Hand out before yielding: the caller may be long at its database.
        self._done_tasks += len(done)
        self._done_bytes += sum(self._size_of(task, answer) for task, answer in done)
        self._hand_out(waiting)
        yield from done

    def _bury(self, worker: _Worker) -> list[object]:
        self._selector.unregister(worker.pipe)
        status = worker.stop()
        self._workers[worker.slot] = self._started(worker.slot)
        return [WorkerDied("worker_died", f"exit status {status}")] if worker.tasks else []

    def _start(self, slot: int) -> None:
        self._workers.append(self._started(slot))

    def _started(self, slot: int) -> _Worker:
        ours, theirs = socket.socketpair()
        # The caller's own path, as the child is given no site: it starts twice as fast.
        path = json.dumps([str(Path(liuhen.__file__).parent.parent), *sys.path])
        numbers = [str(n) for n in (theirs.fileno(), self._shared_fd, slot, os.getpid())]
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _BOOT, path, *numbers, self._verb],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(), self._shared_fd),
            )
        worker = _Worker(slot, ours, process)
        self._selector.register(ours, selectors.EVENT_READ, worker)
        return worker

    def _tell(self, *, at_once: bool = False) -> None:
        """At most five times a second, and once at the end."""
        if self._on_progress is None:
            return
        if at_once or time.monotonic() - self._told_at >= _TICK_SECONDS:
            self._told_at = time.monotonic()
            self._on_progress(self._progress())

    def _progress(self) -> Progress:
        running: dict[Hashable, int] = {}
        for worker in self._workers:
            number, done_bytes = SLOT.unpack_from(self._shared, worker.slot * SLOT.size)
            if worker.tasks and worker.tasks[0][0] == number:
                running[worker.tasks[0][1].key] = done_bytes
        # Never backwards, though a task may just be between "at work" and "done".
        self._told_bytes = max(self._told_bytes, self._done_bytes + sum(running.values()))
        return Progress(self._told_bytes, self._done_tasks, running)


def _shared_memory(size_bytes: int) -> int:
    """A descriptor workers can map too."""
    if hasattr(os, "memfd_create"):
        fd = os.memfd_create("liuhen-progress")
    else:  # not Linux
        import tempfile

        with tempfile.TemporaryFile() as file:
            fd = os.dup(file.fileno())
    os.truncate(fd, size_bytes)
    return fd
