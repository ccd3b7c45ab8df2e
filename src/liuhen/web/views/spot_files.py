"""抽查名册 as a file; 抽查登记表 to print, as PDF, as Excel, and blank."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from liuhen.engines.paper.registers import Register, register_pdf
from liuhen.kernel.clock import now
from liuhen.supervision import spot_queries as queries
from liuhen.supervision.models import SpotCheck
from liuhen.web import sheets
from liuhen.web import spot_papers as papers
from liuhen.web.doors import needs
from liuhen.web.pages import as_pdf, show
from liuhen.web.views.spot_checks import SEEING_CHECKS

EXCEL_WIDTHS, EXCEL_QUESTION, EXCEL_LAST = (6, 20, 36, 16, 18, 18), 10, (10, 40, 12)


@needs(*SEEING_CHECKS)
def frame(request: HttpRequest, number: str) -> HttpResponse:
    """Byte for byte what the announcement's digest was taken of."""
    found = queries.get_visible(number, request.user)
    answer = HttpResponse(bytes(found.frame), content_type="text/plain; charset=utf-8")
    name = papers.FRAME_FILE
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, name))
    return answer


def book_of(request: HttpRequest, number: str) -> tuple[SpotCheck, Register]:
    found = queries.get_visible(number, request.user)
    return found, papers.register_of(found, queries.lines_of(found, request.user))


@needs(*SEEING_CHECKS)
def printed(request: HttpRequest, number: str) -> HttpResponse:
    found, book = book_of(request, number)
    return show(
        request, "spot/print.html", book.title, register=book, found=found,
        facts=papers.facts_of(found), rule=papers.RULE, signs=papers.SIGNS,
        not_drawn=papers.NOT_DRAWN, commands=papers.commands_of(found),
    )  # fmt: skip


@needs(*SEEING_CHECKS)
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    _found, book = book_of(request, number)
    return as_pdf(register_pdf(book, at=now()), f"{papers.TITLE}-{number}.pdf")


@needs(*SEEING_CHECKS)
def blank(request: HttpRequest) -> HttpResponse:
    book = papers.blank_of(request.user.agency)
    return as_pdf(register_pdf(book, at=now()), f"{papers.TITLE}（空白）.pdf")


@needs(*SEEING_CHECKS)
def export(request: HttpRequest, number: str) -> HttpResponseBase:
    found, book = book_of(request, number)
    widths = (*EXCEL_WIDTHS, *(EXCEL_QUESTION,) * len(found.questions), *EXCEL_LAST)
    return sheets.answer(f"{papers.TITLE}-{number}", book.heads, widths, book.rows)
