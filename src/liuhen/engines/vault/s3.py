"""The vault in a bucket with versions and Object Lock, on any store that speaks S3.

Of each key the oldest version is the original: whoever writes over it or deletes it only adds a
version. Nothing a store says on the way in is trusted: each part carries its MD5, the whole is
read back, and the lock is set by version and asked for again (some stores ignore the headers).
"""

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, cast

from liuhen.engines.vault.contract import LastWord, Put, Removal, Stat
from liuhen.engines.vault.disk import DiskVault
from liuhen.engines.vault.errors import (
    ContentDiffers,
    KeyTaken,
    NotThere,
    StillLocked,
    StoreFailed,
)
from liuhen.engines.vault.leave import Leave
from liuhen.engines.vault.s3_objects import Client, Objects, Version
from liuhen.engines.vault.s3_reading import Original
from liuhen.engines.vault.s3_sending import send
from liuhen.engines.vault.safe_paths import split_key
from liuhen.engines.vault.scrub import read_stream
from liuhen.engines.vault.sha256 import sha256_file
from liuhen.kernel.clock import now


class S3Vault:
    """A `Vault` below `prefix` in a bucket.

    Args:
        lock: for how long from its storing on the bucket itself refuses to remove an original;
            None: not at all, versions alone keep it.
        spool: a local folder for temps, on their way to the bucket.
    """

    def __init__(
        self,
        client: Client,
        bucket: str,
        *,
        prefix: str,
        lock: timedelta | None,
        spool: Path,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._objects = Objects(client, bucket, prefix)
        self._lock = lock
        self._clock = clock
        self._local = DiskVault(spool / "vault", quarantine=spool / "quarantine")

    def new_temp(self) -> Path:
        return self._local.new_temp()

    def temps(self) -> Iterator[Path]:
        return self._local.temps()

    def forget_temp(self, temp: Path) -> None:
        self._local.forget_temp(temp)

    def quarantine(self, path: Path, reason: str) -> Path:
        return self._local.quarantine(path, reason)

    def put(self, temp: Path, key: str) -> Put:
        split_key(key)
        sha256 = sha256_file(temp)
        first = self._objects.original(key)
        if first is not None:
            return self._already(key, first, sha256)
        sent = send(self._objects, temp, key)
        first = self._first(key)
        if first.version_id != sent:  # somebody else was first
            self._objects.delete(key, sent)
            return self._already(key, first, sha256)
        if self._sha256(key, first) != sha256:
            self._objects.delete(key, sent)
            raise StoreFailed("read_back_differs", key)
        self._keep(key, first)
        return Put.STORED

    def open(self, key: str) -> BinaryIO:
        split_key(key)
        return self._open(key, self._first(key))

    def stat(self, key: str) -> Stat:
        split_key(key)
        first = self._first(key)
        until = self._objects.locked_until(key, first.version_id) if self._lock else None
        is_locked = until is not None and until > self._clock()
        return Stat(first.size_bytes, read_only=is_locked, locked_until=until)

    def keep_until(self, key: str, until: datetime) -> bool:
        split_key(key)
        first = self._first(key)
        if self._lock is None:
            return False
        there = self._objects.locked_until(key, first.version_id)
        if there is None or there < until:
            self._objects.lock(key, first.version_id, until)
        return True

    def set_aside(self, key: str, reason: str) -> str:
        split_key(key)
        self._first(key)
        raise StoreFailed("s3_lets_nothing_go", key)

    def laid_aside(self, key: str) -> list[str]:
        split_key(key)
        return []

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
        split_key(key)
        first = self._objects.original(key)
        if first is None:
            self._remove_all(key)  # what an intruder's deletion or an earlier removal left
            return Removal.NOT_THERE
        self._check_unlocked(key)
        if self._sha256(key, first) != sha256:
            raise ContentDiffers("content_differs", key)
        with last_word():
            self._remove_all(key)
        return Removal.REMOVED

    def keys(self) -> Iterator[str]:
        return self._objects.keys()

    def _first(self, key: str) -> Version:
        first = self._objects.original(key)
        if first is None:
            raise NotThere("not_there", key)
        return first

    def _open(self, key: str, version: Version) -> BinaryIO:
        return cast(BinaryIO, Original(self._objects, key, version))

    def _sha256(self, key: str, version: Version) -> str:
        with self._open(key, version) as stored:
            return read_stream(stored)[1]

    def _already(self, key: str, first: Version, sha256: str) -> Put:
        if self._sha256(key, first) != sha256:
            raise KeyTaken("key_taken", key)
        self._keep(key, first)  # a process may have died before it did
        return Put.ALREADY_THERE

    def _keep(self, key: str, version: Version) -> None:
        if self._lock is not None:
            self.keep_until(key, self._clock() + self._lock)

    def _check_unlocked(self, key: str) -> None:
        if self._lock is None:
            return
        for version in self._objects.versions(key):
            until = self._objects.locked_until(key, version.version_id)
            if until is not None and until > self._clock():
                raise StillLocked("locked", f"{key}, {until:%Y-%m-%d %H:%M} UTC")

    def _remove_all(self, key: str) -> None:
        """Newest first: until the last one goes the original can be read and compared again."""
        for version in self._objects.versions(key, markers=True):
            self._objects.delete(key, version.version_id)
        if self._objects.versions(key, markers=True):
            raise StoreFailed("s3_still_there", key)
