"""What comes with a request from outside: the letter and the proof of identity, scanned in.

Kept as papers are, in the vault; shown with their request and nowhere else.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from django.db.models import QuerySet

from liuhen.access import reading
from liuhen.access import request_errors as errors
from liuhen.access.asking import FOR_OUTSIDERS, Outsider
from liuhen.access.models import Decision, Request, RequestState
from liuhen.access.states import OPEN
from liuhen.cases import documents
from liuhen.cases.documents import Paper
from liuhen.cases.models import Document, DocumentKind
from liuhen.cases.paper_errors import NoSuchDocument
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may

WITH_LETTER = (DocumentKind.LETTER, DocumentKind.IDENTITY)
"""What an organ shows where the regulation wants its letter; the second, whoever comes."""

REPLACED = "申请已补正，调阅单位、人员、文号或者证件有变更，原材料作废"
"""Why the papers of whoever it was for before count no more; kept with them."""


def add(
    request: Request,
    kind: DocumentKind,
    name: str,
    chunks: Iterable[bytes],
    *,
    by: Officer,
    at: datetime,
) -> Document:
    """Refuses: NoSuchRequest, NotPermitted, RequestMoved, PapersDecidedOn, and as
    `documents.add`."""
    request = reading.request_for(request.number, by, at=at)
    check_adds(request, by)
    title = f"{request.number} {DocumentKind(kind).label}"
    paper = Paper(kind, title, doc_no=request.letter_no, request_no=request.number)

    def recheck() -> None:
        check_adds(reading.as_it_stands(request, by), by)

    return documents.add(paper, name, chunks, by=by, at=at, recheck=recheck)


def check_adds(request: Request, by: Officer) -> None:
    """Who serves outsiders, as long as nobody has agreed: the next decides on what the first
    one saw. Refuses: NotPermitted, RequestMoved, PapersDecidedOn."""
    permissions.check(by, Permission.SERVE_OUTSIDERS)
    if request.state not in OPEN:
        raise errors.RequestMoved(state=request.get_state_display())
    if is_decided_on(request):
        raise errors.PapersDecidedOn()


def is_decided_on(request: Request) -> bool:
    """Whether somebody took a step of this round, which still goes on."""
    steps = request.steps.filter(round=request.round).exclude(decision=Decision.PENDING)
    return request.state == RequestState.ASKED and steps.exists()


def may_add(request: Request, by: Officer) -> bool:
    is_outside = request.kind in FOR_OUTSIDERS and request.agency_id == by.agency_id
    may_now = is_outside and request.state in OPEN and may(by, Permission.SERVE_OUTSIDERS)
    return may_now and not is_decided_on(request)


def forget_others(request: Request, to: Outsider, *, by: Officer, at: datetime) -> None:
    """Before a request is for somebody else or on another letter: what was scanned in of the
    former proves nothing. In the caller's transaction."""
    was = Outsider(request.person, request.organ, request.letter_no, request.identity)
    if was != to:
        for paper in papers_of(request):
            documents.withdraw(paper, reason=REPLACED, by=by, at=at)


def papers_of(request: Request) -> QuerySet[Document]:
    """Those that were not withdrawn, in the order in which they came."""
    rows = Document.objects.filter(
        agency_id=request.agency_id, request_no=request.number, withdrawn_at=None
    )
    return rows.select_related("added_by").order_by("added_at", "pk")


def open(request: Request, pk: int, *, by: Officer, at: datetime) -> tuple[Document, BinaryIO]:
    """For who sees the request; the look is in the log first.

    Refuses: NoSuchRequest, NoSuchDocument, PaperChanged.
    """
    request = reading.request_for(request.number, by, at=at)
    found = papers_of(request).filter(pk=pk).first()
    if found is None:
        raise NoSuchDocument()
    return documents.opened(found, by=by, at=at)


def lacking(request: Request) -> list[DocumentKind]:
    """What nobody has scanned in yet: the proof of identity of whoever comes, and the letter where
    the regulation wants one."""
    if request.kind not in FOR_OUTSIDERS:
        return []
    there = set(papers_of(request).values_list("kind", flat=True))
    wanted = WITH_LETTER if request.letter else (DocumentKind.IDENTITY,)
    return [kind for kind in wanted if kind not in there]


def check_complete(request: Request) -> None:
    """Refuses: LetterMissing."""
    if wanting := lacking(request):
        names = "、".join(str(kind.label) for kind in wanting)
        raise errors.LetterMissing(request.article, papers=names)
