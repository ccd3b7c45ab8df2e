"""The stores this installation keeps its originals in: the vault, and where set a second copy."""

from functools import cache
from pathlib import Path

from django.conf import settings

from liuhen.engines.vault.contract import Vault
from liuhen.engines.vault.disk import DiskVault
from liuhen.engines.vault.errors import StoreFailed
from liuhen.engines.vault.safe_paths import split_key
from liuhen.recordings import second_copy, second_place
from liuhen.recordings.models import Store


@cache
def at(root: Path, quarantine: Path, mark: str | None) -> DiskVault:
    return DiskVault(root, quarantine=quarantine, mark=mark)


def current() -> DiskVault:
    return at(settings.DATA.vault, settings.DATA.quarantine, mark())


def mark() -> str | None:
    """Of the disk this installation keeps its originals on; `vault_disk.bring_up` puts it."""
    try:
        return settings.DATA.vault_mark.read_text()
    except FileNotFoundError:
        return None


def second() -> Vault | None:
    """The second copy's store, seen to be connected just now; None: none was begun.

    Raises: StoreFailed, it is away, not the one that was begun, or no longer set.
    """
    begun = second_copy.in_use()
    if begun is None:
        return None
    if not settings.LIUHEN_SECOND_COPY:
        raise StoreFailed("second_copy_unset", begun.place)
    return second_place.connected(settings.LIUHEN_SECOND_COPY, begun.uid)


def every() -> dict[Store, Vault]:
    """All stores that keep a copy of an original. Raises: StoreFailed, one of them is away."""
    found: dict[Store, Vault] = {Store.FIRST: current()}
    if (copy := second()) is not None:
        found[Store.SECOND] = copy
    return found


def path(key: str) -> Path:
    """Where the original lies, for programs that read files by name. Raises BadKey."""
    split_key(key)
    return current().root / key
