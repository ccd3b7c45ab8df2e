"""Fixity: read originals again in every store, compare, and mend what is damaged from the other."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Actor
from liuhen.engines.vault import scrub as engine
from liuhen.engines.vault.contract import Vault
from liuhen.engines.vault.disk import DiskVault
from liuhen.engines.vault.errors import VaultError
from liuhen.engines.vault.scrub import Condition, Finding
from liuhen.recordings import holdings, mending, vaults
from liuhen.recordings.holdings import Held
from liuhen.recordings.models import Damage, Recording, SecondStore, Store, StoredCopy

NAMED_IN_EVENT = 200
KEYS_AT_ONCE = 500
Tell = Callable[[int, int], None]


@dataclass
class Scrubbed:
    """`copies`: how many were read in the second copy; None: there is none. `away`: why it could
    not be read."""

    checked: int = 0
    problems: list[dict[str, str]] = field(default_factory=list)
    copies: int | None = None
    away: str = ""
    mended: int = 0


@dataclass
class Reading:
    """One store, what it is to hold, by key what is wrong with it, and what was noted of that."""

    store: Store
    vault: Vault
    rows: dict[str, Held]
    found: dict[str, str] = field(default_factory=dict)
    damages: dict[str, Damage] = field(default_factory=dict)

    @property
    def size_bytes(self) -> int:
        return sum(held.size_bytes for held in self.rows.values())


def scrub(
    *,
    sample: int | None,
    by: Actor | str,
    at: datetime,
    tell: Tell = lambda done, total: None,
) -> Scrubbed:
    """Re-hash all originals, or `sample` of them drawn anew each time, in both stores; the result
    is an event.

    Raises: StoreFailed, the first store's disk is not attached: nothing is said to be missing.
    """
    vaults.current().check_attached()
    rows = {held.key: held for held in drawn(sample)}
    result = Scrubbed(checked=len(rows))
    readings = [Reading(Store.FIRST, vaults.current(), rows), *second_of(rows, result)]
    total, done = sum(reading.size_bytes for reading in readings), 0
    for reading in readings:
        reading.found = unsound(reading, partial(tell_on, tell, done, total))
        done += reading.size_bytes
    if len(readings) > 1 and not second_of({}, result):
        readings.pop()  # it went away meanwhile: what it did not give is not missing
    if str(Condition.MISSING) in readings[0].found.values():
        vaults.current().check_attached()
    for reading in readings:
        note(reading, result, by=by, at=at)
    if len(readings) > 1:
        result.copies = len(readings[1].rows)
        result.mended = mend_all(readings[0], readings[1], by=by, at=at)
    with transaction.atomic():
        keep(result, sample, by=by, at=at)
    return result


def second_of(rows: dict[str, Held], result: Scrubbed) -> list[Reading]:
    """The second store with what of these it is to hold; none where it cannot be read."""
    try:
        second = vaults.second()
    except VaultError as away:
        result.away = away.reason
        return []
    return [Reading(Store.SECOND, second, copied_of(rows))] if second is not None else []


def copied_of(rows: dict[str, Held]) -> dict[str, Held]:
    keys = list(rows)
    found: dict[str, Held] = {}
    for first in range(0, len(keys), KEYS_AT_ONCE):
        some = StoredCopy.objects.filter(key__in=keys[first : first + KEYS_AT_ONCE])
        some = some.exclude(copied_at=None)
        found |= {key: rows[key] for key in some.values_list("key", flat=True)}
    return found


def unsound(reading: Reading, tell: Callable[[int], None]) -> dict[str, str]:
    found = {
        finding.key: str(finding.condition)
        for finding in read(reading, tell)
        if finding.condition is not Condition.OK
    }
    gone = disposed(reading.rows[key] for key in found)
    return {key: why for key, why in found.items() if reading.rows[key].subject not in gone}


def read(reading: Reading, tell: Callable[[int], None]) -> Iterator[Finding]:
    wanted = [(held.key, held.sha256) for held in reading.rows.values()]
    if not isinstance(reading.vault, DiskVault):
        return engine.scrub_remote(wanted, reading.vault)
    return engine.scrub(
        wanted,
        reading.vault.root,
        settings.LIUHEN_PROCESSES,
        past_cache=True,
        on_progress=lambda progress: tell(progress.done_bytes),
    )


def tell_on(tell: Tell, before: int, total: int, done: int) -> None:
    tell(before + done, total)


def disposed(some: Iterator[Held]) -> set[str]:
    """A long scrub may come upon what was disposed of since it began."""
    numbers = [held.subject.removeprefix("recording:") for held in some]
    rows = Recording.objects.filter(number__in=numbers, disposed_at__isnull=False)
    return {f"recording:{number}" for number in rows.values_list("number", flat=True)}


def note(reading: Reading, result: Scrubbed, *, by: Actor | str, at: datetime) -> None:
    """Each damage in the log, and what is whole again."""
    for key, problem in reading.found.items():
        held = reading.rows[key]
        reading.damages[key] = mending.note(reading.store, held, problem, by=by, at=at)
        kind, _colon, number = held.subject.partition(":")
        told = {kind: number, "vault_key": key, "problem": problem}
        is_first = reading.store == Store.FIRST
        result.problems.append(told if is_first else told | {"store": str(reading.store)})
    whole = reading.rows.keys() - reading.found.keys()
    mending.close_found_whole(reading.store, reading.vault, whole, by=by, at=at)


def mend_all(first: Reading, second: Reading, *, by: Actor | str, at: datetime) -> int:
    """What is damaged in one store and whole in the other; answers how many were mended."""
    mended = 0
    for broken, other in ((first, second), (second, first)):
        for key, damage in broken.damages.items():
            if key in second.rows and key not in other.found:
                held = broken.rows[key]
                why = mending.mend(damage, held, broken.vault, other.vault, by=by, at=at)
                mended += not why
    return mended


def keep(result: Scrubbed, sample: int | None, *, by: Actor | str, at: datetime) -> None:
    if result.copies is not None:
        SecondStore.objects.filter(retired_at=None).update(checked_at=at)
    log.record(
        Kind.SCRUB_FINISHED,
        subject="vault",
        by=by,
        at=at,
        checked=result.checked,
        sample=sample,
        problems=result.problems[:NAMED_IN_EVENT],
        problem_count=len(result.problems),
        copies=result.copies,
        away=result.away,
        mended=result.mended,
    )


def drawn(sample: int | None) -> list[Held]:
    """What to read."""
    rows = list(holdings.everything())
    if sample is None or sample >= len(rows):
        return rows
    return random.SystemRandom().sample(rows, sample)
