"""记录完整性 by month, unit and matter, and 没有现场记录的案件, as Excel files."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.cases import completeness
from liuhen.kernel.clock import in_china, now
from liuhen.web.cells import called, day
from liuhen.web.doors import SEEING, needs
from liuhen.web.sheets import Column, book, listed, table, whole
from liuhen.web.views.coverage import VERDICTS, tables_of, year_of

CASES = (
    Column(_("案号"), 24, lambda case: case.case_no),
    Column(_("案件名称"), 40, lambda case: case.name),
    Column(_("科室"), 16, lambda case: called(case.unit)),
    Column(_("立案日期"), 12, lambda case: day(case.opened_date)),
    Column(_("结案日期"), 12, lambda case: day(case.closed_date)),
)


def figures_of(head: Any) -> tuple[Column, ...]:
    """What the rows are of, and a column for each verdict."""
    verdicts = (
        Column(one.label, 14, lambda row, n=n: row.figures[n].n) for n, one in enumerate(VERDICTS)
    )
    return (
        Column(head, 24, lambda row: row.name),
        *verdicts,
        Column(_("合计"), 10, lambda row: row.total),
        Column(_("达标（%）"), 10, lambda row: row.percent),
    )


@needs(*SEEING)
def export_coverage_figures(request: HttpRequest) -> FileResponse:
    """The year's."""
    at = now()
    year = year_of(request, in_china(at).date())
    tables = tables_of(completeness.figures(request.user, year, at=at))
    name = _("%(year)d年记录完整性") % {"year": year}
    return book(name, *(table(title, figures_of(head), rows) for title, head, rows in tables))


@needs(*SEEING)
def export_cases_missing(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = completeness.cases_without_recording(request.user).select_related("unit")
    return listed(_("没有现场记录的案件"), CASES, whole(rows.order_by("-added_at", "-pk")))
