"""Fill the second copy: one original after the other, read back, then said in the log.

What has no row that it is kept there is copied; a crash between copy and row finds the copy there
the next time, compares it and goes on. A disk that is away is waited for.
"""

import hashlib
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.vault.contract import Vault
from liuhen.engines.vault.errors import (
    KeyTaken,
    NotThere,
    SourceRefused,
    StoreFailed,
    StoreFull,
)
from liuhen.engines.vault.receiving import receive
from liuhen.recordings import holdings, locks, second_copy, vault_disk, vaults
from liuhen.recordings.holdings import Held
from liuhen.recordings.models import Damage, Recording, SecondStore, StoredCopy

ROWS_AT_ONCE = 500
COPIES_AN_EVENT = 50
"""Each names its originals; a crash has at most so many compared again."""

TRIED_AGAIN = timedelta(hours=1)
LOOKING_SHARE = 20
"""Looking for what is new takes a twentieth of the time at most, however much is held."""

Clock = Callable[[], datetime]


def never() -> bool:
    return False


class FirstAway(Exception):
    """The disk of the originals is not attached: none of them can be said to be missing."""


class Rounds:
    """The worker's."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self.next_look = seconds()

    def go(self, *, clock: Clock, stop: Callable[[], bool] = never) -> int:
        there = second_copy.in_use()
        if there is None:
            return 0
        begun = self.seconds()
        if begun >= self.next_look:
            enlist(there, at=clock())
            self.next_look = begun + LOOKING_SHARE * (self.seconds() - begun)
        return copy_all(there, clock=clock, stop=stop)


def copy_all(there: SecondStore, *, clock: Clock, stop: Callable[[], bool] = never) -> int:
    """Copy what waits, until nothing does, `stop` says so, or the originals' disk is away; answers
    how many were copied."""
    copied = 0
    try:
        vault = vaults.second()
        if vault is None:  # retired meanwhile
            return 0
        renew_locks(vault, at=clock())  # also while the originals are away: a lock does not wait
        check_first()
        while not stop() and (some := waiting(at=clock())):
            copied += copy_some(some, vault, clock=clock)
    except FirstAway:  # nothing of this is said of any original; the second copy is there
        note_back(there, at=clock())
    except (StoreFailed, StoreFull) as failed:
        note_away(there, failed.reason, at=clock())
    else:
        note_back(there, at=clock())
    return copied


def enlist(there: SecondStore, *, at: datetime) -> None:
    """A row for all that is held and has none yet."""
    held = holdings.everything()
    while some := list(islice(held, ROWS_AT_ONCE)):
        enter(some)
    SecondStore.objects.filter(pk=there.pk).update(looked_at=at)


def enter(some: Sequence[Held]) -> None:
    rows = StoredCopy.objects.filter(key__in=[held.key for held in some])
    known = set(rows.values_list("key", flat=True))
    fresh = [
        StoredCopy(key=one.key, subject=one.subject, sha256=one.sha256, size_bytes=one.size_bytes)
        for one in some
        if one.key not in known
    ]
    StoredCopy.objects.bulk_create(fresh, ignore_conflicts=True)


def waiting(*, at: datetime) -> list[StoredCopy]:
    """What failed is tried again after an hour."""
    rows = StoredCopy.objects.filter(copied_at=None)
    rows = rows.filter(Q(tried_at=None) | Q(tried_at__lte=at - TRIED_AGAIN))
    return list(rows.order_by("pk")[:COPIES_AN_EVENT])


def copy_some(some: list[StoredCopy], vault: Vault, *, clock: Clock) -> int:
    """Raises: StoreFailed, StoreFull, FirstAway, after what was copied is told."""
    done: list[StoredCopy] = []
    try:
        for row in some:
            if copy_one(row, vault, clock=clock):
                done += [row]
    finally:
        settle(done, at=clock())
    return len(done)


def copy_one(row: StoredCopy, vault: Vault, *, clock: Clock) -> bool:
    """False: not now; why stands on the row."""
    with locks.held(lock_of(row.key)) as mine:
        if mine and not is_kept(row.subject):
            row.delete()
            return False
        problem = copy_bytes(row, vault) if mine else "busy"
        if problem:
            StoredCopy.objects.filter(pk=row.pk).update(tried_at=clock(), problem=problem)
            return False
        row.locked_until = vault.stat(row.key).locked_until
    return True


def lock_of(key: str) -> str:
    """Who copies, mends or removes an original holds it: none of them meets another's half."""
    return f"copy{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def temp_in(vault: Vault, key: str) -> Path:
    """Named by its lock, which is held: a recovery leaves it alone. What a killed process left of
    it goes."""
    temp = vault.new_temp().with_name(f"{lock_of(key)}-0.part")
    vault.forget_temp(temp)
    return temp


