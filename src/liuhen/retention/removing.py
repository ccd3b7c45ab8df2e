"""The one place from which an original is removed, by leave of the log.

The event that says a recording is about to go comes first, in its own transaction with the row's
mark; what follows here may be broken off anywhere and done again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from liuhen.custody.kinds import Kind
from liuhen.engines.vault.contract import LastWord, Removal, Vault
from liuhen.engines.vault.errors import NotThere, StoreFailed
from liuhen.engines.vault.leave import Leave
from liuhen.recordings import copying, disposing, locks, vaults
from liuhen.recordings.models import Recording, Store
from liuhen.retention import disc_images, proven


@dataclass(frozen=True)
class Removed:
    """`copies`: what each store answered; `derived`: files made from it that went; `images`: disc
    images of it that waited here to be written."""

    copies: dict[Store, Removal]
    derived: int
    images: int


def remove(recording: Recording, last_word: LastWord) -> Removed:
    """Every copy this program keeps, and all that was made from it. Again is harmless.

    `last_word` is asked when the bytes have been read in every store and are about to go; what it
    raises saves them all.

    Raises: ContentDiffers (what lies there is not what was sealed), StillLocked, StoreFailed (a
    store is away, or it is just being copied), OSError.
    """
    leave = leave_for(recording)
    stores = vaults.every()
    with locks.held(copying.lock_of(recording.vault_key)) as mine:
        if not mine:
            raise StoreFailed("copy_under_way", recording.vault_key)
        copies = remove_from(list(reversed(stores.items())), recording, leave, last_word)
    if Removal.NOT_THERE in copies.values():
        vaults.every()  # one that was pulled out meanwhile has not said that it is not there
    return Removed(copies, disposing.remove_derived(recording), forget_images(recording))


def remove_from(
    stores: list[tuple[Store, Vault]], recording: Recording, leave: Leave, last_word: LastWord
) -> dict[Store, Removal]:
    """Each store reads its copy before any loses it: the next one's removal, and after the last
    one's reading the last word, stand within its own, between reading and removing."""
    if not stores:
        return {}
    (store, vault), *others = stores
    answers: dict[Store, Removal] = {}

    @contextmanager
    def others_first() -> Iterator[None]:
        answers.update(remove_from(others, recording, leave, last_word))
        if Removal.REMOVED in answers.values():
            yield  # the last word was asked in there
        else:
            with last_word():
                yield

    answer = vault.remove_expired(
        recording.vault_key, sha256=recording.sha256, leave=leave, last_word=others_first
    )
    if answer == Removal.NOT_THERE:
        answers = remove_from(others, recording, leave, last_word)
    return answers | {store: answer}


@transaction.atomic
def forget_images(recording: Recording) -> int:
    return disc_images.forget(Recording.objects.filter(pk=recording.pk))


def leave_for(recording: Recording) -> Leave:
    """By the log's last word on it, which must name this very content.

    Raises: PermissionError, a bug or a forged row: the signed log does not say that it is to go.
    """
    kinds = (Kind.RECORDING_LEAVING, Kind.RECORDING_SPARED)
    told = proven.said_of(f"recording:{recording.number}", *kinds)
    if not told or told[-1].kind != Kind.RECORDING_LEAVING:
        raise PermissionError(f"the log does not say that {recording.number} is to go")
    last = told[-1]
    if (last.facts["sha256"], last.facts["vault_key"]) != (recording.sha256, recording.vault_key):
        raise PermissionError(f"the log speaks of another content of {recording.number}")
    return Leave(recording.vault_key, recording.sha256, last.index)


def is_there(recording: Recording) -> bool:
    """Whether any store has something under its key. Raises: StoreFailed."""
    for vault in vaults.every().values():
        try:
            vault.stat(recording.vault_key)
        except NotThere:
            continue
        return True
    return False
