"""What of a case or an activity goes on discs, named as the dossier names it."""

from dataclasses import dataclass

from liuhen.cases import documents
from liuhen.cases.dossier_files import DossierFile, footage_of, papers_of
from liuhen.cases.models import Activity, Case, Document
from liuhen.people.models import Officer
from liuhen.recordings import queries as recordings
from liuhen.recordings.models import Recording


@dataclass(frozen=True)
class Content:
    """One original, and whose row it is."""

    file: DossierFile
    recording: Recording | None = None
    document: Document | None = None
    derived_name: str = ""


def of(subject: Case | Activity, by: Officer, *, with_papers: bool) -> list[Content]:
    """As far as `by` sees it, in the order of the tree; without what is voided, withdrawn or
    disposed of."""
    seen = recordings.visible_to(by).filter(disposed_at=None)
    seen = seen.filter(activity_recording__activity__voided_at=None)
    papers = documents.documents_for(by).filter(withdrawn_at=None)
    if isinstance(subject, Case):
        seen = seen.filter(activity_recording__activity__case=subject)
        of_activities = papers.filter(activity__case=subject, activity__voided_at=None)
        papers = papers.filter(case=subject) | of_activities
    else:
        seen = seen.filter(activity_recording__activity=subject)
        papers = papers.filter(activity=subject)
    rows = {f"recording:{one.number}": one for one in seen.defer("examination")}
    found = [Content(one, recording=rows[one.subject]) for one in footage_of(seen)]
    if with_papers:
        kept = {f"document:{one.pk}": one for one in papers.distinct()}
        found += [Content(one, document=kept[one.subject]) for one in papers_of(papers.distinct())]
    return sorted(found, key=lambda one: one.file.path)
