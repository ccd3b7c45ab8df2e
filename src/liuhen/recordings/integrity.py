"""Is a recording still what was sealed? One, all, or a sample."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from liuhen.custody import log, proofs
from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Actor
from liuhen.custody.models import CustodyEvent
from liuhen.engines.merkle.errors import EvidenceInvalid
from liuhen.engines.vault.digests import Digests, digest_file
from liuhen.engines.vault.errors import VaultError
from liuhen.recordings import disposing, holdings, vault_disk, vaults
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.models import Recording, StoredCopy

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Verdict:
    """What one verification found. `problem` is empty when all agrees."""

    number: str
    sha256: str
    sm3: str
    event_index: int | None
    checkpoint_size: int | None
    problem: str = ""

    @property
    def is_intact(self) -> bool:
        return not self.problem


def verify(recording: Recording, *, by: Actor | str, at: datetime) -> Verdict:
    """Read the original whole, compare both digests, prove the sealing event under a checkpoint.

    Refuses: Disposed.
    """
    disposing.check_kept(recording)
    verdict = verdict_on(recording)
    with transaction.atomic():
        log.record(
            Kind.RECORDING_VERIFIED,
            subject=f"recording:{recording.number}",
            by=by,
            at=at,
            intact=verdict.is_intact,
            problem=verdict.problem,
        )
    return verdict


def verdict_on(recording: Recording) -> Verdict:
    try:
        with vaults.current().open(recording.vault_key) as stored:
            digests = digest_file(stored.fileno())
    except (VaultError, OSError) as failed:
        problem = vault_disk.problem_of(failed)
        return Verdict(recording.number, recording.sha256, recording.sm3, None, None, problem)
    return prove(recording, digests)


def prove(recording: Recording, digests: Digests) -> Verdict:
    """`changed`: the bytes; `row_changed`: the row against the sealed event; `log_broken`."""
    sealed = proofs.event_of(f"recording:{recording.number}", Kind.RECORDING_SEALED)
    problem, size = "", None
    try:
        size = proofs.check(sealed).size
    except EvidenceInvalid:
        problem = "log_broken"
    facts = proofs.facts_of(sealed)
    if (facts["sha256"], facts["sm3"]) != (recording.sha256, recording.sm3):
        problem = problem or "row_changed"
    if (facts["sha256"], facts["sm3"]) != (digests.sha256, digests.sm3):
        problem = "changed"
    return Verdict(recording.number, digests.sha256, digests.sm3, sealed.index, size, problem)


def of_file(path: Path) -> tuple[Digests, Recording | None]:
    """The digests of any file, and the sealed recording with the same bytes if there is one."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        digests = digest_file(descriptor)
    finally:
        os.close(descriptor)
    return digests, Recording.objects.filter(sha256=digests.sha256).first()


def numbered(number: str) -> Recording:
    """Refuses: NoSuchRecording."""
    recording = Recording.objects.filter(number=number).first()
    if recording is None:
        raise NoSuchRecording(number=number)
    return recording


def audit() -> Iterator[Deviation]:
    """Log ↔ rows ↔ vault: each sealing event has its row and file, each of these its event; what
    has no file any more, the event that says it was to go."""
    yield from audit_rows()
    yield from audit_disposed()
    yield from audit_vault()
    yield from audit_second()


def audit_rows() -> Iterator[Deviation]:
    unseen = set(Recording.objects.values_list("number", flat=True))
    for event, row in with_rows(proofs.events_of_kind(Kind.RECORDING_SEALED)):
        if row is None:
            yield Deviation("recording.row_missing", event.subject, f"event {event.index}")
            continue
        unseen.discard(row.number)
        yield from compare(row, proofs.facts_of(event))
    for number in sorted(unseen):
        yield Deviation("recording.never_sealed", f"recording:{number}", "no sealing event")


def with_rows(
    events: Iterator[CustodyEvent],
) -> Iterator[tuple[CustodyEvent, Recording | None]]:
    """Each sealing event with the recording it names, many of them in one query."""
    while some := list(islice(events, ROWS_AT_ONCE)):
        numbers = [event.subject.removeprefix("recording:") for event in some]
        found = Recording.objects.filter(number__in=numbers).defer("examination", "search_text")
        rows = {row.number: row for row in found}
        yield from zip(some, map(rows.get, numbers), strict=True)


def compare(row: Recording, facts: dict[str, object]) -> Iterator[Deviation]:
    there = {
        "sha256": row.sha256,
        "sm3": row.sm3,
        "size": row.size_bytes,
        "vault_key": row.vault_key,
        "original_name_hex": bytes(row.original_name).hex(),
        "file_mtime_ns": str(row.file_mtime_ns),
    }
    for name, value in there.items():
        if facts[name] != value:
            yield Deviation(
                "recording.row_changed",
                f"recording:{row.number}",
                f"{name}: sealed {facts[name]}, now {value}",
            )


def audit_disposed() -> Iterator[Deviation]:
    """A row is marked as disposed of if and only if the log says so, and not that it stayed."""
    gone: set[str] = set()
    kinds = (Kind.RECORDING_LEAVING, Kind.RECORDING_SPARED)
    events = CustodyEvent.objects.filter(kind__in=kinds).order_by("index")
    for kind, subject in events.values_list("kind", "subject").iterator():
        (gone.add if kind == Kind.RECORDING_LEAVING else gone.discard)(subject)
    rows = Recording.objects.filter(disposed_at__isnull=False).order_by("pk")
    marked = {f"recording:{number}" for number in rows.values_list("number", flat=True)}
    for subject in sorted(marked - gone):
        yield Deviation("recording.disposed_unsaid", subject, "no event says it was to go")
    for subject in sorted(gone - marked):
        yield Deviation("recording.row_changed", subject, "the log says it went, the row does not")


def audit_vault() -> Iterator[Deviation]:
    """Presence and size of each original, and files nobody sealed. `scrub` reads the bytes."""
    vault = vaults.current()
    if not vault_disk.is_attached():
        yield Deviation("vault.not_attached", "vault", f"its disk is not at {vault.root}")
        return
    known: set[str] = set()
    for held in holdings.everything():
        known.add(held.key)
        try:
            there = vault.stat(held.key).size_bytes
        except VaultError:
            yield Deviation("vault.missing", held.subject, held.key)
            continue
        if there != held.size_bytes:
            yield Deviation(
                "vault.size_differs", held.subject, f"sealed {held.size_bytes}, now {there}"
            )
    for key in vault.keys():  # noqa: SIM118 (a vault is no dict)
        if key not in known:
            yield Deviation("vault.stray", key, "nothing was sealed under this name")


def audit_second() -> Iterator[Deviation]:
    """What the second copy is said to hold lies there, and nothing else does."""
    try:
        second = vaults.second()
        if second is None:
            return
        there = set(second.keys())
    except VaultError as away:
        yield Deviation("second_copy.away", "second_copy", away.reason)
        return
    for copy in StoredCopy.objects.exclude(copied_at=None).order_by("pk").iterator():
        if copy.key not in there:
            yield Deviation("second_copy.missing", copy.subject, copy.key)
        there.discard(copy.key)
    waiting = set(StoredCopy.objects.filter(copied_at=None).values_list("key", flat=True))
    for key in sorted(there - waiting):
        yield Deviation("second_copy.stray", key, "no copy of this name was made")
