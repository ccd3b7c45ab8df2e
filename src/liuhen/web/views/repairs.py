"""报修: the list, reporting a fault, one ticket and its steps."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.devices import compensating, mending_queries
from liuhen.devices import repairs as operations
from liuhen.devices.mending_queries import BESIDE_TICKET, ticket_for
from liuhen.devices.mending_states import Step
from liuhen.devices.models import Device, RepairTicket
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.web import sheets
from liuhen.web.doors import needs, signed_in
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.mending import (
    TICKET_STATES,
    CloseForm,
    FaultForm,
    FilterForm,
    FinishForm,
    GiveUpForm,
    OpenCaseForm,
    TakeUpForm,
    at_minute,
)
from liuhen.web.mending_text import name, steps_of, ticket_no
from liuhen.web.pages import is_part, show
from liuhen.web.templatetags.screen import minute

PER_PAGE = 50


@signed_in
def repairs(request: HttpRequest) -> HttpResponse:
    """The bureau's, the unit's or one's own; to htmx only the results."""
    form = FilterForm(request.user, TICKET_STATES, request.GET)
    page = Paginator(rows_of(request, form), PER_PAGE).get_page(request.GET.get("page"))
    part = is_part(request, "results")
    return show(
        request,
        "mending/repair_rows.html" if part else "mending/repairs.html",
        _("报修"),
        form=form,
        page=page,
        tab="repairs",
    )


def rows_of(request: HttpRequest, form: FilterForm) -> Any:
    rows = mending_queries.tickets_for(request.user)
    return form.filters().tickets(rows).select_related(*BESIDE_TICKET)


@signed_in
def export_repairs(request: HttpRequest) -> HttpResponse:
    """What the filter bar shows, all pages of it, with the fields of the paper form.

    Refuses: TooManyToExport.
    """
    rows = rows_of(request, FilterForm(request.user, TICKET_STATES, request.GET))
    heads = (
        _("单号"), _("设备编号"), _("使用科室"), _("故障描述"), _("报修人"), _("报修时间"),
        _("原因诊断"), _("维修单位或人员"), _("配件"), _("费用（元）"), _("到达时间"),
        _("完成时间"), _("完成情况"), _("反馈"), _("状态"),
    )  # fmt: skip
    widths = (16, 14, 16, 36, 10, 17, 30, 20, 20, 12, 17, 17, 30, 30, 14)
    title = _("设备报修单") + f"-{in_china(now()):%Y%m%d}"
    told = map(line_of, sheets.whole(rows))
    return sheets.answer(title, heads, widths, told)


def line_of(ticket: RepairTicket) -> list[Any]:
    return [
        ticket_no(ticket),
        ticket.device.device_no,
        ticket.device.unit.name if ticket.device.unit else "",
        ticket.fault,
        name(ticket.reported_by),
        minute(ticket.reported_at),
        ticket.diagnosis,
        ticket.repairer,
        ticket.parts,
        ticket.cost,
        minute(ticket.arrived_at),
        minute(ticket.finished_at),
        ticket.outcome,
        ticket.feedback,
        str(ticket.get_state_display()),
    ]


@signed_in
def report_repair(request: HttpRequest, pk: int) -> HttpResponse:
    device = device_of(request, pk)
    operations.check_reports(device, request.user)
    form = FaultForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            ticket = operations.report(device, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("设备 %(no)s 已报修。") % {"no": device.device_no})
            return redirect("web:repair", ticket.pk)
    known = mending_queries.open_ticket(device)
    seen = mending_queries.tickets_for(request.user)
    return show(
        request,
        "mending/report_repair.html",
        _("设备报修"),
        status=422 if form.errors else 200,
        form=form,
        device=device,
        open_ticket=known,
        sees_it=known is not None and seen.filter(pk=known.pk).exists(),
    )


def device_of(request: HttpRequest, pk: int) -> Device:
    rows = Device.objects.select_related("unit", "keeper")
    return get_object_or_404(rows, pk=pk, agency_id=request.user.agency_id)


@signed_in
def repair(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, ticket_for(pk, request.user))


