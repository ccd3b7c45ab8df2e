"""What the vault answers when it cannot do as asked. All survive a trip between processes."""

from enum import StrEnum


class SourceReason(StrEnum):
    """Why a source was not taken in. Stable: reports, events and the reference quote it."""

    SYMLINK = "symlink"
    FIFO = "fifo"
    NOT_REGULAR = "not_regular"
    IO_ERROR = "io_error"
    VANISHED = "vanished"
    PERMISSION = "permission"
    NAME_TOO_LONG = "name_too_long"
    CHANGED_WHILE_READING = "changed_while_reading"


class VaultError(Exception):
    """Nothing was stored, nothing half-stored is visible.

    `reason` is stable and lower case; `detail` is for the log (system text, may be English).
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason


class ReceiveFailed(VaultError):
    """One source did not become a verified temp; other sources are not concerned."""


class SourceRefused(ReceiveFailed):
    """The fault lies with the source; `reason` is a `SourceReason`. The rest can go on."""


class StoreFull(ReceiveFailed):
    """No space or quota left on our side. Further sources will meet the same."""


class StoreFailed(ReceiveFailed):
    """Our disk failed or did not give back what was written. Never retry on the same file."""


class WorkerDied(ReceiveFailed):
    """The process at work on this source was killed or met a bug (`detail` tells)."""


class BadKey(VaultError):
    """The key is not one the vault would ever have made."""


class KeyTaken(VaultError):
    """Another content lies under this key; it was not touched. Take a longer key."""


class NotThere(VaultError):
    """No original lies under this key."""


class ContentDiffers(VaultError):
    """What lies under this key is not what was sealed there; it was not touched."""


class StillLocked(VaultError):
    """The store's own lock holds yet (`detail`: until when); it was not touched."""
