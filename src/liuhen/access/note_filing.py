"""文字说明 among the case's papers, where the regulation wants it there (chengde-safety 21,
luohe-livestock 16)."""

from datetime import datetime

from django.utils import translation

from liuhen.access import package_note
from liuhen.access.extraction import items_of
from liuhen.access.models import Extraction, ExtractionState
from liuhen.cases import documents
from liuhen.cases.documents import Paper
from liuhen.cases.models import Document, DocumentKind
from liuhen.engines.policy import describing
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.regulations import current

TITLE = "音像资料提取文字说明"


def is_wanted(extraction: Extraction) -> bool:
    """By the rules of the day it was taken out."""
    rules = current.rules_if_any(extraction.agency, in_china(extraction.made_at).date())
    note = describing.evidence_note(rules) if rules else None
    return note is not None and note.into_case_file


def file(extraction: Extraction, *, at: datetime) -> Document | None:
    """The paper, of who took it out; None where none is wanted, or it was filed before. Done
    twice, it is filed once.

    Refuses: as `documents.add`; the extraction stands all the same.
    """
    if extraction.state != ExtractionState.READY or not is_wanted(extraction):
        return None
    if Document.objects.filter(case=extraction.case, doc_no=extraction.number).exists():
        return None
    with translation.override("zh-hans"):  # it goes to a court
        content = package_note.pdf(extraction, items_of(extraction))
    paper = Paper(
        DocumentKind.EVIDENCE,
        TITLE,
        doc_no=extraction.number,
        made_date=in_china(extraction.made_at).date(),
        case=extraction.case,
    )
    name = f"{extraction.number} {TITLE}.pdf"
    return documents.add(paper, name, [content], by=extraction.made_by, at=at)


def filed(extraction: Extraction, officer: Officer) -> Document | None:
    """As the officer sees it."""
    rows = documents.documents_for(officer).filter(case=extraction.case, withdrawn_at=None)
    return rows.filter(doc_no=extraction.number, kind=DocumentKind.EVIDENCE).first()
