"""Re-read one original; a worker's verb, apart from `scrub` so that workers start light."""

import os
from enum import StrEnum

from liuhen.engines.vault.beneath import open_key
from liuhen.engines.vault.buffers import Progress, advise, worker_buffer
from liuhen.engines.vault.errors import NotThere, VaultError
from liuhen.engines.vault.sha256 import sha256_fd


class Condition(StrEnum):
    """What a re-reading found."""

    OK = "ok"
    MISSING = "missing"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


def check(
    report: Progress, root: str, key: str, expected: str, past_cache: bool
) -> tuple[str, int, str | None, str]:
    """(condition, size in bytes, SHA-256 as it is now, detail)"""
    try:
        fd = open_key(root, key)
    except NotThere:
        return Condition.MISSING.value, 0, None, ""
    except VaultError as failure:  # a key never made by us, a symlink, an I/O error
        return Condition.UNREADABLE.value, 0, None, str(failure)
    try:
        size_bytes = os.fstat(fd).st_size
        if past_cache:
            advise(fd, 0, 0, "DONTNEED")
        actual = sha256_fd(fd, progress=report, buffer=worker_buffer())
    except OSError as error:
        return Condition.UNREADABLE.value, 0, None, error.strerror or ""
    finally:
        os.close(fd)
    condition = Condition.OK if actual == expected else Condition.CHANGED
    return condition.value, size_bytes, actual, ""
