"""Receive many sources at once: the whole of a memory card over all cores."""

import contextlib
import os
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from liuhen.engines.vault.crew import Crew, OnProgress, Task
from liuhen.engines.vault.errors import ReceiveFailed, WorkerDied
from liuhen.engines.vault.receiving import Received, receive_task


@dataclass(frozen=True, slots=True)
class Job:
    """Receive `source` (byte for byte) into `temp`, which must not exist.

    `key` is the caller's own name for it; `size_bytes` from the scan, if known, spares a stat.
    """

    key: Hashable
    source: bytes
    temp: Path
    size_bytes: int | None = None


def receive_many(
    jobs: Iterable[Job],
    *,
    processes: int | None = None,
    on_progress: OnProgress | None = None,
) -> Iterator[tuple[Hashable, Received | ReceiveFailed]]:
    """(key, Received or failure) as each is done, largest first; while the caller commits one
    to the database the workers go on.

    After StoreFull a caller best closes the generator. Closing it, or an exception such as
    KeyboardInterrupt, ends the workers and removes every temp not handed over yet. If this
    process is killed, the workers end by themselves within one chunk and remove theirs.

    Args:
        processes: default one per core and one more, as each waits for the disk at times.
        on_progress: called from within this generator, at most five times a second.
    """
    by_size = sorted(((_size(job), job) for job in jobs), key=lambda pair: -pair[0])
    tasks = [Task(job.key, (job.source, str(job.temp)), size) for size, job in by_size]
    pending = {job.temp for _, job in by_size}
    verb = f"{receive_task.__module__}:{receive_task.__name__}"
    try:
        with Crew(verb, processes or _default_processes(), on_progress) as crew:
            for task, answer in crew.run(tasks):
                assert isinstance(answer, Received | ReceiveFailed)
                temp = Path(str(task.arguments[1]))
                pending.discard(temp)
                if isinstance(answer, WorkerDied):
                    _forget(temp)  # others removed their own, and never one that was there before
                yield task.key, answer
    finally:
        for temp in pending:
            _forget(temp)


def _default_processes() -> int:
    return (os.cpu_count() or 1) + 1


def _size(job: Job) -> int:
    if job.size_bytes is not None:
        return job.size_bytes
    with contextlib.suppress(OSError, ValueError):
        return os.lstat(job.source).st_size
    return 0


def _forget(temp: Path) -> None:
    with contextlib.suppress(OSError):
        temp.unlink(missing_ok=True)
