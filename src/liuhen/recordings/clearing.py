"""Remove from the card what this very intake has verified in the vault, and nothing else."""

import os
from datetime import datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Actor
from liuhen.engines.vault.beneath import open_folder_of
from liuhen.engines.vault.buffers import advise
from liuhen.engines.vault.errors import VaultError
from liuhen.engines.vault.opening import open_regular
from liuhen.engines.vault.sha256 import sha256_fd
from liuhen.recordings import disposing, vaults
from liuhen.recordings.models import IntakeItem, ItemState
from liuhen.recordings.names import shown
from liuhen.recordings.writers import has_writer


def clear(item: IntakeItem, source: bytes, *, by: Actor | str, at: datetime) -> bool:
    """Remove the card's file after reading it and the vault's a second time.

    Both must have the digest sealed for this item and be two files; otherwise the card is left
    as it is and the item says why (`vault_differs`, `recording_disposed`, `source_changed`,
    `source_is_original`, `source_in_use`, `source_not_removable`).
    """
    if item.state not in (ItemState.SEALED, ItemState.DUPLICATE) or item.recording is None:
        return False
    original = original_of(item)
    if original is None:
        gone = disposing.is_disposed(item.recording)
        return keep(item, "recording_disposed" if gone else "vault_differs")
    try:
        # The folder stays open: what is removed is the very file that was read.
        folder, name = open_folder_of(source)
        try:
            problem = why_not(item, folder, name, original)
            if not problem:
                problem = remove(item, folder, name, by=by, at=at)
        finally:
            os.close(folder)
    except (OSError, VaultError):
        problem = "source_not_removable"
    return keep(item, problem) if problem else True


def original_of(item: IntakeItem) -> os.stat_result | None:
    """The vault's file, if it has the item's digest."""
    assert item.recording is not None
    try:
        with vaults.current().open(item.recording.vault_key) as stored:
            same = sha256_fd(stored.fileno()) == item.sha256
            return os.fstat(stored.fileno()) if same else None
    except (OSError, VaultError):
        return None


def why_not(item: IntakeItem, folder: int, name: bytes, original: os.stat_result) -> str:
    """Why the card's file must stay; empty when it may go. It is read once more, from the card
    rather than from memory."""
    descriptor = open_regular(name, dir_fd=folder)
    try:
        advise(descriptor, 0, 0, "DONTNEED")
        if sha256_fd(descriptor) != item.sha256:
            return "source_changed"
        if os.path.samestat(os.fstat(descriptor), original):
            return "source_is_original"  # by a link or a mount the vault itself was the card
        return "source_in_use" if has_writer(descriptor) else ""
    finally:
        os.close(descriptor)


def remove(item: IntakeItem, folder: int, name: bytes, *, by: Actor | str, at: datetime) -> str:
    """Commit the event, then remove: stopped between the two, the log tells of a removal that a
    look at the card disproves, and never the other way round. Answers why it failed, if it did.
    """
    record(Kind.SOURCE_CLEARED, item, by=by, at=at)
    try:
        os.unlink(name, dir_fd=folder)
    except OSError:
        record(Kind.SOURCE_KEPT, item, by=by, at=at)
        return "source_not_removable"
    return ""


@transaction.atomic
def record(kind: Kind, item: IntakeItem, *, by: Actor | str, at: datetime) -> None:
    assert item.recording is not None
    log.record(
        kind,
        subject=f"recording:{item.recording.number}",
        by=by,
        at=at,
        batch=item.batch.uid,
        original_name=shown(bytes(item.name)),
    )
    item.cleared = kind == Kind.SOURCE_CLEARED
    item.save(update_fields=["cleared"])


def keep(item: IntakeItem, reason: str) -> bool:
    item.cleared, item.reason = False, reason
    item.save(update_fields=["cleared", "reason"])
    return False
