"""A file in the vault's root by which its disk is known again.

An unmounted disk leaves an empty folder behind: every original would be "not there", and what came
in would land on the disk below.
"""

import secrets
from pathlib import Path

from liuhen.engines.vault.errors import StoreFailed
from liuhen.engines.vault.opening import blame_store
from liuhen.kernel.datadir import create_private_file

NAME = ".liuhen-vault"
MOST_CHARACTERS = 100
NOT_ATTACHED = "store_not_attached"


def new() -> str:
    return secrets.token_hex(16)


def put(root: Path, mark: str) -> str:
    """Mark this disk; one that is marked stays as it is. Answers its mark. Raises: StoreFailed."""
    with blame_store():
        create_private_file(root / NAME, mark)
        return (root / NAME).read_text()


def found(root: Path, name: str = NAME) -> str | None:
    """What the mark of this name says; None: no disk of ours is there. Raises: StoreFailed, the
    disk does not answer."""
    with blame_store():
        try:
            return (root / name).read_text("ascii", "replace")[:MOST_CHARACTERS].strip()
        except (FileNotFoundError, NotADirectoryError):
            return None


def check(root: Path, mark: str | None) -> None:
    """`mark` None: nobody has marked it yet. Raises: StoreFailed, with NOT_ATTACHED as reason."""
    if mark is not None and found(root) != mark:
        raise StoreFailed(NOT_ATTACHED, f"no disk with the mark {mark} at {root}")
