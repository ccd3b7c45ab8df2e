"""Take a card in: scan, copy while hashing, seal, acknowledge; file by file, to the end."""

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.vault.crew import Progress as Copied
from liuhen.engines.vault.errors import StoreFailed, StoreFull
from liuhen.engines.vault.pool import Job, receive_many
from liuhen.engines.vault.receiving import Received
from liuhen.recordings import clearing, locks, resuming, sealing, vaults
from liuhen.recordings.locks import temp_of
from liuhen.recordings.models import BatchState, IntakeBatch, IntakeItem, ItemState
from liuhen.recordings.names import shown
from liuhen.recordings.scanning import Found, scan

Clock = Callable[[], datetime]
ITEMS_AT_ONCE = 500
PAGE_INTERVAL = timedelta(seconds=1)
NAMED_IN_EVENT = 200
"""Unreadable files an event lists by name; the item rows have them all."""

LISTED_BYTES = 40_000
"""Of a list in an event, whose limit is 65,535 bytes (C2SP tlog-tiles): a thousand files named on
one command line, or unreadable names in Chinese, would pass it."""

Told = TypeVar("Told")


@dataclass
class Progress:
    """What a terminal or page is told: files and bytes, done and in all."""

    total_files: int = 0
    total_bytes: int = 0
    done_files: int = 0
    done_bytes: int = 0


@dataclass
class Watcher:
    """Passes progress on to whoever asked, and once a second to the batch's row for the page."""

    batch: IntakeBatch
    clock: Clock
    tell: Callable[[Progress], None]
    progress: Progress = field(default_factory=Progress)
    written_at: datetime | None = None

    def bytes_done(self, copied: Copied) -> None:
        self.progress.done_bytes = copied.done_bytes
        self.tell(self.progress)
        at = self.clock()
        if self.written_at is None or at - self.written_at >= PAGE_INTERVAL:
            self.written_at = at
            IntakeBatch.objects.filter(pk=self.batch.pk).update(done_bytes=copied.done_bytes)

    def file_done(self) -> None:
        self.progress.done_files += 1
        self.tell(self.progress)


def run(
    batch: IntakeBatch, *, clock: Clock, tell: Callable[[Progress], None] = lambda _: None
) -> IntakeBatch:
    """Take in what `batch` asks for. Running a batch again that is done changes nothing;
    one that a crash stopped goes on.

    Each file is acknowledged by its item becoming `sealed`, and only after its bytes, row and
    event are durable. A store that is full or failing stops the batch; everything else goes on
    to the end. What was staged by then, the next start's recovery seals.
    """
    with locks.held(batch.uid) as mine:
        # The lock first: a recovery that met a running batch nobody holds would close it.
        if not mine or not begin(batch, at=clock()):
            return batch
        on_card = list(scan(bytes(batch.roots).split(b"\0")))
        found = resuming.still_to_do(batch, on_card, clock=clock)
        watcher = Watcher(batch, clock, tell)
        items = write_down(batch, found, watcher, at=clock())
        problem = ""
        try:
            receive(batch, items, watcher, clock)
        except (StoreFull, StoreFailed) as failure:
            problem = "store_full" if isinstance(failure, StoreFull) else "store_failed"
        finish(batch, problem, at=clock())
    batch.refresh_from_db()
    return batch


def begin(batch: IntakeBatch, *, at: datetime) -> bool:
    ready = IntakeBatch.objects.filter(resuming.MAY_BEGIN, pk=batch.pk)
    return bool(ready.update(state=BatchState.RUNNING, started_at=at, problem=""))


