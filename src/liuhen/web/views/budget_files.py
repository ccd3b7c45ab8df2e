"""A year's plan as Excel: the template, taking it in, what was wrong, the plan written out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from liuhen.devices import budget_queries, budget_table, tables
from liuhen.kernel.clock import now
from liuhen.people.filled import Row
from liuhen.people.permissions import Permission
from liuhen.web import kept_rows, sheets
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.people_import import ImportForm
from liuhen.web.pages import show
from liuhen.web.views.budget import to_year

ROWS = "budget_rows"


@never_cache
@needs(Permission.MANAGE_BUDGET)
def import_budget(request: HttpRequest, year: int) -> HttpResponse:
    agency, is_sent = request.user.agency, request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    rows: list[Row] = []
    if form.is_valid():
        with refusals_on(form):
            rows = budget_table.read(form.content())
            made = budget_table.take_in(agency, year, rows, by=request.user, at=now())
            kept_rows.keep(request, ROWS, [])
            messages.success(request, _("已导入计划项目 %(n)d 个。") % {"n": len(made)})
            return to_year(year)
    wrong = [one for one in budget_table.check(rows) if one.faults]
    kept_rows.keep(request, ROWS, rows if wrong else [])
    return show(
        request,
        "supply/import.html",
        _("导入经费计划"),
        status=422 if form.errors else 200,
        form=form,
        wrong=wrong,
        first_head=budget_table.NAME,
        back=f"{reverse('web:budget')}?year={year}",
        back_title=_("年度经费"),
        template_url=reverse("web:budget_template"),
        errors_url=reverse("web:budget_errors"),
        most=budget_table.MOST_ROWS,
        hint=_("导入到 %(year)d 年度，整表替换该年度尚未上报的计划项目。") % {"year": year},
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
