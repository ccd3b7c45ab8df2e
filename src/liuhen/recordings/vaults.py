"""The vault this installation keeps its originals in."""

from functools import cache
from pathlib import Path

from django.conf import settings

from liuhen.engines.vault.disk import DiskVault
from liuhen.engines.vault.safe_paths import split_key


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


def every() -> tuple[DiskVault, ...]:
    """All stores that keep a copy of an original; so far there is the one."""
    return (current(),)


def path(key: str) -> Path:
    """Where the original lies, for programs that read files by name. Raises BadKey."""
    split_key(key)
    return current().root / key
