"""销毁清册 and 销毁证明 to print, as PDF and as Excel."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from liuhen.engines.paper.pdf import slip_pdf
from liuhen.engines.paper.registers import register_pdf
from liuhen.kernel.clock import now
from liuhen.retention import disposal_queries as queries
from liuhen.retention.disposal_queries import TAKING_PART
from liuhen.retention.models import DisposalList, DisposalState
from liuhen.web import disposal_papers as papers
from liuhen.web import sheets
from liuhen.web.doors import needs
from liuhen.web.pages import as_pdf, show


@needs(*TAKING_PART)
def printed(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    register = papers.register_of(found)
    return show(
        request,
        "disposal/print.html",
        register.title,
        register=register,
        found=found,
        signs=papers.signs_of(found),
        reason=papers.reason_of(found),
        state=papers.state_of(found),
    )


@needs(*TAKING_PART)
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    content = register_pdf(papers.register_of(found), at=now())
    return as_pdf(content, f"{papers.TITLE}-{number}.pdf")


@needs(*TAKING_PART)
def export(request: HttpRequest, number: str) -> FileResponse:
    found = queries.get_visible(number, request.user)
    copies = papers.copies_of(found)
    rows = (papers.cells_of(item, no, copies) for no, item in enumerate(papers.items_of(found), 1))
    name = f"{papers.TITLE}-{number}"
    return sheets.answer(name, papers.HEADS, papers.EXCEL_WIDTHS, rows)


@needs(*TAKING_PART)
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    found = executed(number, request)
    slip = papers.certificate_of(found)
    return show(request, "disposal/certificate.html", slip.title, slip=slip, found=found)


@needs(*TAKING_PART)
def certificate_pdf(request: HttpRequest, number: str) -> HttpResponse:
    slip = papers.certificate_of(executed(number, request))
    return as_pdf(slip_pdf(slip, at=now()), f"{slip.title}-{number}.pdf")


def executed(number: str, request: HttpRequest) -> DisposalList:
    """There is no certificate of what has not been done."""
    found = queries.get_visible(number, request.user)
    if found.state != DisposalState.DONE:
        raise Http404
    return found
