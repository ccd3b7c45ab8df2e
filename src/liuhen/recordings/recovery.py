"""After a crash: finish what was staged, set aside what cannot be accounted for.

The normal path's own code finishes a staged item; nothing is deleted but second names of bytes
that the vault holds.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.vault.errors import VaultError
from liuhen.engines.vault.sha256 import sha256_fd, sha256_file
from liuhen.recordings import intake, locks, sealing, vaults
from liuhen.recordings.models import BatchState, IntakeBatch, IntakeItem, ItemState
from liuhen.recordings.names import shown
from liuhen.recordings.resuming import INTERRUPTED

SETTLED = (ItemState.SEALED, ItemState.DUPLICATE)


@dataclass
class Recovered:
    """What a recovery did: items sealed after all, items to take in again, files set aside."""

    sealed: int = 0
    interrupted: int = 0
    quarantined: int = 0


def recover(*, at: datetime) -> Recovered:
    """Run before anything else at every start; harmless when there is nothing to do."""
    done = Recovered()
    unfinished = Q(state=BatchState.RUNNING) | Q(items__state=ItemState.STAGED)
    for batch in IntakeBatch.objects.filter(unfinished).distinct():
        with locks.held(batch.uid) as mine:
            if mine:
                settle(batch, done, at=at)
    for temp in list(vaults.current().temps()):
        with locks.held(locks.batch_uid_of(temp)) as mine:
            if mine:
                clear_away(temp, done, at=at)
    return done


def settle(batch: IntakeBatch, done: Recovered, *, at: datetime) -> None:
    """Seal what was staged whole; what was not goes back to the card for the next run."""
    for item in IntakeItem.objects.filter(batch=batch, state=ItemState.STAGED):
        temp = locks.temp_of(item)
        if temp.exists() and sha256_file(temp) == item.sha256:
            sealing.complete(item, temp, by=batch.by, at=at)
            done.sealed += 1
        elif is_in_vault(item):
            sealing.write_row(item, by=batch.by, at=at)
            done.sealed += 1
    done.interrupted += IntakeItem.objects.filter(
        batch=batch, state__in=[ItemState.PENDING, ItemState.STAGED]
    ).update(state=ItemState.INTERRUPTED, reason="stopped")
    intake.finish(batch, INTERRUPTED, at=at)


def is_in_vault(item: IntakeItem) -> bool:
    try:
        with vaults.current().open(item.vault_key or "") as stored:
            return sha256_fd(stored.fileno()) == item.sha256
    except VaultError:
        return False


def clear_away(temp: Path, done: Recovered, *, at: datetime) -> None:
    """A sealed item's second name goes; a half-written copy was never acknowledged and its
    source is untouched, but it is kept in quarantine all the same."""
    if not temp.exists():
        return  # another process was quicker
    _, _, rest = temp.stem.partition("-")
    item = IntakeItem.objects.filter(pk=rest).first() if rest.isdigit() else None
    if item and item.state in SETTLED:
        vaults.current().forget_temp(temp)
        return
    size = temp.stat().st_size
    moved = vaults.current().quarantine(temp, "interrupted")
    done.quarantined += 1
    # A whole copy is known by it as some recording's.
    sha256 = sha256_file(moved) if moved.is_file() and not moved.is_symlink() else ""
    with transaction.atomic():
        log.record(
            Kind.QUARANTINED,
            subject=f"quarantine:{moved.parent.name}"[:100],
            by=log.SYSTEM,
            at=at,
            size=size,
            batch=locks.batch_uid_of(temp),
            original_name=shown(bytes(item.name)) if item else "",
            sha256=sha256,
        )
