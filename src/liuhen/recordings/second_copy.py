"""A second copy of every original: begun, retired, and how it stands."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from liuhen.custody import keys, log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Actor
from liuhen.engines.vault.errors import VaultError
from liuhen.recordings import second_errors as errors
from liuhen.recordings import second_place
from liuhen.recordings.models import Damage, SecondStore, Store, StoredCopy

SUBJECT = "second_copy"


def begin(*, by: Actor | str, at: datetime, same_disk: bool = False) -> SecondStore:
    """Make the place that is set this installation's second copy; the worker then fills it.

    Again after a crash is harmless: the marker is the installation's own.
    Refuses: SecondCopyNotSet, SecondCopyBegun, SecondCopyNoFolder, SecondCopySameDisk,
    SecondCopyOthers, SecondCopyUnusable.
    """
    place = settings.LIUHEN_SECOND_COPY
    if not place:
        raise errors.SecondCopyNotSet()
    if not second_place.is_bucket(place):
        check_folder(Path(place), same_disk=same_disk)
    uid = own_uid()
    try:
        if second_place.marker_of(place) not in (None, uid):
            raise errors.SecondCopyOthers(place=place)
        second_place.mark(place, uid)
    except VaultError as failed:
        raise errors.SecondCopyUnusable(place=place, reason=str(failed)) from failed
    return enter(place, uid, by=by, at=at)


@transaction.atomic
def enter(place: str, uid: str, *, by: Actor | str, at: datetime) -> SecondStore:
    log.wait_for_turn()
    if there := in_use():
        raise errors.SecondCopyBegun(place=there.place)
    made, _new = SecondStore.objects.update_or_create(
        uid=uid, defaults={"place": place, "begun_at": at, "retired_at": None}
    )
    log.record(Kind.SECOND_COPY_BEGUN, subject=SUBJECT, by=by, at=at, place=place, uid=uid)
    return made


def check_folder(folder: Path, *, same_disk: bool) -> None:
    """Refuses: SecondCopyNoFolder, SecondCopySameDisk."""
    if not folder.is_absolute() or not folder.is_dir():
        raise errors.SecondCopyNoFolder(place=str(folder))
    if not same_disk and is_same_disk(folder):
        raise errors.SecondCopySameDisk(place=str(folder))


def is_same_disk(folder: Path) -> bool:
    """As it is mounted now; False: it is not there."""
    vault = Path(settings.DATA.vault)
    return folder.exists() and folder.stat().st_dev == vault.stat().st_dev


def own_uid() -> str:
    """The installation's: its log is signed with a key nobody else has."""
    return hashlib.sha256(keys.verifier().vkey.encode()).hexdigest()[:32]


def in_use() -> SecondStore | None:
    return SecondStore.objects.filter(retired_at=None).first()


@transaction.atomic
def retire(reason: str, *, by: Actor | str, at: datetime) -> None:
    """It is no longer written, read or waited for. Nothing in it is removed: what becomes of the
    disk is for people, and `reason` says what. Refuses: SecondCopyNone, SecondCopyNoReason."""
    log.wait_for_turn()
    if not reason.strip():
        raise errors.SecondCopyNoReason()
    there = in_use()
    if there is None:
        raise errors.SecondCopyNone()
    kept = StoredCopy.objects.exclude(copied_at=None).count()
    SecondStore.objects.filter(pk=there.pk).update(retired_at=at, away_since=None, problem="")
    StoredCopy.objects.all().delete()
    Damage.objects.filter(store=Store.SECOND, mended_at=None).update(mended_at=at)
    log.record(
        Kind.SECOND_COPY_RETIRED,
        subject=SUBJECT,
        by=by,
        at=at,
        place=there.place,
        copies=kept,
        reason=reason.strip(),
    )


@dataclass(frozen=True)
class Standing:
    """How the second copy stands. `failed` of those `waiting` were tried in vain; `damaged`: open
    damage by store."""

    store: SecondStore
    kept: int
    waiting: int
    failed: int
    damaged: dict[str, int]


def standing() -> Standing | None:
    """None: there is none. Three queries."""
    there = in_use()
    if there is None:
        return None
    counted = StoredCopy.objects.aggregate(
        kept=Count("pk", filter=Q(copied_at__isnull=False)),
        waiting=Count("pk", filter=Q(copied_at=None)),
        failed=Count("pk", filter=Q(copied_at=None) & ~Q(problem="")),
    )
    return Standing(there, damaged=open_damage(), **counted)


def open_damage() -> dict[str, int]:
    """Store → how many originals lie there damaged."""
    rows = Damage.objects.filter(mended_at=None).order_by().values("store")
    return {row["store"]: row["n"] for row in rows.annotate(n=Count("pk"))}
