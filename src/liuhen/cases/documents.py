"""Papers (文书材料): kept in the vault as recordings are, opened with an event, withdrawn by word.

Temp → intent row → link into the vault → row and event in one transaction → temp gone. Stopped
between any two steps, `cases.recovery` walks the same steps on.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Q, QuerySet

from liuhen.cases import case_files, paper_kinds, queries
from liuhen.cases import paper_errors as errors
from liuhen.cases.errors import ReasonBlank
from liuhen.cases.models import Activity, Case, Document, Party, StagedDocument
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.vault.digests import Digests
from liuhen.engines.vault.errors import KeyTaken, ReceiveFailed, StoreFull, VaultError
from liuhen.engines.vault.keys import PAPERS_FOLDER, vault_key
from liuhen.engines.vault.streaming import TooMuch, receive_stream
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.people.permissions import NotPermitted, Permission, permissions_of
from liuhen.people.spelling import seen
from liuhen.recordings import locks, vaults

MIB = 1 << 20
MOST_MIB = 100
"""A scanned case file of some hundred pages."""

LONGEST_NAME = 255
TEMP_MARK = "paper"
"""Begins a paper's temp's name: what recovery looks at first."""

WHOLE_DIGEST = 64


@dataclass(frozen=True)
class Paper:
    """What is said of a paper; it belongs to a case, an activity or a party, at least to one, or
    it came with what has that number in a room above: an access request, a breach."""

    kind: str
    title: str
    doc_no: str = ""
    made_date: date | None = None
    case: Case | None = None
    activity: Activity | None = None
    party: Party | None = None
    request_no: str | None = None


def add(
    paper: Paper,
    name: str,
    chunks: Iterable[bytes],
    *,
    by: Officer,
    at: datetime,
    recheck: Callable[[], None] = lambda: None,
) -> Document:
    """Keep a paper whose content comes as `chunks`; it is acknowledged once it is durable.

    `recheck` refuses in the log's turn, just before the row is written: an upload takes its time,
    and what allowed it may be over by then.

    Refuses: NotPermitted, NotYourCase, NoSuchActivity, NoSuchParty, PaperBelongsNowhere,
    PaperTooLarge, PaperEmpty, PaperUnknown, PaperMisnamed, PaperThere, PaperStoreFull,
    PaperNotStored.
    """
    check_may_add(paper, by)
    return keep(paper, name, chunks, by=by, at=at, recheck=recheck)


def keep(
    paper: Paper,
    name: str,
    chunks: Iterable[bytes],
    *,
    by: Officer,
    at: datetime,
    recheck: Callable[[], None] = lambda: None,
) -> Document:
    """The same of a paper whose caller has asked whether `by` may: a room above has its own rules.

    Refuses as `add`, but for who may.
    """
    uid = f"{TEMP_MARK}{uuid.uuid4().hex}"
    temp = temp_of(uid)
    with locks.held(uid), failures_told():
        arrived = receive_stream(chunks, temp, most_bytes=MOST_MIB * MIB)
        try:
            kind = paper_kinds.kind_of(temp, arrived.head, name)
            check_new(paper, arrived.digests.sha256)
        except BaseException:
            vaults.current().forget_temp(temp)
            raise
        facts = facts_of(paper, name, kind, arrived.digests)
        staged = stage(uid, facts, kind.suffixes[0], by=by, at=at)
        try:
            document = complete_if_fit(paper, staged, temp, recheck)
        except Refusal:
            staged.delete()
            vaults.current().forget_temp(temp)
            raise
        vaults.current().forget_temp(temp)
    return document


def temp_of(uid: str) -> Path:
    """Named as an intake's are, by what holds the lock: recovery leaves a living one alone."""
    return vaults.current().incoming / f"{uid}-0.part"


@contextmanager
def failures_told() -> Iterator[None]:
    try:
        yield
    except TooMuch:
        raise errors.PaperTooLarge(most=MOST_MIB) from None
    except StoreFull:
        raise errors.PaperStoreFull() from None
    except ReceiveFailed as failed:
        raise errors.PaperNotStored(reason=failed.reason) from failed


