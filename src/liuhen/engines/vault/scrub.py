"""Re-read originals and compare: bits rot unseen on disks that nobody reads."""

import os
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from liuhen.engines.vault.beneath import open_key
from liuhen.engines.vault.buffers import Progress as Report
from liuhen.engines.vault.buffers import advise, worker_buffer
from liuhen.engines.vault.crew import Crew, OnProgress, Task
from liuhen.engines.vault.digests import sha256_fd
from liuhen.engines.vault.errors import NotThere, VaultError


class Condition(StrEnum):
    """What a re-reading found."""

    OK = "ok"
    MISSING = "missing"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Finding:
    """`sha256` is what lies there now, None if unread; `detail` the system's words."""

    key: str
    condition: Condition
    size_bytes: int = 0
    sha256: str | None = None
    detail: str = ""


def scrub(
    items: Iterable[tuple[str, str]],
    vault_root: Path,
    processes: int | None = None,
    *,
    past_cache: bool = False,
    on_progress: OnProgress | None = None,
) -> Iterator[Finding]:
    """One Finding for each (key, expected SHA-256 in hex), OK ones too, in order of completion.

    `items` is read only a little ahead, so it may stream from the database. Memory is constant.

    Args:
        past_cache: drop each file from the page cache first, so that the disk itself is read;
            slower for what was used lately, no different for what was not.
        on_progress: called from within this generator, at most five times a second.
    """
    verb = f"{check_task.__module__}:{check_task.__name__}"
    tasks = (Task(key, (str(vault_root), key, sha256, past_cache)) for key, sha256 in items)
    with Crew(verb, processes, on_progress, size_of=_size_of) as crew:
        for task, answer in crew.run(tasks):
            yield answer if isinstance(answer, Finding) else _unread(task.key, answer)


def check_task(report: Report, root: str, key: str, expected: str, past_cache: bool) -> Finding:
    """A worker's verb."""
    try:
        fd = open_key(Path(root), key)
    except NotThere:
        return Finding(key, Condition.MISSING)
    except VaultError as failure:  # a key never made by us, a symlink, an I/O error
        return Finding(key, Condition.UNREADABLE, detail=str(failure))
    try:
        size_bytes = os.fstat(fd).st_size
        if past_cache:
            advise(fd, 0, 0, "DONTNEED")
        actual = sha256_fd(fd, progress=report, buffer=worker_buffer())
    except OSError as error:
        return Finding(key, Condition.UNREADABLE, detail=error.strerror or "")
    finally:
        os.close(fd)
    condition = Condition.OK if actual == expected else Condition.CHANGED
    return Finding(key, condition, size_bytes, actual)


def _unread(key: Hashable, answer: object) -> Finding:
    assert isinstance(answer, VaultError)
    return Finding(str(key), Condition.UNREADABLE, detail=str(answer))


def _size_of(_task: Task, answer: object) -> int:
    return answer.size_bytes if isinstance(answer, Finding) else 0