@transaction.atomic
def write_down(
    batch: IntakeBatch, found: list[Found], watcher: Watcher, *, at: datetime
) -> list[tuple[IntakeItem, Found]]:
    """One row for each name before anything is copied; answers those to copy."""
    rows = [(item_of(batch, one), one) for one in found]
    IntakeItem.objects.bulk_create([item for item, _ in rows], batch_size=ITEMS_AT_ONCE)
    wanted = [(item, one) for item, one in rows if one.is_wanted]
    watcher.progress.total_files = len(wanted)
    watcher.progress.total_bytes = sum(one.size_bytes or 0 for _, one in wanted)
    IntakeBatch.objects.filter(pk=batch.pk).update(
        total_files=watcher.progress.total_files, total_bytes=watcher.progress.total_bytes
    )
    log.record(
        Kind.INTAKE_STARTED,
        subject=f"batch:{batch.uid}",
        by=batch.by,
        at=at,
        source=told(batch.source),
        sources=len(batch.source),
        device_no=batch.device_no,
        officer=batch.officer.officer_cert_no if batch.officer else None,
        files=len(wanted),
        clear_source=batch.clear_source,
    )
    return wanted


def item_of(batch: IntakeBatch, found: Found) -> IntakeItem:
    if found.is_wanted:
        state = ItemState.PENDING
    else:
        state = ItemState.LEFT_OUT if found.left_out else ItemState.UNREADABLE
    return IntakeItem(
        batch=batch,
        name=found.name,
        root_index=found.root_index,
        size_bytes=found.size_bytes,
        mtime_ns=found.mtime_ns,
        state=state,
        reason=found.reason,
        kind=found.kind,
        suffix=found.suffix,
    )


def receive(
    batch: IntakeBatch,
    rows: list[tuple[IntakeItem, Found]],
    watcher: Watcher,
    clock: Clock,
) -> None:
    """Copy in parallel; seal each file here as its copy arrives."""
    vaults.current().check_attached()
    by_key: dict[Hashable, tuple[IntakeItem, Found]]
    by_key = {item.pk: (item, found) for item, found in rows}
    jobs = [Job(item.pk, found.path, temp_of(item), found.size_bytes) for item, found in rows]
    results = receive_many(
        jobs, processes=settings.LIUHEN_PROCESSES, on_progress=watcher.bytes_done
    )
    for key, result in results:
        item, found = by_key[key]
        if isinstance(result, Received):
            sealed = sealing.seal(item, result, by=batch.by, at=clock())
            if batch.clear_source:
                clearing.clear(sealed, found.path, by=batch.by, at=clock())
        elif isinstance(result, StoreFull | StoreFailed):
            raise result
        else:
            sealing.give_up(item, result.reason)
        watcher.file_done()


@transaction.atomic
def finish(batch: IntakeBatch, problem: str, *, at: datetime) -> None:
    """Close the books: the counts and every unreadable name go into the log."""
    IntakeItem.objects.filter(batch=batch, state=ItemState.PENDING).update(
        state=ItemState.INTERRUPTED, reason=problem
    )
    unread = IntakeItem.objects.filter(
        batch=batch, state__in=[ItemState.UNREADABLE, ItemState.INTERRUPTED]
    )
    log.record(
        Kind.INTAKE_FINISHED,
        subject=f"batch:{batch.uid}",
        by=batch.by,
        at=at,
        problem=problem,
        counts=counts_of(batch),
        unreadable=told(named(unread.order_by("pk")[:NAMED_IN_EVENT])),
    )
    IntakeBatch.objects.filter(pk=batch.pk).update(
        state=BatchState.STOPPED if problem else BatchState.DONE,
        problem=problem,
        finished_at=at,
        done_bytes=F("done_bytes") if problem else F("total_bytes"),
    )


def named(items: Iterable[IntakeItem]) -> list[dict[str, str]]:
    return [{"name": shown(bytes(item.name))[:200], "reason": item.reason} for item in items]


def told(all_of_them: Sequence[Told]) -> list[Told]:
    """As many from the first on as an event has room for; how many there are stands beside."""
    sizes = accumulate(len(json.dumps(one, ensure_ascii=False).encode()) for one in all_of_them)
    return [one for one, size in zip(all_of_them, sizes, strict=True) if size <= LISTED_BYTES]


def counts_of(batch: IntakeBatch) -> dict[str, int]:
    """How many items stand in each state; every state is named, zero too."""
    rows = IntakeItem.objects.filter(batch=batch).values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(ItemState.values, 0) | dict(rows)
