"""A year's plan as Excel: the template, taking it in, what was wrong, the plan written out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from liuhen.devices import budget_queries, budget_table, tables
from liuhen.kernel.clock import now
from liuhen.people.filled import Row
from liuhen.people.permissions import Permission
from liuhen.web import kept_rows, sheets, table_import
from liuhen.web.doors import needs
from liuhen.web.table_import import Intake

ROWS = "budget_rows"


@never_cache
@needs(Permission.MANAGE_BUDGET)
def import_budget(request: HttpRequest, year: int) -> HttpResponse:
    def take_in(rows: list[Row]) -> str:
        agency = request.user.agency
        made = budget_table.take_in(agency, year, rows, by=request.user, at=now())
        return _("已导入计划项目 %(n)d 个。") % {"n": len(made)}

    return table_import.page(
        request,
        Intake(
            title=_("导入经费计划"),
            hint=_("导入到 %(year)d 年度，整表替换该年度尚未上报的计划项目。") % {"year": year},
            kept=ROWS,
            first_head=budget_table.NAME,
            most=budget_table.MOST_ROWS,
            back=f"{reverse('web:budget')}?year={year}",
            back_title=_("年度经费"),
            template_url=reverse("web:budget_template"),
            errors_url=reverse("web:budget_errors"),
            read=budget_table.read,
            check=budget_table.check,
            take_in=take_in,
        ),
    )


@needs(Permission.MANAGE_BUDGET)
def budget_template(request: HttpRequest) -> HttpResponse:
    return sheets.file(budget_table.template(), _("经费计划导入模板.xlsx"))


@never_cache
@needs(Permission.MANAGE_BUDGET)
def budget_errors(request: HttpRequest) -> HttpResponse:
    """The rows last sent in, each with what is wrong with it."""
    kept = kept_rows.kept(request, ROWS)
    if not kept:
        return redirect("web:budget")
    content = tables.with_faults(budget_table.TABLE, budget_table.check(kept))
    return sheets.file(content, _("经费计划导入错误说明.xlsx"))


@needs(Permission.SEE_DEVICES)
def export_budget(request: HttpRequest, year: int) -> HttpResponse:
    """The plan in the template's own shape."""
    told = budget_queries.year_told(request.user.agency, year)
    content = budget_table.written([one.line for one in told.lines])
    return sheets.file(content, _("%(year)d年度经费计划.xlsx") % {"year": year})
