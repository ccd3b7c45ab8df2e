"""Is the process that runs a batch alive? It holds a lock the kernel gives back when it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from liuhen.recordings import vaults
from liuhen.recordings.models import IntakeItem


def temp_of(item: IntakeItem) -> Path:
    """Where the item's copy lies until it is sealed; the name tells its batch."""
    return vaults.current().incoming / f"{item.batch.uid}-{item.pk}.part"


def batch_uid_of(temp: Path) -> str:
    return temp.name.partition("-")[0]


@contextmanager
def held(batch_uid: str) -> Iterator[bool]:
    """Hold the batch's lock; yields False when another, living process has it."""
    folder = Path(settings.DATA.locks)
    folder.mkdir(exist_ok=True)
    path = folder / batch_uid
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        if not is_named(lock, path):
            yield False
            return
        yield True
        path.unlink(missing_ok=True)
    finally:
        os.close(lock)


def is_named(lock: int, path: Path) -> bool:
    """Who held it before has taken the name away between our opening and our lock: another may
    have made a file of that name and locked it as well."""
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except FileNotFoundError:
        return False
