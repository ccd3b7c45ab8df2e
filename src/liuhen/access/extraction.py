"""证据提取: recordings taken out as evidence of a case, with their note and all that proves them.

The package itself is put together when it is fetched (`packages`): originals straight from the
vault. Only an excerpt is made beforehand, by the worker (`excerpts`).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from liuhen.access import extraction_errors as errors
from liuhen.access import extraction_rights as rights
from liuhen.access import tasks
from liuhen.access.extraction_note import EvidenceNote, checked
from liuhen.access.models import Extraction, ExtractionItem, ExtractionState
from liuhen.cases import evidence, queries
from liuhen.cases.models import Case
from liuhen.custody import log, numbering
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.engines.policy import describing
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.people.queries import those_who_record
from liuhen.recordings import disposing
from liuhen.recordings import queries as recordings
from liuhen.recordings.models import MediaKind, Recording
from liuhen.regulations import current

MOST_PIECES = 50
"""Of one event: 50 with both digests are 12 KB of the 65,535 bytes an entry has."""

END_SLACK_SECONDS = Decimal(1)
"""A header's length is rounded to whole seconds."""


@dataclass(frozen=True)
class Piece:
    """A whole recording, or the stretch from `since` to `until`, seconds from its start."""

    recording: Recording
    since: Decimal | None = None
    until: Decimal | None = None

    @property
    def is_excerpt(self) -> bool:
        return self.since is not None or self.until is not None


@transaction.atomic
def make(
    pieces: Sequence[Piece],
    *,
    case: Case,
    note: EvidenceNote,
    witness: Officer | None,
    by: Officer,
    at: datetime,
) -> Extraction:
    """Take them out: each is an exhibit of the case from now on, and its history says so.

    Refuses: NothingToExtract, TooManyToExtract, ChosenTwice, NoSuchCase, NoSuchRecording, Disposed,
    NotYoursToExtract, NeedsApproval, NotOfThisCase, WitnessMissing, WitnessNotFit, NoteBlank,
    CopiesOutside, ExcerptOutside, NoExcerptOfPhoto.
    """
    check_pieces(pieces)
    log.wait_for_turn()
    case = queries.case_for(case.pk, by)
    chosen = [seen(piece, by) for piece in pieces]
    originals = [piece.recording for piece in chosen]
    basis = rights.check_may_extract(originals, case, by, at=at)
    witness = fit_witness(witness, by)
    check_stretches(chosen)
    rules = current.rules(case.agency, in_china(at).date())
    note = checked(note, describing.evidence_note(rules), originals)
    is_cut = any(piece.is_excerpt for piece in chosen)
    made = Extraction.objects.create(
        agency_id=case.agency_id,
        number=next_number(at),
        case=case,
        state=ExtractionState.CUTTING if is_cut else ExtractionState.READY,
        note=note.to_json(),
        made_by=by,
        witness=witness,
        made_at=at,
        **asdict(basis),
    )
    record(made, put(made, chosen), by=by, at=at)
    enter_exhibits(originals, case, note, by=by, at=at)
    go_on(made)
    return made


def go_on(made: Extraction) -> None:
    """What the worker does once it is committed: cut the excerpts, else file the note."""
    then = tasks.cut if made.state == ExtractionState.CUTTING else tasks.file_note
    transaction.on_commit(lambda: then.enqueue(made.pk))


def enter_exhibits(
    recordings: Sequence[Recording], case: Case, note: EvidenceNote, *, by: Officer, at: datetime
) -> None:
    for one in recordings:
        evidence.enter(one, case, proves=note.proves, by=by, at=at)


def check_pieces(pieces: Sequence[Piece]) -> None:
    """Refuses: NothingToExtract, TooManyToExtract, ChosenTwice."""
    if not pieces:
        raise errors.NothingToExtract()
    if len(pieces) > MOST_PIECES:
        raise errors.TooManyToExtract(most=MOST_PIECES)
    keys: set[int] = set()
    for piece in pieces:
        if piece.recording.pk in keys:
            raise errors.ChosenTwice(recording=piece.recording.number)
        keys.add(piece.recording.pk)


def seen(piece: Piece, by: Officer) -> Piece:
    """With the recording as it stands. Refuses: NoSuchRecording, Disposed."""
    now = recordings.get_visible(piece.recording.number, by)
    disposing.check_kept(now)
    return Piece(now, piece.since, piece.until)


def fit_witness(witness: Officer | None, by: Officer) -> Officer:
    """Two take evidence out, none of them an administrator. Refuses: WitnessMissing,
    WitnessNotFit."""
    if witness is None:
        raise errors.WitnessMissing()
    if not witnesses(by).filter(pk=witness.pk).exists():
        raise errors.WitnessNotFit(name=witness.name)
    return witness


