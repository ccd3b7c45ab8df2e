"""遗失: the list, reporting a loss, one loss and its device found again."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.devices import losing, mending_queries
from liuhen.devices.mending_queries import BESIDE_LOSS, loss_for
from liuhen.devices.models import LossReport
from liuhen.devices.queries import open_checkout
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs, signed_in
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.mending import LOSS_STATES, FilterForm, FoundForm, LossForm, at_minute
from liuhen.web.pages import is_part, show
from liuhen.web.views.repairs import device_of

PER_PAGE = 50


@signed_in
def losses(request: HttpRequest) -> HttpResponse:
    form = FilterForm(request.user, LOSS_STATES, request.GET)
    page = Paginator(rows_of(request, form), PER_PAGE)
    part = is_part(request, "results")
    return show(
        request,
        "mending/loss_rows.html" if part else "mending/losses.html",
        _("遗失登记"),
        form=form,
        page=page.get_page(request.GET.get("page")),
        tab="losses",
    )


def rows_of(request: HttpRequest, form: FilterForm) -> QuerySet[LossReport]:
    rows: QuerySet[LossReport] = form.filters().losses(mending_queries.losses_for(request.user))
    return rows.select_related(*BESIDE_LOSS)


@signed_in
def report_loss(request: HttpRequest, pk: int) -> HttpResponse:
    device = device_of(request, pk)
    losing.check_reports(device, request.user)
    form = LossForm(request.POST or None, initial={"missed_at": at_minute(now())})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = losing.report(device, form.loss(), by=request.user, at=now())
            messages.success(request, _("设备 %(no)s 已登记遗失。") % {"no": device.device_no})
            return redirect("web:loss", made.pk)
    return show(
        request,
        "mending/report_loss.html",
        _("登记设备遗失"),
        status=422 if form.errors else 200,
        form=form,
        device=device,
        checkout=open_checkout(device),
    )


@signed_in
def loss(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, loss_for(pk, request.user), FoundForm())


def page_of(
    request: HttpRequest, found: LossReport, form: FoundForm, status: int = 200
) -> HttpResponse:
    officer: Any = request.user
    return show(
        request,
        "mending/loss.html",
        _("设备 %(no)s 遗失登记") % {"no": found.device.device_no},
        status=status,
        loss=found,
        found_form=form if losing.may_say_found(found, officer) else None,
        cases=mending_queries.cases_for(officer).filter(loss=found).select_related("officer"),
    )


@require_POST
@needs(Permission.MANAGE_DEVICES)
def found_device(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = loss_for(pk, request.user), FoundForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            losing.found(found, **form.cleaned_data, by=request.user, at=now())
            told = _("设备 %(no)s 已登记找回，可重新领用。")
            messages.success(request, told % {"no": found.device.device_no})
            return redirect("web:loss", pk)
    return page_of(request, found, form, status=422)
