"""What the worker does for extractions. The task finds its subject and calls one operation."""

from django_tasks import task

from liuhen.kernel.clock import now


@task(queue_name="default")
def file_note(extraction_id: int) -> None:
    from liuhen.access import note_filing
    from liuhen.access.models import Extraction

    beside = ("agency", "case", "made_by__agency", "witness")
    found = Extraction.objects.select_related(*beside).get(pk=extraction_id)
    note_filing.file(found, at=now())


@task(queue_name="default", priority=5)
def cut(extraction_id: int) -> None:
    from liuhen.access import excerpts
    from liuhen.access.models import Extraction

    excerpts.cut_all(Extraction.objects.get(pk=extraction_id), at=now())
