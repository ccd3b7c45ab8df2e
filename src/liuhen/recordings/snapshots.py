"""A single picture taken out of a video, kept beside it; the original stays as it is.

The picture may be lost and taken again: which were taken, by whom, and their digests stand in the
log alone.
"""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from liuhen.custody import log, queries
from liuhen.custody.kinds import Kind
from liuhen.engines.media import frames
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.recordings import derived, errors, marks, vaults
from liuhen.recordings.models import MediaKind, Recording

JUMPED = "timestamp_jump"
"""A finding: the file's own clock leaps, so places are counted from the start (see renditions)."""


@dataclass(frozen=True)
class Snapshot:
    """`seconds`: where the picture stands in the recording, as its time stamp says."""

    sha256: str
    seconds: Decimal
    taken_at: datetime
    taken_by: str
    is_there: bool


def take(recording: Recording, seconds: Decimal, *, by: Officer, at: datetime) -> Snapshot:
    """Decode the picture shown at `seconds` in a sandboxed child, keep it, and say so in the log.

    Refuses: NoSuchRecording, NotYoursToMark, NoPictureThere.
    """
    now = marks.check_may_mark(recording, by)
    target = derived.folder(now)
    target.mkdir(parents=True, exist_ok=True)
    private = Path(tempfile.mkdtemp(prefix=derived.SNAPPING, dir=target))
    try:
        shot = picture_of(now, seconds, private)
        digest = hashlib.sha256(shot.path.read_bytes()).hexdigest()
        stands_at = Decimal(str(round(float(shot.seconds), 6)))
        keep(now, shot, digest, stands_at, by=by, at=at)
    finally:
        shutil.rmtree(private, ignore_errors=True)
    return Snapshot(digest, stands_at, at, by.name, True)


def picture_of(recording: Recording, seconds: Decimal, private: Path) -> frames.Shot:
    shot = None
    if recording.kind == MediaKind.VIDEO and seconds >= 0:
        shot = frames.take(
            vaults.path(recording.vault_key),
            private,
            at=seconds,
            name=bytes(recording.original_name),
            has_jumps=is_counted_through(recording),
        )
    if shot is None:
        raise errors.NoPictureThere(number=recording.number, seconds=seconds)
    return shot


def is_counted_through(recording: Recording) -> bool:
    """Whether what the player shows has its clock's leaps closed: a rendition, and it had some."""
    as_it_is = (recording.examination or {}).get("browser_playable")
    return not as_it_is and recording.findings.filter(code=JUMPED).exists()


@transaction.atomic
def keep(
    recording: Recording,
    shot: frames.Shot,
    digest: str,
    seconds: Decimal,
    *,
    by: Officer,
    at: datetime,
) -> None:
    log.wait_for_turn()
    now = marks.check_may_mark(recording, by)
    log.record(
        Kind.RECORDING_SNAPSHOT,
        subject=f"recording:{now.number}",
        by=by,
        at=at,
        seconds=str(seconds),
        sha256=digest,
        width=shot.width,
        height=shot.height,
    )
    # Within the transaction: one that fails leaves a file no event names, and that is never shown.
    shot.path.replace(path_of(now, digest))


def told(taken: Snapshot, url: str) -> dict[str, Any]:
    """As JSON values for the player; `url`: where it is, for whoever holds the ticket in it."""
    return {
        "sha256": taken.sha256,
        "seconds": float(taken.seconds),
        "by": taken.taken_by,
        "at": f"{in_china(taken.taken_at):%Y-%m-%d %H:%M:%S}",
        "url": url if taken.is_there else None,
    }


def path_of(recording: Recording, digest: str) -> Path:
    return derived.folder(recording) / f"snapshot-{digest[:32]}.jpg"


def taken_of(recording: Recording) -> list[Snapshot]:
    """Newest first, each picture once; one query."""
    found: dict[str, Snapshot] = {}
    for told in queries.history_of(f"recording:{recording.number}", kind=Kind.RECORDING_SNAPSHOT):
        facts, digest = told.facts, str(told.facts["sha256"])
        there = path_of(recording, digest).is_file()
        seconds = Decimal(facts["seconds"])
        found[digest] = Snapshot(digest, seconds, told.event.at, told.who, there)
    return list(found.values())[::-1]


def file_of(recording: Recording, digest: str) -> Path:
    """The picture, if an event names it and it is what was taken then. Refuses: NoSuchSnapshot."""
    path = path_of(recording, digest)
    named = any(one.sha256 == digest for one in taken_of(recording))
    if not named or not path.is_file():
        raise errors.NoSuchSnapshot()
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise errors.NoSuchSnapshot()
    return path
