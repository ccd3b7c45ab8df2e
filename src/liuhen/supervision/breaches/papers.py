"""Papers of an inquiry, kept in the vault as other papers are, shown with it and nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import BinaryIO

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liuhen.cases import documents
from liuhen.cases.documents import Paper
from liuhen.cases.models import Document, DocumentKind
from liuhen.cases.paper_errors import NoSuchDocument
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer
from liuhen.supervision.breaches import course
from liuhen.supervision.breaches.sifting import check_handles
from liuhen.supervision.models import Breach


def add(
    breach: Breach, title: str, name: str, chunks: Iterable[bytes], *, by: Officer, at: datetime
) -> Document:
    """Refuses: NotPermitted, NoSuchBreach, Concerned, WordsMissing, BreachMoved, and as
    `documents.keep`."""
    check_handles(breach, by)
    said = course.words_of(title, field=_("材料名称"), most=100)
    course.hold(breach, Kind.BREACH_PAPER_KEPT)
    # The log tells what a paper is called: here its title stands with the step alone.
    bare = f"{breach.number}{PurePath(name).suffix.lower()}"
    paper = Paper(DocumentKind.OTHER, breach.number, request_no=breach.number)
    still = partial(course.hold, breach, Kind.BREACH_PAPER_KEPT)
    kept = documents.keep(paper, bare, chunks, by=by, at=at, recheck=still)
    with transaction.atomic():
        log.wait_for_turn()
        course.write(breach, Kind.BREACH_PAPER_KEPT, by=by, at=at, words=said, document=kept.pk)
    return kept


def papers_of(breach: Breach) -> QuerySet[Document]:
    rows = Document.objects.filter(
        agency_id=breach.agency_id, request_no=breach.number, withdrawn_at=None
    )
    return rows.select_related("added_by").order_by("added_at", "pk")


def titles_of(breach: Breach) -> dict[int, str]:
    """Document → what it was called when it was put in; none where a power cut lost the step."""
    steps = breach.steps.filter(kind=Kind.BREACH_PAPER_KEPT).order_by("n")
    return {step.facts["document"]: step.words for step in steps}


def open(breach: Breach, pk: int, *, by: Officer, at: datetime) -> tuple[Document, BinaryIO]:
    """For who sees the breach; the look is in the log first. Refuses: NoSuchDocument,
    PaperChanged."""
    found = papers_of(breach).filter(pk=pk).first()
    if found is None:
        raise NoSuchDocument()
    return documents.opened(found, by=by, at=at)
