"""The vault on a disk: plain files in dated folders, linked into place, never replaced."""

import contextlib
import errno
import glob
import os
import shutil
import stat
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from liuhen.engines.vault import immutable, marker
from liuhen.engines.vault.beneath import DIRECTORY, descend, open_key
from liuhen.engines.vault.contract import LastWord, Put, Removal, Stat
from liuhen.engines.vault.errors import ContentDiffers, KeyTaken, NotThere, SourceRefused
from liuhen.engines.vault.leave import Leave
from liuhen.engines.vault.opening import blame_store, open_regular
from liuhen.engines.vault.receiving import SEALED_MODE
from liuhen.engines.vault.safe_paths import split_key
from liuhen.engines.vault.sha256 import sha256_fd

_INCOMING = ".incoming"  # hidden from a person's view; no key can begin with a dot
_REASON = "reason.txt"


def move(path: Path, target: Path) -> None:
    """By name; to another file system, where the vault has a disk of its own, by a durable copy
    before the name goes."""
    try:
        path.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV or path.is_symlink() or not path.is_file():
            raise
        shutil.copyfile(path, target)
        _sync(target)
        _sync(target.parent)
        path.unlink()


class DiskVault:
    """A `Vault` below `root`. Threads and processes may share one root.

    Args:
        root: made if missing, with `root/.incoming` for temps (link needs one file system).
        quarantine: where strays are moved; default beside the root.
        mark: by which the disk is known again; with another or none there every verb answers
            StoreFailed, never that something is not there.
        immutable: also set `chattr +i` on originals. Off by default: a restored backup, a moved
            disk or a test's clean-up could then only be undone by root, file by file; and it
            needs CAP_LINUX_IMMUTABLE. Where it cannot be set, 0444 alone holds.
    Raises: StoreFailed, StoreFull.
    """

    def __init__(
        self,
        root: Path,
        *,
        quarantine: Path | None = None,
        immutable: bool = False,
        mark: str | None = None,
    ) -> None:
        self.root = root
        self._mark = mark
        self.incoming = root / _INCOMING
        self._quarantine = quarantine or root.parent / "quarantine"
        self._immutable = immutable
        # Folders whose own entry this instance has synced: an earlier process may have died
        # between mkdir and fsync, so what merely exists is not taken for durable.
        self._durable: set[tuple[str, ...]] = set()
        with blame_store():
            for folder in (root, self.incoming, self._quarantine):
                _make_durable_folder(folder)

    def check_attached(self) -> None:
        """Raises: StoreFailed, with `marker.NOT_ATTACHED` as reason."""
        marker.check(self.root, self._mark)

    def new_temp(self) -> Path:
        self.check_attached()
        return self.incoming / f"{uuid.uuid4().hex}.part"

    def temps(self) -> Iterator[Path]:
        self.check_attached()
        yield from sorted(self.incoming.iterdir())

    def put(self, temp: Path, key: str) -> Put:
        folders, name = split_key(key)
        self.check_attached()
        with blame_store():
            _seal(temp)
            directory = descend(self.root, folders, self._make_durable)
            try:
                answer = _link(temp, name, directory, key)
                os.fsync(directory)  # also when already there: the first put may have died here
            finally:
                os.close(directory)
        return answer

    def forget_temp(self, temp: Path) -> None:
        if temp.parent != self.incoming:
            raise ValueError(f"{temp.name} is no temp of this vault")
        with blame_store(), contextlib.suppress(FileNotFoundError):
            if self._immutable:
                self._unlink_and_freeze(temp)
            else:
                temp.unlink()

    def open(self, key: str) -> BinaryIO:
        return os.fdopen(self._open(key), "rb", buffering=0)  # raw, for sendfile

    def stat(self, key: str) -> Stat:
        fd = self._open(key)
        try:
            with blame_store():
                status = os.fstat(fd)
        finally:
            os.close(fd)
        return Stat(status.st_size, read_only=not stat.S_IMODE(status.st_mode) & 0o222)

    def _open(self, key: str) -> int:
        """As `open_key`, but without its disk nothing can be said to be missing."""
        try:
            return open_key(self.root, key)
        except NotThere:
            self.check_attached()
            raise

    def keep_until(self, key: str, until: datetime) -> bool:
        self.stat(key)
        return False

    def set_aside(self, key: str, reason: str) -> str:
        os.close(self._open(key))
        return str(self.quarantine(self.root / key, reason))

    def laid_aside(self, key: str) -> list[str]:
        _folders, name = split_key(key)
        self.check_attached()
        found = []
        with blame_store():
            for folder in sorted(self._quarantine.glob(f"{glob.escape(_stem_of(name))}~*")):
                if (folder / name).exists() and (folder / _REASON).exists():
                    reason = (folder / _REASON).read_text("utf-8", "surrogateescape")
                    # Only its end: the vault may have lain elsewhere then.
                    found += [folder.name] if reason.rstrip("\n").endswith(f"/{key}") else []
        return found

    def remove_expired(
        self,
        key: str,
        *,
        sha256: str,
        leave: Leave,
        last_word: LastWord = contextlib.nullcontext,
    ) -> Removal:
        if (leave.key, leave.sha256) != (key, sha256):
            raise ValueError("the leave is for another original")
        folders, name = split_key(key)
        try:
            original = self._open(key)
        except NotThere:
            self._sync_above(folders)  # an earlier removal may have died before its fsync
            return Removal.NOT_THERE
        try:
            with blame_store():
                if sha256_fd(original) != sha256:
                    raise ContentDiffers("content_differs", key)
            with last_word(), blame_store():
                immutable.clear_flag(original)
                directory = descend(self.root, folders)
                try:
                    _unlink_same(original, name, directory, key)
                    os.fsync(directory)
                finally:
                    os.close(directory)
        finally:
            os.close(original)
        return Removal.REMOVED

    def _sync_above(self, folders: tuple[str, ...]) -> None:
        with blame_store(), contextlib.suppress(FileNotFoundError, NotADirectoryError):
            directory = descend(self.root, folders)
            try:
                os.fsync(directory)
            finally:
                os.close(directory)

    def keys(self) -> Iterator[str]:
        self.check_attached()
        with blame_store():
            yield from self._walk("")

    def quarantine(self, path: Path, reason: str) -> Path:
        if ".." in path.parts or not path.is_relative_to(self.root):
            raise ValueError("only what lies in this vault is moved aside")
        with blame_store():
            folder = self._new_quarantine_folder(path.name)
            (folder / _REASON).write_text(f"{reason}\n{path}\n", "utf-8", "surrogateescape")
            if path.is_file() and not path.is_symlink():
                immutable.clear(path)  # what cannot be changed cannot be moved
            target = folder / path.name
            move(path, target)  # the folder is new and ours: nothing is there to replace
            for touched in (folder, self._quarantine, path.parent):
                _sync(touched)
        return target

    def _make_durable(self, parent: int, folders: tuple[str, ...]) -> None:
        made = False
        with contextlib.suppress(FileExistsError):
            os.mkdir(folders[-1], dir_fd=parent)
            made = True
        if made or folders not in self._durable:
            os.fsync(parent)
            self._durable.add(folders)

    def _unlink_and_freeze(self, temp: Path) -> None:
        # Only now: an immutable file's other name could not be unlinked.
        fd = os.open(temp, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            temp.unlink()
            if os.fstat(fd).st_nlink:
                immutable.set_flag(fd)
        finally:
            os.close(fd)

    def _walk(self, folder: str) -> Iterator[str]:
        with os.scandir(self.root / folder) as entries:
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
        for name, is_folder in found:
            path = f"{folder}/{name}" if folder else name
            if not is_folder:
                if path != marker.NAME:
                    yield path
            elif path != _INCOMING:
                yield from self._walk(path)

    def _new_quarantine_folder(self, name: str) -> Path:
        folder = self._quarantine / f"{_stem_of(name)}~{uuid.uuid4().hex[:12]}"
        folder.mkdir()
        return folder


def _stem_of(name: str) -> str:
    return os.fsencode(name)[:64].hex() if not name.isprintable() else name[:60]


def _seal(temp: Path) -> None:
    """0444 and durable so; `receive` made it so already, other makers of temps may not have."""
    try:
        fd = open_regular(os.fsencode(temp))
    except SourceRefused as refused:
        raise OSError(errno.EINVAL, f"temp is no plain file: {refused}") from refused
    try:
        if stat.S_IMODE(os.fstat(fd).st_mode) != SEALED_MODE:
            os.fchmod(fd, SEALED_MODE)
            os.fsync(fd)
    finally:
        os.close(fd)


def _link(temp: Path, name: str, directory: int, key: str) -> Put:
    try:
        os.link(temp, name, dst_dir_fd=directory, follow_symlinks=False)
    except FileExistsError:
        if _same_content(temp, name, directory):
            return Put.ALREADY_THERE
        raise KeyTaken("key_taken", key) from None
    return Put.STORED


def _unlink_same(original: int, name: str, directory: int, key: str) -> None:
    """Take away the name of the very file that was read. Raises: ContentDiffers."""
    if not os.path.samestat(
        os.fstat(original), os.stat(name, dir_fd=directory, follow_symlinks=False)
    ):
        raise ContentDiffers("content_differs", key)
    os.unlink(name, dir_fd=directory)


def _same_content(temp: Path, name: str, directory: int) -> bool:
    with contextlib.ExitStack() as closing:
        new = open_regular(os.fsencode(temp))
        closing.callback(os.close, new)
        try:
            old = open_regular(name, dir_fd=directory)
        except SourceRefused:  # a symlink, a folder: not ours, and not to be touched
            return False
        closing.callback(os.close, old)
        ours, theirs = os.fstat(new), os.fstat(old)
        if (ours.st_dev, ours.st_ino) == (theirs.st_dev, theirs.st_ino):
            return True
        return ours.st_size == theirs.st_size and sha256_fd(new) == sha256_fd(old)


def _make_durable_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_durable_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    fd = os.open(folder, DIRECTORY & ~getattr(os, "O_NOFOLLOW", 0))
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
