"""Excerpts (节选): a stretch of a recording copied without loss, and said to be one.

They lie beside what can be made again: lost, a new extraction makes another.
"""

import contextlib
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from django.db import transaction

from liuhen.access import extraction_errors as errors
from liuhen.access import tasks
from liuhen.access.extraction import items_of, subject_of
from liuhen.access.models import Extraction, ExtractionItem, ExtractionState
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.engines.media.excerpts import Excerpt, cut
from liuhen.engines.vault.digests import Digests, digest_file
from liuhen.engines.vault.sha256 import sha256_file
from liuhen.recordings import derived, disposing, vaults

THOUSANDTH = Decimal("0.001")


def path_of(item: ExtractionItem) -> Path:
    """In the recording's own derived folder: it goes when the recording is disposed of."""
    return stem_of(item).with_name(f"{stem_of(item).name}.{item.suffix}")


def stem_of(item: ExtractionItem) -> Path:
    return derived.folder(item.recording) / f"{item.extraction.number}-{item.position}"


def cut_all(extraction: Extraction, *, at: datetime) -> None:
    """Cut what is not cut yet; then the package is ready, or it is said that it cannot be."""
    if extraction.state != ExtractionState.CUTTING:
        return
    for item in items_of(extraction):
        if disposing.is_disposed(item.recording):
            settle(extraction, ExtractionState.FAILED, at=at)
            return
        if item.is_excerpt and not item.sha256 and not cut_one(item, at=at):
            settle(extraction, ExtractionState.FAILED, at=at)
            return
    settle(extraction, ExtractionState.READY, at=at)


def cut_one(item: ExtractionItem, *, at: datetime) -> bool:
    """False: it cannot be cut without loss, nothing is there, or it was disposed of since."""
    recording = item.recording
    assert item.asked_from is not None
    assert item.asked_until is not None
    derived.folder(recording).mkdir(parents=True, exist_ok=True)
    made = cut(
        vaults.path(recording.vault_key),
        stem_of(item),
        since=item.asked_from,
        until=item.asked_until,
        name=bytes(recording.original_name),
    )
    if made is None:
        return False
    return enter(item, made, digests_of(made.path), at=at)


def digests_of(path: Path) -> Digests:
    with path.open("rb") as file:
        return digest_file(file.fileno())


@transaction.atomic
def enter(item: ExtractionItem, made: Excerpt, digests: Digests, *, at: datetime) -> bool:
    """What it holds and its digests, with the original's; of two workers, one enters it.

    False: the recording was disposed of while it was cut, and the file is dropped.
    """
    log.wait_for_turn()
    if disposing.is_disposed(item.recording):
        made.path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # other things lie there until they are removed
            made.path.parent.rmdir()
        return False
    held = {"held_from": seconds(made.since), "held_until": seconds(made.until)}
    known = {
        "suffix": made.path.suffix.lstrip("."),
        "size_bytes": digests.size_bytes,
        "sha256": digests.sha256,
        "sm3": digests.sm3,
    }
    if not ExtractionItem.objects.filter(pk=item.pk, sha256="").update(**held, **known):
        return True
    extraction, recording = item.extraction, item.recording
    facts = {"extraction": extraction.number, "recording": recording.number}
    facts |= {"from": str(held["held_from"]), "until": str(held["held_until"])}
    facts |= {"sha256": digests.sha256, "sm3": digests.sm3, "derived_from": recording.sha256}
    log.record(
        Kind.EVIDENCE_EXCERPT_CUT,
        subject=subject_of(extraction),
        by=log.SYSTEM,
        at=at,
        size=digests.size_bytes,
        **facts,
    )
    return True


@transaction.atomic
def settle(extraction: Extraction, state: ExtractionState, *, at: datetime) -> None:
    log.wait_for_turn()
    rows = Extraction.objects.filter(pk=extraction.pk, state=ExtractionState.CUTTING)
    if not rows.update(state=state):
        return
    is_done = state == ExtractionState.READY
    kind = Kind.EVIDENCE_EXCERPTS_READY if is_done else Kind.EVIDENCE_EXCERPTS_FAILED
    log.record_all([Act(kind, subject_of(extraction), log.SYSTEM, at)])
    if is_done:
        transaction.on_commit(lambda: tasks.file_note.enqueue(extraction.pk))


def seconds(exact: Fraction) -> Decimal:
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(THOUSANDTH)


def check_there(item: ExtractionItem) -> Path:
    """The excerpt's file as it was cut. Refuses: ExcerptLost."""
    path = path_of(item)
    try:
        if sha256_file(path) == item.sha256:
            return path
    except OSError:
        pass
    raise errors.ExcerptLost(recording=item.recording.number)
