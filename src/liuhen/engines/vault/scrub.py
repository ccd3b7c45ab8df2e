"""Re-read originals and compare: bits rot unseen on disks that nobody reads."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from liuhen.engines.vault.buffers import CHUNK_BYTES
from liuhen.engines.vault.checking import Condition, check
from liuhen.engines.vault.contract import Vault
from liuhen.engines.vault.crew import Crew, OnProgress, Task
from liuhen.engines.vault.errors import NotThere, VaultError

__all__ = ["Condition", "Finding", "read_stream", "scrub", "scrub_remote"]


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
    verb = f"{check.__module__}:{check.__name__}"
    tasks = (Task(key, (str(vault_root), key, sha256, past_cache)) for key, sha256 in items)
    with Crew(verb, processes, on_progress, size_of=_size_of) as crew:
        for task, answer in crew.run(tasks):
            yield _finding(task, answer)


def scrub_remote(items: Iterable[tuple[str, str]], vault: Vault) -> Iterator[Finding]:
    """The same of a store that is read over a network, one original after the other."""
    for key, expected in items:
        try:
            with vault.open(key) as stored:
                size_bytes, actual = read_stream(stored)
        except NotThere:
            yield Finding(key, Condition.MISSING)
        except (VaultError, OSError) as failure:
            yield Finding(key, Condition.UNREADABLE, detail=str(failure))
        else:
            condition = Condition.OK if actual == expected else Condition.CHANGED
            yield Finding(key, condition, size_bytes, actual)


def read_stream(stored: BinaryIO) -> tuple[int, str]:
    """(size in bytes, SHA-256) of all that is left to read."""
    sha256, size_bytes = hashlib.sha256(), 0
    while chunk := stored.read(CHUNK_BYTES):
        sha256.update(chunk)
        size_bytes += len(chunk)
    return size_bytes, sha256.hexdigest()


def _finding(task: Task, answer: object) -> Finding:
    key = str(task.key)
    if isinstance(answer, VaultError):
        return Finding(key, Condition.UNREADABLE, detail=str(answer))
    assert isinstance(answer, tuple)
    condition, size_bytes, sha256, detail = answer
    return Finding(key, Condition(condition), size_bytes, sha256, detail)


def _size_of(_task: Task, answer: object) -> int:
    return answer[1] if isinstance(answer, tuple) else 0
