"""年度经费: a year's plan held against what was spent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.devices import budget as operations
from liuhen.devices import budget_queries
from liuhen.devices.budget_queries import YearTold
from liuhen.devices.models import BudgetLine, BudgetYear
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.budget import LineForm, SpendForm, YearForm, initial_of
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show


@needs(Permission.SEE_DEVICES)
def budget(request: HttpRequest) -> HttpResponse:
    return page_of(request, year_asked(request))


def year_asked(request: HttpRequest) -> int:
    """This year, where no other one is asked for."""
    this = in_china(now()).year
    form = YearForm(budget_queries.years_of(request.user.agency, this=this), request.GET)
    return (form.is_valid() and form.cleaned_data["year"]) or this


def page_of(
    request: HttpRequest, year: int, *, status: int = 200, spend_form: SpendForm | None = None
) -> HttpResponse:
    """`spend_form`: the one sent and not accepted, in place of an empty one."""
    agency = request.user.agency
    told = budget_queries.year_told(agency, year)
    years = budget_queries.years_of(agency, this=in_china(now()).year)
    empty = SpendForm(told.budget, initial={"spent_date": in_china(now()).date()})
    return show(
        request,
        "supply/budget.html",
        _("年度经费"),
        status=status,
        told=told,
        chart=chart_of(told),
        year_form=YearForm(years, initial={"year": year}),
        spend_form=spend_form or empty,
        can_spend=year <= in_china(now()).year,
    )


def chart_of(told: YearTold) -> dict[str, Any]:
    """The bars beside the table: per category what is planned and what was spent."""
    planned = [float(one.planned) for one in told.categories]
    actual = [float(one.actual) for one in told.categories]
    return {
        "names": [str(one.category.label) for one in told.categories],
        "series": [
            {"name": _("计划"), "values": planned, "colour": "secondary"},
            {"name": _("实际"), "values": actual, "colour": "azure"},
        ],
        "unit": _("元"),
    }


def to_year(year: int) -> HttpResponse:
    return redirect(f"{reverse('web:budget')}?year={year}")


@needs(Permission.MANAGE_BUDGET)
def add_budget_line(request: HttpRequest, year: int) -> HttpResponse:
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agency = request.user.agency
        with refusals_on(form):
            operations.add_line(agency, year, form.facts(), by=request.user, at=now())
            messages.success(request, _("计划项目已添加。"))
            return to_year(year)
    return line_page(request, form, year, _("添加计划项目"))


@needs(Permission.MANAGE_BUDGET)
def edit_budget_line(request: HttpRequest, pk: int) -> HttpResponse:
    line = line_of(request, pk)
    form = LineForm(request.POST or None, initial=initial_of(line))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            operations.change_line(line, form.facts(), by=request.user, at=now())
            messages.success(request, _("计划项目已保存。"))
            return to_year(line.budget.year)
    return line_page(request, form, line.budget.year, _("修改计划项目"))


def line_page(request: HttpRequest, form: LineForm, year: int, title: str) -> HttpResponse:
    status = 422 if form.errors else 200
    return show(request, "supply/budget_line.html", title, status=status, form=form, year=year)


def line_of(request: HttpRequest, pk: int) -> BudgetLine:
    rows = BudgetLine.objects.select_related("budget__agency")
    return get_object_or_404(rows, pk=pk, budget__agency_id=request.user.agency_id)


@require_POST
@needs(Permission.MANAGE_BUDGET)
def remove_budget_line(request: HttpRequest, pk: int) -> HttpResponse:
    line = line_of(request, pk)
    operations.remove_line(line, by=request.user, at=now())
    messages.success(request, _("计划项目已删除。"))
    return to_year(line.budget.year)


@require_POST
@needs(Permission.MANAGE_BUDGET)
def submit_budget(request: HttpRequest, year: int) -> HttpResponse:
    rows = BudgetYear.objects.select_related("agency")
    plan = get_object_or_404(rows, agency_id=request.user.agency_id, year=year)
    operations.submit(plan, by=request.user, at=now())
    messages.success(request, _("%(year)d 年度经费计划已上报。") % {"year": year})
    return to_year(year)


@require_POST
@needs(Permission.MANAGE_BUDGET)
def spend(request: HttpRequest, year: int) -> HttpResponse:
    agency = request.user.agency
    plan = BudgetYear.objects.filter(agency=agency, year=year).first()
    form = SpendForm(plan, request.POST)
    if form.is_valid():
        with refusals_on(form):
            operations.spend(agency, year, form.spent(), by=request.user, at=now())
            messages.success(request, _("支出已登记。"))
            return to_year(year)
    return page_of(request, year, status=422, spend_form=form)
