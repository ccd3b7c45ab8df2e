"""The register of devices: the list, the same as an Excel file, a new one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from liuhen.devices import keepers, queries, register, sheet
from liuhen.engines.policy import answering
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.regulations import current
from liuhen.web import sheets
from liuhen.web.doors import needs
from liuhen.web.forms.devices import DeviceFilterForm, NewDeviceForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import is_part, show

PER_PAGE = 50
SEEING_DEVICES = (Permission.SEE_DEVICES, Permission.SEE_UNIT_DEVICES)


@needs(*SEEING_DEVICES)
def devices(request: HttpRequest) -> HttpResponse:
    """The list; to htmx only its results, under the same address."""
    form = DeviceFilterForm(request.user, request.GET)
    found = queries.for_list(form.filters().apply(queries.visible_to(request.user)))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    part = is_part(request, "results")
    return show(
        request,
        "devices/results.html" if part else "devices/list.html",
        _("设备管理"),
        form=form,
        page=page,
        **{} if part else asked_for(request),
    )


def asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the regulation asks of the register as a whole, and how it stands."""
    agency = request.user.agency
    rules = current.rules_if_any(agency, in_china(now()).date())
    keeper_each = answering.keeper_each(rules) if rules else None
    media = answering.collection_media(rules) if rules else None
    unkept = keepers.lacking(queries.visible_to(request.user)).count() if keeper_each else 0
    return {
        "keeper_each": keeper_each,
        "unkept": unkept,
        "collection": media,
        "lacks_collecting": bool(media) and not queries.collecting(agency).exists(),
    }


@needs(*SEEING_DEVICES)
def export(request: HttpRequest) -> HttpResponse:
    """The filtered list with its asset columns; the file's words are Chinese: it is passed on."""
    form = DeviceFilterForm(request.user, request.GET)
    found = queries.for_list(form.filters().apply(queries.visible_to(request.user)))
    rows = found.select_related("unit", "keeper", "first_responsible", "asset")
    heads, widths = (*sheet.HEADS, *sheet.MORE), (*sheet.WIDTHS, 12, 14)
    return sheets.answer("设备登记表", heads, widths, sheet.exported(rows.iterator()))


@needs(Permission.MANAGE_DEVICES)
def add_device(request: HttpRequest) -> HttpResponse:
    """`no`: a number that was scanned and is nobody's yet."""
    agency = request.user.agency
    offered = {"device_no": request.GET.get("no", "")[:50]}
    form = NewDeviceForm(agency, request.POST or None, initial=offered)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            number = form.cleaned_data["device_no"]
            device = register.enter(agency, number, form.facts(), by=request.user, at=now())
            messages.success(request, _("设备 %(no)s 已登记。") % {"no": device.device_no})
            return redirect("web:device", device.pk)
    return show(
        request,
        "devices/add.html",
        _("登记设备"),
        status=422 if form.errors else 200,
        form=form,
    )