def check_may_add(paper: Paper, by: Officer) -> None:
    """Refuses: PaperBelongsNowhere, NotPermitted, NotYourCase, NoSuchActivity, NoSuchParty."""
    if not (paper.case or paper.activity or paper.party or paper.request_no):
        raise errors.PaperBelongsNowhere()
    granted = permissions_of(by)
    if not granted & {Permission.HANDLE_CASES, Permission.RECORD_ACTIVITIES}:
        raise NotPermitted()
    if paper.case:
        case_files.check_handles(paper.case, by)
    if paper.activity:
        queries.activity_for(paper.activity.number, by)
    if paper.party:
        queries.party_for(paper.party.pk, by)


def check_new(paper: Paper, sha256: str) -> None:
    """Refuses: PaperThere."""
    here = {
        "case": paper.case,
        "activity": paper.activity,
        "party": paper.party,
        "request_no": paper.request_no,
    }
    there = Document.objects.filter(sha256=sha256, withdrawn_at=None, **here).first()
    if there is not None:
        raise errors.PaperThere(title=there.title)


def facts_of(
    paper: Paper, name: str, kind: paper_kinds.PaperKind, digests: Digests
) -> dict[str, Any]:
    """The row's, as JSON."""
    return {
        "case_id": paper.case and paper.case.pk,
        "activity_id": paper.activity and paper.activity.pk,
        "party_id": paper.party and paper.party.pk,
        "request_no": paper.request_no,
        "kind": str(paper.kind),
        "title": seen(paper.title),
        "doc_no": seen(paper.doc_no),
        "made_date": paper.made_date and paper.made_date.isoformat(),
        "original_name": shown_name(name),
        "media_type": kind.media_type,
        "size_bytes": digests.size_bytes,
        "sm3": digests.sm3,
        "sha256": digests.sha256,
    }


def shown_name(name: str) -> str:
    """The file's own name, without folders and what nobody sees; its suffix stays."""
    bare = seen(name.replace("\\", "/").rsplit("/", 1)[-1]) or "文件"
    stem, dot, suffix = bare.rpartition(".")
    return bare if len(bare) <= LONGEST_NAME else f"{stem[: LONGEST_NAME - 10]}{dot}{suffix[:9]}"


@transaction.atomic
def stage(
    uid: str, facts: dict[str, Any], suffix: str, *, by: Officer, at: datetime
) -> StagedDocument:
    """The intent: what is about to stand in the vault, and where."""
    sha256 = facts.pop("sha256")
    label = f"{by.agency_id}-{facts['kind']}"
    key = vault_key(at=at, label=label, sha256=sha256, suffix=suffix, top=PAPERS_FOLDER)
    return StagedDocument.objects.create(
        uid=uid, facts=facts, sha256=sha256, vault_key=key, staged_at=at, staged_by=by
    )


@transaction.atomic
def complete_if_fit(
    paper: Paper, staged: StagedDocument, temp: Path, recheck: Callable[[], None]
) -> Document:
    """Of two who hand in the same at once, one does. Refuses: PaperThere, and as `recheck`."""
    log.wait_for_turn()
    recheck()
    check_new(paper, staged.sha256)
    return complete(staged, temp)


@transaction.atomic
def complete(staged: StagedDocument, temp: Path) -> Document:
    """Link the verified copy into the vault, then write row and event together."""
    log.wait_for_turn()
    link(staged, temp)
    return write_row(staged)


def link(staged: StagedDocument, temp: Path) -> None:
    try:
        vaults.current().put(temp, staged.vault_key)
    except KeyTaken:
        # Another file shares the digest's first digits and the second: name it by all of it.
        head, _dot, suffix = staged.vault_key.rpartition(".")
        stem = head.rpartition("_")[0]
        staged.vault_key = f"{stem}_{staged.sha256[:WHOLE_DIGEST]}.{suffix}"
        staged.save(update_fields=["vault_key"])
        vaults.current().put(temp, staged.vault_key)


