"""Remove from the card what this very intake has verified in the vault, and nothing else."""

import os
from datetime import datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Actor
from liuhen.engines.vault.buffers import advise
from liuhen.engines.vault.errors import VaultError
from liuhen.engines.vault.opening import open_regular
from liuhen.engines.vault.sha256 import sha256_fd
from liuhen.recordings import vaults
from liuhen.recordings.models import IntakeItem, ItemState
from liuhen.recordings.names import shown


def clear(item: IntakeItem, source: bytes, *, by: Actor | str, at: datetime) -> bool:
    """Remove the card's file after reading it and the vault's a second time.

    Both must have the digest sealed for this item; otherwise the card is left as it is and the
    item says why (`source_changed`, `vault_differs`, `source_not_removable`).
    """
    if item.state not in (ItemState.SEALED, ItemState.DUPLICATE) or item.recording is None:
        return False
    if not vault_has(item):
        return keep(item, "vault_differs")
    try:
        if digest_of(source) != item.sha256:
            return keep(item, "source_changed")
        remove(item, source, by=by, at=at)
    except (OSError, VaultError):
        return keep(item, "source_not_removable")
    return True


def vault_has(item: IntakeItem) -> bool:
    assert item.recording is not None
    try:
        with vaults.current().open(item.recording.vault_key) as stored:
            return sha256_fd(stored.fileno()) == item.sha256
    except (OSError, VaultError):
        return False


def digest_of(source: bytes) -> str:
    """The card's file read once more, from the card rather than from memory."""
    descriptor = open_regular(source)
    try:
        advise(descriptor, 0, 0, "DONTNEED")
        return sha256_fd(descriptor)
    finally:
        os.close(descriptor)


@transaction.atomic
def remove(item: IntakeItem, source: bytes, *, by: Actor | str, at: datetime) -> None:
    """The event is written first: a removal that fails takes it back, none goes unrecorded."""
    assert item.recording is not None
    log.record(
        Kind.SOURCE_CLEARED,
        subject=f"recording:{item.recording.number}",
        by=by,
        at=at,
        batch=item.batch.uid,
        original_name=shown(bytes(item.name)),
    )
    item.cleared = True
    item.save(update_fields=["cleared"])
    os.unlink(source)


def keep(item: IntakeItem, reason: str) -> bool:
    item.cleared, item.reason = False, reason
    item.save(update_fields=["cleared", "reason"])
    return False