FORMS: dict[Step, type[Any]] = {
    Step.TAKE_UP: TakeUpForm,
    Step.FINISH: FinishForm,
    Step.GIVE_UP: GiveUpForm,
    Step.CLOSE: CloseForm,
}


def page_of(
    request: HttpRequest, ticket: RepairTicket, *, status: int = 200, **sent: Any
) -> HttpResponse:
    """One ticket with the forms of the steps this person may take; `sent`: those not accepted."""
    officer = request.user
    open_steps = [step for step in Step if may_take(step, ticket, officer)]
    initial = {"arrived_at": at_minute(now())}
    forms = {f"{step}_form": FORMS[step](initial=initial) for step in open_steps}
    if compensating.may_open(ticket.device, officer):
        user = ticket.checkout.officer_id if ticket.checkout else None
        told = {"officer": user, "story": ticket.fault}
        forms["case_form"] = OpenCaseForm(officer.agency, initial=told)
    return show(
        request,
        "mending/repair.html",
        _("报修单 %(no)s") % {"no": ticket_no(ticket)},
        status=status,
        ticket=ticket,
        steps=steps_of(ticket),
        cases=mending_queries.cases_for(officer).filter(ticket=ticket).select_related("officer"),
        **forms | sent,
    )


def may_take(step: Step, ticket: RepairTicket, officer: Any) -> bool:
    if step == Step.CLOSE:
        return operations.may_close(ticket, officer)
    return operations.may_handle(ticket, officer, step)


@signed_in
def print_repair(request: HttpRequest, pk: int) -> HttpResponse:
    """报修单, A4, with lines to sign on."""
    ticket = ticket_for(pk, request.user)
    return show(request, "mending/repair_print.html", _("设备报修单"), ticket=ticket)


@require_POST
@needs(Permission.HANDLE_REPAIRS)
def take_up_repair(request: HttpRequest, pk: int) -> HttpResponse:
    ticket, form = ticket_for(pk, request.user), TakeUpForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            operations.take_up(ticket, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("报修已受理。"))
            return redirect("web:repair", pk)
    return page_of(request, ticket, status=422, take_up_form=form)


@require_POST
@needs(Permission.HANDLE_REPAIRS)
def finish_repair(request: HttpRequest, pk: int) -> HttpResponse:
    ticket, form = ticket_for(pk, request.user), FinishForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            operations.finish(ticket, form.mended(), by=request.user, at=now())
            messages.success(request, _("已登记修好，请使用科室或设备管理员试用后反馈。"))
            return redirect("web:repair", pk)
    return page_of(request, ticket, status=422, finish_form=form)


@require_POST
@needs(Permission.HANDLE_REPAIRS)
def give_up_repair(request: HttpRequest, pk: int) -> HttpResponse:
    ticket, form = ticket_for(pk, request.user), GiveUpForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            operations.give_up(ticket, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已登记无法修复。设备可由设备管理员办理报废。"))
            return redirect("web:repair", pk)
    return page_of(request, ticket, status=422, give_up_form=form)


@require_POST
@signed_in
def close_repair(request: HttpRequest, pk: int) -> HttpResponse:
    ticket, form = ticket_for(pk, request.user), CloseForm(request.POST)
    if form.is_valid():
        operations.close(ticket, **form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("报修单已办结。"))
        return redirect("web:repair", pk)
    return page_of(request, ticket, status=422, close_form=form)


@require_POST
@needs(Permission.MANAGE_DEVICES, Permission.HANDLE_REPAIRS, Permission.DECIDE_COMPENSATION)
def open_compensation(request: HttpRequest, pk: int) -> HttpResponse:
    """A case about what this ticket says, against one person."""
    ticket = ticket_for(pk, request.user)
    form = OpenCaseForm(request.user.agency, request.POST)
    if form.is_valid():
        with refusals_on(form):
            about = {"checkout": ticket.checkout, "ticket": ticket}
            case = compensating.open_case(
                ticket.device, **form.cleaned_data, **about, by=request.user, at=now()
            )
            messages.success(request, _("已立案，请局领导作出决定。"))
            return redirect("web:compensation", case.pk)
    return page_of(request, ticket, status=422, case_form=form)
