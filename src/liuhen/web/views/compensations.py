"""赔偿: the list, one case, deciding on it, and that it is paid."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.devices import compensating, mending_queries
from liuhen.devices.mending_queries import BESIDE_CASE, case_for
from liuhen.devices.mending_states import Ruling
from liuhen.devices.models import CompensationCase
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs, signed_in
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.mending import CASE_STATES, DecideForm, FilterForm, PaidForm, WaiveForm
from liuhen.web.mending_text import case_no, steps_of_case
from liuhen.web.pages import is_part, show

PER_PAGE = 50


@signed_in
def compensations(request: HttpRequest) -> HttpResponse:
    """The bureau's, the unit's or what one answers for oneself."""
    form = FilterForm(request.user, CASE_STATES, request.GET)
    page = Paginator(rows_of(request, form), PER_PAGE)
    part = is_part(request, "results")
    return show(
        request,
        "mending/case_rows.html" if part else "mending/cases.html",
        _("赔偿"),
        form=form,
        page=page.get_page(request.GET.get("page")),
        tab="compensations",
    )


def rows_of(request: HttpRequest, form: FilterForm) -> QuerySet[CompensationCase]:
    rows: QuerySet[CompensationCase] = form.filters().cases(mending_queries.cases_for(request.user))
    return rows.select_related(*BESIDE_CASE)


@signed_in
def compensation(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, case_for(pk, request.user))


def page_of(
    request: HttpRequest, case: CompensationCase, *, status: int = 200, **sent: Any
) -> HttpResponse:
    """One case with the forms of what this person may rule; `sent`: those not accepted."""
    officer = request.user
    forms = {"decide_form": lambda: DecideForm(case), "waive_form": WaiveForm,
             "pay_form": PaidForm}  # fmt: skip
    shown = {
        f"{ruling}_form": forms[f"{ruling}_form"]()
        for ruling in Ruling
        if compensating.may_rule(case, officer, ruling)
    }
    return show(
        request,
        "mending/case.html",
        _("赔偿事项 %(no)s") % {"no": case_no(case)},
        status=status,
        **facts_of(case),
        is_own=case.officer_id == officer.pk,
        **shown | sent,
    )


def facts_of(case: CompensationCase) -> dict[str, Any]:
    """Why this person answers, what the regulation asks for either way, and the price."""
    return {
        "case": case,
        "steps": steps_of_case(case),
        "answers": compensating.answers_for(case.agency, case.opened_at),
        "owed": compensating.owed(case, deliberate=False),
        "owed_if_deliberate": compensating.owed(case, deliberate=True),
        "price": compensating.full_price(case),
    }


@signed_in
def print_compensation(request: HttpRequest, pk: int) -> HttpResponse:
    """赔偿处理单, A4, with lines to sign on."""
    case = case_for(pk, request.user)
    return show(request, "mending/case_print.html", _("设备赔偿处理单"), **facts_of(case))


@require_POST
@needs(Permission.DECIDE_COMPENSATION)
def decide_compensation(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_for(pk, request.user)
    form = DecideForm(case, request.POST)
    if form.is_valid():
        compensating.check_rules(case, request.user, Ruling.DECIDE)
        with refusals_on(form):
            compensating.decide(case, **form.verdict(), by=request.user, at=now())
            messages.success(request, _("赔偿决定已登记，并记入存证日志。"))
            return redirect("web:compensation", pk)
    return page_of(request, case, status=422, decide_form=form)


@require_POST
@needs(Permission.DECIDE_COMPENSATION)
def waive_compensation(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = case_for(pk, request.user), WaiveForm(request.POST)
    if form.is_valid():
        compensating.waive(case, **form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("已登记不予赔偿。"))
        return redirect("web:compensation", pk)
    return page_of(request, case, status=422, waive_form=form)


@require_POST
@needs(Permission.MANAGE_BUDGET)
def pay_compensation(request: HttpRequest, pk: int) -> HttpResponse:
    case, form = case_for(pk, request.user), PaidForm(request.POST)
    if form.is_valid():
        compensating.paid(case, **form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("赔付已登记。"))
        return redirect("web:compensation", pk)
    return page_of(request, case, status=422, pay_form=form)