@transaction.atomic
def write_row(staged: StagedDocument) -> Document:
    """For a paper whose bytes stand in the vault."""
    log.wait_for_turn()
    by, facts = staged.staged_by, staged.facts
    document = Document.objects.create(
        agency_id=by.agency_id,
        sha256=staged.sha256,
        vault_key=staged.vault_key,
        added_at=staged.staged_at,
        added_by=by,
        **facts,
    )
    activity = Activity.objects.filter(pk=facts["activity_id"]).first()
    log.record(
        Kind.DOCUMENT_ADDED,
        subject=subject_of(document),
        by=by,
        at=staged.staged_at,
        sha256=staged.sha256,
        vault_key=staged.vault_key,
        size=document.size_bytes,
        activity=activity and activity.number,
        request=document.request_no,
        **{"case": facts["case_id"], "party": facts["party_id"], "paper_kind": facts["kind"]},
        **{name: facts[name] for name in ("title", "doc_no", "original_name", "media_type", "sm3")},
    )
    staged.delete()
    return document


def subject_of(document: Document) -> str:
    return f"document:{document.pk}"


def documents_for(officer: Officer) -> QuerySet[Document]:
    """Papers of the cases, activities and parties one sees; not those of access requests."""
    rows = Document.objects.filter(agency_id=officer.agency_id, request_no=None)
    if Permission.SEE_AGENCY in permissions_of(officer):
        return rows
    return rows.filter(
        Q(case__in=queries.cases_for(officer).values("pk"))
        | Q(activity__in=queries.activities_for(officer).values("pk"))
        | Q(case=None, activity=None, party__in=queries.parties_for(officer).values("pk"))
    )


def document_for(pk: int, officer: Officer) -> Document:
    """Refuses: NoSuchDocument."""
    beside = ("agency", "case", "activity", "party", "added_by")
    found = documents_for(officer).select_related(*beside).filter(pk=pk).first()
    if found is None:
        raise errors.NoSuchDocument()
    return found


def open(pk: int, *, by: Officer, at: datetime) -> tuple[Document, BinaryIO]:
    """The paper and its bytes; the look is in the log before the first of them leaves.

    Refuses: NoSuchDocument, PaperChanged.
    """
    return opened(document_for(pk, by), by=by, at=at)


def opened(document: Document, *, by: Officer, at: datetime) -> tuple[Document, BinaryIO]:
    """The same of a paper that is known to be the officer's to see. Refuses: PaperChanged."""
    stored = stored_of(document)
    with transaction.atomic():
        log.record(Kind.DOCUMENT_OPENED, subject=subject_of(document), by=by, at=at)
    return document, stored


def stored_of(document: Document) -> BinaryIO:
    """Refuses: PaperChanged when nothing lies there."""
    try:
        return vaults.current().open(document.vault_key)
    except VaultError:
        raise errors.PaperChanged(title=document.title) from None


@transaction.atomic
def withdraw(document: Document, *, reason: str, by: Officer, at: datetime) -> None:
    """Put in by mistake: it stays in the vault and in the log, and counts no more.

    Refuses: NotPermitted, NotYourCase, NoSuchActivity, NoSuchParty, ReasonBlank, PaperWithdrawn.
    """
    log.wait_for_turn()
    document = Document.objects.select_related("case", "activity", "party").get(pk=document.pk)
    check_may_add(belonging_of(document), by)
    if not (reason := seen(reason)):
        raise ReasonBlank()
    # Compare-and-set: of two who withdraw it, one does.
    if not Document.objects.filter(pk=document.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason
    ):
        raise errors.PaperWithdrawn()
    log.record(Kind.DOCUMENT_WITHDRAWN, subject=subject_of(document), by=by, at=at, reason=reason)


def belonging_of(document: Document) -> Paper:
    return Paper(
        document.kind,
        document.title,
        case=document.case,
        activity=document.activity,
        party=document.party,
        request_no=document.request_no,
    )
