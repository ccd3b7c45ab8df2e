"""A house with originals and a disk for their second copy."""

from datetime import timedelta
from pathlib import Path

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.recordings import copying, second_copy, vaults
from liuhen.recordings.models import Recording, StoredCopy

NOON = factories.NOON
HOUR = timedelta(hours=1)


def originals(n: int = 3) -> list[Recording]:
    return [factories.recording(f"2026-{i:06d}", b"evidence %d" % i) for i in range(1, n + 1)]


def begun() -> None:
    second_copy.begin(by="command", at=NOON, same_disk=True)


def copy(at=NOON) -> int:
    return copying.Rounds().go(clock=lambda: at)


def in_copy(disk: Path) -> dict[str, bytes]:
    """Key → content of what really lies on the second disk."""
    found = list((disk / "vault").rglob("*.mp4"))
    return {str(path.relative_to(disk / "vault")): path.read_bytes() for path in found}


def spoil(root: Path, key: str) -> None:
    path = root / key
    path.chmod(0o644)
    path.write_bytes(b"rotten " + path.read_bytes()[7:])


def first_of(one: Recording) -> bytes:
    return vaults.path(one.vault_key).read_bytes()


def told(kind: Kind) -> list[dict]:
    return [facts_of(event) for event in CustodyEvent.objects.filter(kind=kind).order_by("index")]


def waiting() -> int:
    return StoredCopy.objects.filter(copied_at=None).count()
