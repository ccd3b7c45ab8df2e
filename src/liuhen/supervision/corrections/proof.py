"""整改材料: what shows that it was put right, kept in the vault as other papers are."""

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from django.db.models import QuerySet

from liuhen.cases import documents
from liuhen.cases.documents import Paper
from liuhen.cases.models import Document, DocumentKind
from liuhen.cases.paper_errors import NoSuchDocument
from liuhen.people.models import Officer
from liuhen.supervision.corrections import errors, seeing
from liuhen.supervision.corrections.states import Step, allows
from liuhen.supervision.models import Correction


def add(
    correction: Correction, name: str, chunks: Iterable[bytes], *, by: Officer, at: datetime
) -> Document:
    """By who has to put it right, before the report. Refuses: NoSuchCorrection, NotYours,
    CorrectionMoved, and as `documents.keep`."""

    def check() -> None:
        now = seeing.correction_for(correction.number, by)
        if not seeing.is_whose(now, by):
            raise errors.NotYours(who=now.officer.name if now.officer else f"{now.unit}负责人")
        if not allows(Step.SUBMIT, now.state):
            raise errors.CorrectionMoved(number=now.number, state=now.get_state_display())

    check()
    paper = Paper(DocumentKind.OTHER, f"{correction.number} 整改材料", request_no=correction.number)
    return documents.keep(paper, name, chunks, by=by, at=at, recheck=check)


def papers_of(correction: Correction) -> QuerySet[Document]:
    rows = Document.objects.filter(
        agency_id=correction.agency_id, request_no=correction.number, withdrawn_at=None
    )
    return rows.select_related("added_by").order_by("added_at", "pk")


def open(
    correction: Correction, pk: int, *, by: Officer, at: datetime
) -> tuple[Document, BinaryIO]:
    """For who sees the correction; the look is in the log first. Refuses: NoSuchCorrection,
    NoSuchDocument, PaperChanged."""
    now = seeing.correction_for(correction.number, by)
    found = papers_of(now).filter(pk=pk).first()
    if found is None:
        raise NoSuchDocument()
    return documents.opened(found, by=by, at=at)