def is_kept(subject: str) -> bool:
    of, _colon, number = subject.partition(":")
    if of != "recording":
        return True
    return Recording.objects.filter(number=number, disposed_at=None).exists()


def copy_bytes(row: StoredCopy, vault: Vault) -> str:
    """Why it cannot be, or nothing: the original is at fault, or another content lies there.

    Raises: FirstAway: the original's disk went away while it was read.
    """
    temp = temp_in(vault, row.key)
    try:
        received = receive(bytes(vaults.path(row.key)), temp)
    except SourceRefused as refused:
        check_first()
        return f"original_{refused.reason}"
    try:
        if received.digests.sha256 != row.sha256:
            check_first()
            return "original_changed"
        vault.put(temp, row.key)
    except KeyTaken:
        return "copy_differs"
    finally:
        vault.forget_temp(temp)
    return ""


def check_first() -> None:
    if not vault_disk.is_attached():
        raise FirstAway


@transaction.atomic
def settle(done: list[StoredCopy], *, at: datetime) -> None:
    """Rows and event together: without the event no copy counts."""
    if not done:
        return
    log.wait_for_turn()
    told = []
    for row in done:
        still = StoredCopy.objects.filter(pk=row.pk, copied_at=None)
        kept = {"copied_at": at, "tried_at": at, "locked_until": row.locked_until}
        if still.update(problem="", **kept):
            told.append([row.subject, row.sha256])
    if told:
        log.record(
            Kind.SECOND_COPY_MADE, subject=second_copy.SUBJECT, by=log.SYSTEM, at=at, copies=told
        )


def renew_locks(vault: Vault, *, at: datetime) -> None:
    """What is still kept has its lock in the store prolonged when half of it is over."""
    period = timedelta(days=settings.LIUHEN_S3_LOCK_DAYS)
    if not period:
        return
    for row in StoredCopy.objects.filter(locked_until__lt=at + period / 2).iterator():
        until: datetime | None = at + period
        try:
            if not is_kept(row.subject) or not vault.keep_until(row.key, at + period):
                continue
        except NotThere:  # the next scrub tells, and it is locked anew when it is mended
            until = None
        StoredCopy.objects.filter(pk=row.pk).update(locked_until=until)


def forget(recording: Recording, *, at: datetime) -> None:
    """Its bytes are gone from everywhere, damaged or not. In the caller's transaction, which tells
    of it."""
    subject = f"recording:{recording.number}"
    StoredCopy.objects.filter(subject=subject).delete()
    Damage.objects.filter(subject=subject, mended_at=None).update(mended_at=at)


@transaction.atomic
def note_away(there: SecondStore, reason: str, *, at: datetime) -> None:
    log.wait_for_turn()
    rows = SecondStore.objects.filter(pk=there.pk, retired_at=None).exclude(problem=reason)
    if rows.update(away_since=there.away_since or at, problem=reason):
        facts = {"place": there.place, "problem": reason}
        log.record(
            Kind.SECOND_COPY_AWAY, subject=second_copy.SUBJECT, by=log.SYSTEM, at=at, **facts
        )


@transaction.atomic
def note_back(there: SecondStore, *, at: datetime) -> None:
    if there.away_since is None:
        return
    log.wait_for_turn()
    rows = SecondStore.objects.filter(pk=there.pk, away_since__isnull=False)
    if rows.update(away_since=None, problem=""):
        facts = {"place": there.place, "since": there.away_since.isoformat()}
        log.record(
            Kind.SECOND_COPY_BACK, subject=second_copy.SUBJECT, by=log.SYSTEM, at=at, **facts
        )
