"""Where the second copy lies, and whether what is connected there is really it.

A marker tells the disk that was begun from the empty folder it is mounted on, and from another
installation's: without it nothing is written, and nothing is taken for missing.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

from liuhen.engines.vault import marker
from liuhen.engines.vault.contract import Vault
from liuhen.engines.vault.disk import DiskVault
from liuhen.engines.vault.errors import NotThere, StoreFailed
from liuhen.engines.vault.streaming import receive_stream

MARKER = "liuhen-second-copy.txt"
QUARANTINE = "quarantine"
BUCKETS = "s3://"


def is_bucket(place: str) -> bool:
    return place.startswith(BUCKETS)


def connected(place: str, uid: str) -> Vault:
    """The store at `place`, if its marker is the one of `uid`.

    Raises: StoreFailed: `second_copy_away`, `second_copy_other`, or as the store gives it.
    """
    if is_bucket(place):
        return bucket_of(place, uid)  # a bucket cannot look empty for want of a mount
    check_marker(marker.found(Path(place), MARKER), uid)
    return disk_at(Path(place))


def check_marker(found: str | None, uid: str) -> None:
    if found is None:
        raise StoreFailed("second_copy_away", MARKER)
    if found != uid:
        raise StoreFailed("second_copy_other", found)


@cache
def disk_at(folder: Path) -> DiskVault:
    return DiskVault(folder / "vault", quarantine=folder / QUARANTINE)


def marker_of(place: str) -> str | None:
    """Whose second copy lies there already; None: nobody's. Raises: StoreFailed."""
    if not is_bucket(place):
        return marker.found(Path(place), MARKER)
    try:
        with bucket(place, "").open(MARKER) as stored:
            return stored.read(marker.MOST_CHARACTERS).decode("ascii", "replace").strip()
    except NotThere:
        return None


def mark(place: str, uid: str) -> None:
    """Make it the second copy `uid`, durably. Raises: StoreFull, StoreFailed, KeyTaken."""
    folder = Path(place)
    store: Vault = (
        bucket(place, "") if is_bucket(place) else DiskVault(folder, quarantine=folder / QUARANTINE)
    )
    temp = store.new_temp()
    receive_stream([f"{uid}\n".encode()], temp, most_bytes=marker.MOST_CHARACTERS)
    try:
        store.put(temp, MARKER)
    finally:
        store.forget_temp(temp)


@cache
def bucket_of(place: str, uid: str) -> Vault:
    check_marker(marker_of(place), uid)
    return bucket(place, "vault/")


def bucket(place: str, below: str) -> Vault:
    """Raises: StoreFailed, it is not there or cannot do what is asked of it."""
    from liuhen.engines.vault.s3_place import open_bucket  # boto3 takes a second to import

    name, _slash, prefix = place.removeprefix(BUCKETS).partition("/")
    return open_bucket(
        name,
        prefix=f"{prefix.strip('/')}/{below}".lstrip("/"),
        endpoint=settings.LIUHEN_S3_ENDPOINT,
        lock_days=settings.LIUHEN_S3_LOCK_DAYS,
        spool=settings.DATA.root / "second-copy",
    )
