"""What lies on a card: every name, with what it is or why it is left."""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from liuhen.engines.media.kinds import LeftOut, classify
from liuhen.recordings.own_folders import identity, own

HEAD_BYTES = 4096
"""Enough for every magic number and three MPEG-TS packets."""

LAST_NS = 2**63 - 1

OPEN_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
REASONS = {
    errno.EACCES: "permission",
    errno.EPERM: "permission",
    errno.ENOENT: "vanished",
    errno.ELOOP: "symlink",
    errno.ENAMETOOLONG: "name_too_long",
    errno.EIO: "io_error",
}


@dataclass(frozen=True)
class Found:
    """One name on the card. `reason` is empty for what will be taken in."""

    root_index: int
    name: bytes
    path: bytes
    size_bytes: int | None = None
    mtime_ns: int | None = None
    kind: str | None = None
    suffix: str = ""
    left_out: bool = False
    reason: str = ""

    @property
    def is_wanted(self) -> bool:
        return self.kind is not None and not self.reason


def scan(roots: Sequence[bytes]) -> Iterator[Found]:
    """Walk `roots` (files or folders) in the order of their names, following no link."""
    for index, root in enumerate(roots):
        try:
            mode = os.lstat(root).st_mode
        except OSError as error:
            yield refused(index, os.path.basename(root) or root, root, error)
            continue
        if stat.S_ISDIR(mode):
            yield from walk(index, root, b"")
        else:
            yield look_at(index, os.path.basename(root), root)


def walk(index: int, root: bytes, below: bytes) -> Iterator[Found]:
    """Depth first with a list, not recursion: a hostile card can nest folders very deep."""
    ours = own()
    waiting = [below]
    while waiting:
        folder = waiting.pop()
        path = os.path.join(root, folder) if folder else root
        if identity(path) in ours:
            yield Found(index, folder, path, left_out=True, reason="own_folder")
            continue
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield refused(index, folder or os.path.basename(root), path, error)
            continue
        folders = []
        for entry in entries:
            name = os.path.join(folder, entry.name)
            if entry.is_dir(follow_symlinks=False):
                folders.append(name)
            else:
                yield look_at(index, name, entry.path)
        waiting.extend(reversed(folders))


def look_at(index: int, name: bytes, path: bytes) -> Found:
    """Open without following or blocking, require a regular file, read its first bytes."""
    try:
        mode = os.lstat(path).st_mode
        if not stat.S_ISREG(mode):
            return Found(index, name, path, reason=what_it_is(mode))
        descriptor = os.open(path, OPEN_FLAGS)
        try:
            facts = os.fstat(descriptor)
            head = os.pread(descriptor, HEAD_BYTES, 0)
        finally:
            os.close(descriptor)
    except OSError as error:
        return refused(index, name, path, error)
    if not stat.S_ISREG(facts.st_mode):
        return Found(index, name, path, reason=what_it_is(facts.st_mode))
    verdict = classify(name, head, facts.st_size)
    found = Found(index, name, path, facts.st_size, within_column(facts.st_mtime_ns))
    if isinstance(verdict, LeftOut):
        return replace(found, left_out=True, reason=str(verdict.reason))
    return replace(found, kind=str(verdict.kind), suffix=verdict.suffix.lstrip("."))


def within_column(mtime_ns: int) -> int:
    """File systems go on to the year 2446 and further, 64 bits of nanoseconds end in 2262. Either
    is no time anything was recorded at, and no reason to leave evidence on the card."""
    return max(-LAST_NS - 1, min(mtime_ns, LAST_NS))


def refused(index: int, name: bytes, path: bytes, error: OSError) -> Found:
    return Found(index, name, path, reason=REASONS.get(error.errno or 0, "io_error"))


def what_it_is(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "symlink"
    return "fifo" if stat.S_ISFIFO(mode) else "not_regular"