def witnesses(by: Officer) -> QuerySet[Officer]:
    """Who may be the second: the bureau's people, but oneself and the administrators."""
    return those_who_record(by.agency).exclude(pk=by.pk)


def check_stretches(pieces: Sequence[Piece]) -> None:
    """Refuses: ExcerptOutside, NoExcerptOfPhoto."""
    for piece in pieces:
        check_stretch(piece)


def check_stretch(piece: Piece) -> None:
    """Refuses: NoExcerptOfPhoto, ExcerptOutside."""
    if not piece.is_excerpt:
        return
    recording = piece.recording
    if recording.kind == MediaKind.PHOTO:
        raise errors.NoExcerptOfPhoto(recording=recording.number)
    since, until, length = piece.since, piece.until, recording.duration_seconds
    if since is None or until is None or not 0 <= since < until:
        raise errors.ExcerptOutside(recording=recording.number)
    if length is not None and until > length + END_SLACK_SECONDS:
        raise errors.ExcerptOutside(recording=recording.number)


def next_number(at: datetime) -> str:
    """`ZJ-2026-000001`: the year and a count without holes; the log's turn is held."""
    return numbering.next_number(f"ZJ-{in_china(at).year}-", Extraction)


def put(made: Extraction, pieces: Sequence[Piece]) -> list[ExtractionItem]:
    items = [item_of(made, n, piece) for n, piece in enumerate(pieces, 1)]
    ExtractionItem.objects.bulk_create(items)
    return items


def item_of(made: Extraction, position: int, piece: Piece) -> ExtractionItem:
    """An original goes out as it is, so what goes out is known; an excerpt is still to be cut."""
    known = piece.recording
    item = ExtractionItem(
        extraction=made,
        recording=known,
        position=position,
        asked_from=piece.since,
        asked_until=piece.until,
        suffix=known.suffix.lstrip(".") or "bin",
    )
    if not piece.is_excerpt:
        item.size_bytes, item.sha256, item.sm3 = known.size_bytes, known.sha256, known.sm3
    return item


def subject_of(extraction: Extraction) -> str:
    return f"extraction:{extraction.number}"


def record(made: Extraction, items: Sequence[ExtractionItem], *, by: Officer, at: datetime) -> None:
    """One event of the extraction, one in each recording's own history."""
    subject = subject_of(made)
    told: dict[str, Any] = {
        "case": made.case_id,
        "case_no": made.case.case_no,
        "witness": log.describe(made.witness),
        "note": made.note,
        "items": [told_of(item) for item in items],
        "pack": made.pack_id,
        "article": made.article,
        "requests": made.requests,
    }
    acts = [Act(Kind.EVIDENCE_EXTRACTED, subject, by, at, told)]
    for item in items:
        facts = {"extraction": made.number, "case_no": made.case.case_no} | told_of(item)
        acts.append(Act(Kind.RECORDING_EXTRACTED, item_subject(item), by, at, facts))
    log.record_all(acts)


def item_subject(item: ExtractionItem) -> str:
    return f"recording:{item.recording.number}"


def told_of(item: ExtractionItem) -> dict[str, str]:
    """Of an excerpt the stretch; of an original its digests."""
    facts = {"recording": item.recording.number}
    if item.is_excerpt:
        return facts | {"from": str(item.asked_from), "until": str(item.asked_until)}
    return facts | {"sha256": item.sha256, "sm3": item.sm3}


def extractions_for(officer: Officer) -> QuerySet[Extraction]:
    """Those of the cases one sees, but where anything taken out is kept secret from one: the
    note tells what it shows."""
    secret = ExtractionItem.objects.filter(recordings.hides(officer), extraction=OuterRef("pk"))
    rows = Extraction.objects.filter(~Exists(secret), agency_id=officer.agency_id)
    return rows.filter(case__in=queries.cases_for(officer).values("pk"))


def extraction_for(number: str, officer: Officer) -> Extraction:
    """Refuses: NoSuchExtraction, alike for what is not there and what is not shown."""
    if "\0" in number:  # PostgreSQL takes none even to compare
        raise errors.NoSuchExtraction()
    beside = ("agency", "case", "made_by", "witness")
    rows = extractions_for(officer).select_related(*beside)
    found = rows.filter(number=number).first()
    if found is None:
        raise errors.NoSuchExtraction()
    return found


def numbered(number: str) -> Extraction:
    """For the command, which asks nobody's permission. Refuses: NoSuchExtraction."""
    rows = Extraction.objects.select_related("agency", "case", "made_by", "witness")
    found = rows.filter(number=number).first()
    if found is None:
        raise errors.NoSuchExtraction()
    return found


def items_of(extraction: Extraction) -> list[ExtractionItem]:
    rows = ExtractionItem.objects.filter(extraction=extraction).order_by("position")
    return list(rows.select_related("recording__officer", "recording__device"))
