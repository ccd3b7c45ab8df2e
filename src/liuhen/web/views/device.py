"""One device: what is registered of it, who answers for it, what happened to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from liuhen.access import own_log
from liuhen.custody import queries as custody
from liuhen.devices import passwords, queries, register, scrapping
from liuhen.devices.facts import asset_of
from liuhen.devices.models import NOT_CARRIED, Device, DeviceState
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission, may
from liuhen.regulations import current
from liuhen.web.devices_text import charges_of
from liuhen.web.doors import needs
from liuhen.web.forms.devices import DeviceFactsForm, DevicePasswordForm, ScrapForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show
from liuhen.web.views.devices import SEEING_DEVICES

NEWEST = 10
"""Rows of each kind on the page; the whole of them stands on lists of their own."""


@needs(*SEEING_DEVICES)
def device_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return device_page(request, queries.get_visible(pk, request.user))


def device_page(
    request: HttpRequest, device: Device, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """One device; `forms` are those sent and not accepted, in place of empty ones."""
    officer = request.user
    can_manage = may(officer, Permission.MANAGE_DEVICES)
    is_kept = device.state != DeviceState.SCRAPPED
    subject = register.subject_of(device)
    rules = current.rules_if_any(officer.agency, in_china(now()).date())
    used = used_lately(device)
    holder = next((one.officer for one in used["checkouts"] if one.returned_at is None), None)
    return show(
        request,
        "devices/detail.html",
        device.device_no,
        status=status,
        device=device,
        asset=asset_of(device),
        holder=holder,
        charges=charges_of(device, rules, holder),
        history=custody.history_of(subject, own_log.readable_by(officer)),
        can_manage=can_manage and is_kept,
        is_carried=device.kind not in NOT_CARRIED,
        can_scrap=can_manage and scrapping.may_scrap(device),
        can_show_password=bool(device.sealed_password) and passwords.may_show(device, officer),
        **used,
        **{"password_form": DevicePasswordForm()} | forms,
    )


def used_lately(device: Device) -> dict[str, Any]:
    """The newest few of its check-outs, checks, clock readings and repairs: a query each."""
    return {
        "checkouts": list(
            device.checkouts.select_related("officer", "unit", "handed_by", "received_by").order_by(
                "-handed_at", "-pk"
            )[:NEWEST]
        ),
        "checks": list(
            device.checks.select_related("checked_by").order_by("-checked_at", "-pk")[:NEWEST]
        ),
        "clock_readings": list(
            device.clock_readings.select_related("read_by").order_by("-read_at", "-pk")[:NEWEST]
        ),
        "repairs": list(
            device.repair_tickets.select_related("reported_by").order_by("-pk")[:NEWEST]
        ),
    }


@needs(Permission.MANAGE_DEVICES)
def edit_device(request: HttpRequest, pk: int) -> HttpResponse:
    device = queries.get_visible(pk, request.user)
    form = DeviceFactsForm(request.user.agency, request.POST or None, device=device)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            register.change(device, form.facts(), by=request.user, at=now())
            messages.success(request, _("设备 %(no)s 的信息已修改。") % {"no": device.device_no})
            return redirect("web:device", pk)
    return show(
        request,
        "devices/edit.html",
        _("修改设备信息"),
        status=422 if form.errors else 200,
        form=form,
        device=device,
    )


@needs(Permission.MANAGE_DEVICES)
def scrap_device(request: HttpRequest, pk: int) -> HttpResponse:
    device = queries.get_visible(pk, request.user)
    form = ScrapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            scrapping.scrap(device, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("设备 %(no)s 已报废。") % {"no": device.device_no})
            return redirect("web:device", pk)
    return show(
        request,
        "devices/scrap.html",
        _("设备报废"),
        status=422 if form.errors else 200,
        form=form,
        device=device,
    )


@sensitive_post_parameters()
@require_POST
@needs(Permission.MANAGE_DEVICES)
def set_password(request: HttpRequest, pk: int) -> HttpResponse:
    device, form = queries.get_visible(pk, request.user), DevicePasswordForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            passwords.keep(device, form.cleaned_data["password"], by=request.user, at=now())
            messages.success(request, _("设备口令已更新，并记入存证日志。"))
            return redirect("web:device", pk)
    # What was typed is not sent back.
    form.data = {}
    return device_page(request, device, status=422, password_form=form)


@require_POST
@never_cache
@needs(Permission.KEEP_PASSWORDS)
@sensitive_variables("password")
def show_password(request: HttpRequest, pk: int) -> HttpResponse:
    """In this one answer and nowhere else; the look is in the log before."""
    device = queries.get_visible(pk, request.user)
    password = passwords.show(device, by=request.user, at=now())
    return show(request, "devices/password.html", _("设备口令"), device=device, password=password)
