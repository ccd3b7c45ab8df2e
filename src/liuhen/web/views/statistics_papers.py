"""月报和考核: tables of figures to read, take along as Excel, print and sign."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.engines.paper.registers import registers_pdf
from liuhen.kernel.clock import in_china, now
from liuhen.statistics import assessment, monthly_report, scopes
from liuhen.statistics.assessment import Assessment
from liuhen.statistics.monthly_report import Report
from liuhen.web import sheets, statistics_rows
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.statistics import StretchForm, WhoseForm
from liuhen.web.pages import as_pdf, show
from liuhen.web.statistics_text import ASSESSMENT, columns_for, row_of


def month_of(text: str, today: date) -> date:
    """「2026-11」; anything else is this month."""
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today
    return day if day.year >= 2000 else today


def report_for(request: HttpRequest) -> Report:
    at = now()
    scope = WhoseForm(scopes.widest(request.user), request.GET).scope
    day = month_of(request.GET.get("month", ""), in_china(at).date())
    return monthly_report.report(scope, day, at=at)


@needs(*SEEING)
def monthly(request: HttpRequest) -> HttpResponse:
    said = report_for(request)
    return show(
        request,
        "statistics/report.html",
        monthly_report.TITLE,
        parts=monthly_report.registers(said),
        month=f"{said.month.since:%Y-%m}",
    )


@needs(*SEEING)
def pdf_monthly(request: HttpRequest) -> HttpResponse:
    said = report_for(request)
    content = registers_pdf(monthly_report.registers(said), at=said.made_at)
    return as_pdf(content, f"{monthly_report.TITLE}-{said.month.since:%Y-%m}.pdf")


@needs(*SEEING)
def export_monthly(request: HttpRequest) -> HttpResponse:
    """The first table, the month as a whole, as Excel."""
    said = report_for(request)
    whole = monthly_report.whole_register(said)
    name = f"{monthly_report.TITLE}-{said.month.since:%Y-%m}"
    return sheets.answer(name, whole.heads, (8, 24, 10, 14, 14, 14, 30), whole.rows)


def assessment_for(request: HttpRequest) -> tuple[StretchForm, Assessment]:
    at = now()
    form = StretchForm(scopes.widest(request.user), request.GET)
    since, until = form.stretch(in_china(at).date())
    return form, assessment.assessment(form.scope, since, until, at=at)


@needs(*SEEING)
def assessed(request: HttpRequest) -> HttpResponse:
    """Each figure leads to the list it counts."""
    form, said = assessment_for(request)
    columns = columns_for(said.scope, ASSESSMENT)
    return show(
        request,
        "statistics/assessment.html",
        _("考核"),
        form=form,
        scope=said.scope,
        since=said.since,
        until=said.until,
        columns=columns,
        tables=[
            (title, [row_of(line, columns, said.since, said.until, said.scope) for line in some])
            for title, some in ((_("科室"), said.units), (_("执法人员"), said.officers))
            if some
        ],
    )


@needs(*SEEING)
def pdf_assessment(request: HttpRequest) -> HttpResponse:
    _form, said = assessment_for(request)
    content = registers_pdf(assessment.registers(said), at=said.made_at)
    return as_pdf(content, f"{assessment.TITLE}-{said.since:%Y%m%d}-{said.until:%Y%m%d}.pdf")


@needs(*SEEING)
def export_assessment(request: HttpRequest) -> HttpResponse:
    """Units first, then people: a unit's line has no unit of its own beside its name."""
    _form, said = assessment_for(request)
    columns = columns_for(said.scope, ASSESSMENT)
    heads = (_("名称"), _("科室"), *(column.excel_title for column in columns))
    widths = (20, 20, *[14] * len(columns))
    rows = statistics_rows.plain([*said.units, *said.officers], columns)
    name = _("考核") + f"-{said.since:%Y%m%d}-{said.until:%Y%m%d}"
    return sheets.answer(name, heads, widths, rows)
