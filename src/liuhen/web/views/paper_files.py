"""The papers as they are filed: an A4 page to print, and the same as PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from liuhen.cases import unrecorded_queries as queries
from liuhen.cases.models import Exemption, Interruption, StopReport
from liuhen.engines.paper.pdf import slip_pdf
from liuhen.kernel.clock import now
from liuhen.web.doors import SEEING, needs
from liuhen.web.pages import as_pdf, show
from liuhen.web.unrecorded_slips import slip_of
from liuhen.web.unrecorded_text import paper_no

TABLES: dict[str, type[Any]] = {
    "exemption": Exemption,
    "interruption": Interruption,
    "stop": StopReport,
}


@needs(*SEEING)
def printed(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    row = queries.one_for(pk, request.user, TABLES[kind])
    slip = slip_of(row)
    return show(request, "unrecorded/print.html", slip.title, slip=slip, row=row, kind=kind)


@needs(*SEEING)
def pdf(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    row = queries.one_for(pk, request.user, TABLES[kind])
    slip = slip_of(row)
    return as_pdf(slip_pdf(slip, at=now()), f"{slip.title}-{paper_no(row)}.pdf")
