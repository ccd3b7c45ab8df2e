"""Damage in a store: told when it is found, mended from the other store's copy.

The log speaks first. A whole copy is made and compared before the damaged one is moved, which is
kept in quarantine; nothing is overwritten. Broken off anywhere, the next scrub does it again.
"""

import contextlib
from datetime import datetime
from pathlib import Path

from django.db import transaction

from liuhen.custody import log, proofs
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Actor
from liuhen.custody.models import CustodyEvent
from liuhen.engines.vault.contract import Vault
from liuhen.engines.vault.errors import NotThere, StoreFailed, VaultError
from liuhen.engines.vault.opening import store_failure
from liuhen.engines.vault.scrub import read_stream
from liuhen.engines.vault.streaming import receive_stream
from liuhen.recordings import copying, locks
from liuhen.recordings.holdings import Held
from liuhen.recordings.models import Damage, Store

CHUNK_BYTES = 1 << 20
FOUND_WHOLE = "found_whole"


@transaction.atomic
def note(store: Store, held: Held, problem: str, *, by: Actor | str, at: datetime) -> Damage:
    """One event for each damage, however often it is found."""
    log.wait_for_turn()
    damage, is_new = Damage.objects.get_or_create(
        store=store,
        key=held.key,
        mended_at=None,
        defaults={"subject": held.subject, "problem": problem, "found_at": at},
    )
    if is_new:
        log.record(
            Kind.DAMAGE_FOUND,
            subject=held.subject,
            by=by,
            at=at,
            store=str(store),
            vault_key=held.key,
            sha256=held.sha256,
            problem=problem,
        )
    return damage


def mend(
    damage: Damage, held: Held, broken: Vault, whole: Vault, *, by: Actor | str, at: datetime
) -> str:
    """Why it could not be, a stable word, or nothing; the damaged one then lies where it was, or in
    quarantine."""
    with locks.held(copying.lock_of(held.key)) as mine:
        if not mine:
            return "busy"
        if not copying.is_kept(held.subject):
            return "disposed"
        if is_whole(broken, held):
            close(damage, FOUND_WHOLE, broken, by=by, at=at)
            return ""
        try:
            temp = taken_from(whole, held, copying.temp_in(broken, held.key))
            try:
                put_in_place(damage, held, broken, temp, by=by, at=at)
            finally:
                broken.forget_temp(temp)
        except VaultError as failed:
            return failed.reason
        except OSError as failed:  # of the copy that is read
            return store_failure(failed).reason
    return ""


def is_whole(vault: Vault, held: Held) -> bool:
    """Read again under the lock: another scrub may have mended it, or its disk is back."""
    try:
        with vault.open(held.key) as stored:
            _size, sha256 = read_stream(stored)
    except (VaultError, OSError):
        return False
    return sha256 == held.sha256


def taken_from(whole: Vault, held: Held, temp: Path) -> Path:
    """A durable, compared copy on the broken store's side. Raises: NotThere, StoreFailed,
    StoreFull."""
    with whole.open(held.key) as stored:
        chunks = iter(lambda: stored.read(CHUNK_BYTES), b"")
        arrived = receive_stream(chunks, temp, most_bytes=held.size_bytes)
    if arrived.digests.sha256 != held.sha256:
        temp.unlink()
        raise StoreFailed("other_copy_changed", held.key)
    return temp


def put_in_place(
    damage: Damage, held: Held, broken: Vault, temp: Path, *, by: Actor | str, at: datetime
) -> None:
    with contextlib.suppress(NotThere):
        broken.set_aside(held.key, f"{damage.problem}, sealed as {held.sha256}")
    broken.put(temp, held.key)
    close(damage, "copied", broken, by=by, at=at)


@transaction.atomic
def close(damage: Damage, how: str, vault: Vault, *, by: Actor | str, at: datetime) -> None:
    """`how`: `copied` from the other store, or `found_whole`, e.g. after a crash in between. An
    event for each that was laid aside, or one. Raises: StoreFailed, and it stays open."""
    log.wait_for_turn()
    if not Damage.objects.filter(pk=damage.pk, mended_at=None).update(mended_at=at):
        return
    for quarantine in laid_aside(damage, vault) or [""]:
        log.record(
            Kind.DAMAGE_MENDED,
            subject=damage.subject,
            by=by,
            at=at,
            store=damage.store,
            vault_key=damage.key,
            how=how,
            quarantine=quarantine,
        )


def laid_aside(damage: Damage, vault: Vault) -> list[str]:
    """What lies in the store's quarantine of this original and no event tells of: a mending may
    have been killed after it laid it there."""
    events = CustodyEvent.objects.filter(subject=damage.subject, kind=Kind.DAMAGE_MENDED)
    told = {proofs.facts_of(event)["quarantine"] for event in events}
    return [name for name in vault.laid_aside(damage.key) if name not in told]


def close_found_whole(
    store: Store, vault: Vault, keys: set[str], *, by: Actor | str, at: datetime
) -> None:
    """What a scrub has just read and found to be as sealed."""
    for damage in Damage.objects.filter(store=store, mended_at=None):
        if damage.key in keys:
            with contextlib.suppress(StoreFailed):  # it went away since: the next scrub closes it
                close(damage, FOUND_WHOLE, vault, by=by, at=at)
