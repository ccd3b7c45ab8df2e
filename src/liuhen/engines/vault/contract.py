"""What every store for originals promises; one contract test-suite holds all to it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from liuhen.engines.vault.leave import Leave

LastWord = Callable[[], AbstractContextManager[None]]


class Put(StrEnum):
    """What `put` found."""

    STORED = "stored"
    ALREADY_THERE = "already_there"


class Removal(StrEnum):
    """What `remove_expired` found."""

    REMOVED = "removed"
    NOT_THERE = "not_there"


@dataclass(frozen=True, slots=True)
class Stat:
    """`read_only`: nobody may write to it as it lies there. `locked_until`: until then the store
    itself refuses to remove it; None, it has no such lock."""

    size_bytes: int
    read_only: bool
    locked_until: datetime | None = None


class Vault(Protocol):
    """A write-once store: put, open, stat, keep_until, and the temps on the way in.

    `remove_expired` is the only verb that removes an original.
    """

    def new_temp(self) -> Path:
        """A name in the incoming folder that nothing bears yet; the file is not made."""

    def temps(self) -> Iterator[Path]:
        """What lies in the incoming folder, sorted: after a start, what a crash left."""

    def put(self, temp: Path, key: str) -> Put:
        """Make the temp's content durable and read-only under `key`. Never overwrites.

        The temp stays until `forget_temp`, so that a crash before the database commit can be
        told from one after. Putting it again is harmless.
        Raises: BadKey, KeyTaken (another content lies there), StoreFull, StoreFailed.
        """

    def forget_temp(self, temp: Path) -> None:
        """Unlink the temp, after the commit (or when nothing is to be kept of it).

        Raises: ValueError if it is no temp of this vault, StoreFailed.
        """

    def open(self, key: str) -> BinaryIO:
        """The original, unbuffered, at its start. Raises: BadKey, NotThere, StoreFailed."""

    def stat(self, key: str) -> Stat:
        """Raises: BadKey, NotThere, StoreFailed."""

    def keep_until(self, key: str, until: datetime) -> bool:
        """Have the store itself refuse to remove it before `until`; a later lock stays.

        False: this store has no such lock. Raises: BadKey, NotThere, StoreFailed.
        """

    def set_aside(self, key: str, reason: str) -> str:
        """Free the key from what lies there damaged, which is kept; answers where.

        Raises: BadKey, NotThere, StoreFull, StoreFailed (also: this store lets nothing go).
        """

    def laid_aside(self, key: str) -> list[str]:
        """The names of the quarantine's folders with what was set aside of this key, also by a
        process that was killed before it could tell. Raises: BadKey, StoreFailed."""

    def remove_expired(
        self, key: str, *, sha256: str, leave: Leave, last_word: LastWord = nullcontext
    ) -> Removal:
        """Remove the original under `key` for good, if it still is what was sealed.

        Its bytes are read first and must have the digest `sha256`. Reading takes long: only then
        is `last_word` entered, and left when the bytes are gone; what it raises saves them. Asked
        for again, e.g. after a crash, it answers NOT_THERE; when it has answered, the removal is
        durable.
        Raises: ContentDiffers, StillLocked (it was not touched), BadKey, StoreFailed, ValueError if
        `leave` is for another original.
        """

    def keys(self) -> Iterator[str]:
        """All that is stored, in one fixed order; also what the vault never put there (an audit
        looks for it), even if `open` would refuse its name."""

    def quarantine(self, path: Path, reason: str) -> Path:
        """Move a stray file or temp aside, `reason` beside it, and say where; never deletes.

        Raises: StoreFull, StoreFailed, ValueError if it does not lie in this vault.
        """
