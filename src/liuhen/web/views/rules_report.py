"""制度执行情况自查报告: the year's report by article, to read, print and take along."""

from django.http import HttpRequest, HttpResponse

from liuhen.engines.paper.registers import registers_pdf
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.statistics import article_report
from liuhen.statistics.article_report import Report
from liuhen.web import sheets
from liuhen.web.doors import needs
from liuhen.web.pages import as_pdf, show
from liuhen.web.views.rules import YEARS

EXCEL_WIDTHS = (12, 40, 60, 48, 40, 24)
LATE_EXCEL_WIDTHS = (12, 24, 20, 18, 18, 48)


def asked(request: HttpRequest) -> Report:
    """`?year=`; without one that can be read, the year it is in China."""
    at = now()
    said = request.GET.get("year", "")
    today = in_china(at).year
    year = int(said) if said.isdecimal() and int(said) in YEARS else today
    officer = request.user
    return article_report.report(officer.agency, min(year, today), at=at, reader=officer)


@needs(Permission.SEE_AGENCY_DUTIES)
def rule_report(request: HttpRequest) -> HttpResponse:
    said = asked(request)
    this_year = in_china(said.made_at).year
    return show(
        request,
        "rules/report.html",
        article_report.TITLE,
        report=said,
        signs=article_report.SIGNS,
        parts=[article_report.register_of(said), article_report.late_register(said)],
        years=range(this_year, max(said.agency.set_up_at.year, this_year - 10) - 1, -1),
    )


@needs(Permission.SEE_AGENCY_DUTIES)
def pdf_rule_report(request: HttpRequest) -> HttpResponse:
    said = asked(request)
    parts = [article_report.register_of(said), article_report.late_register(said)]
    return as_pdf(registers_pdf(parts, at=now()), f"{article_report.TITLE}-{said.year}.pdf")


@needs(Permission.SEE_AGENCY_DUTIES)
def export_rule_report(request: HttpRequest) -> HttpResponse:
    said = asked(request)
    rows = map(article_report.row_of, said.articles)
    return sheets.answer(f"自查报告{said.year}年", article_report.HEADS, EXCEL_WIDTHS, rows)


@needs(Permission.SEE_AGENCY_DUTIES)
def export_late(request: HttpRequest) -> HttpResponse:
    said = asked(request)
    rows = map(article_report.late_row, said.late)
    return sheets.answer(
        f"逾期办理事项{said.year}年", article_report.LATE_HEADS, LATE_EXCEL_WIDTHS, rows
    )
