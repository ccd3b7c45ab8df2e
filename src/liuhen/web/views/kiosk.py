"""The counter: one field for the scanner decides whether a device goes out or comes back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.devices import checking, clocks, handing_out, ledger, queries
from liuhen.devices.clocks import Reading
from liuhen.devices.errors import ReadingStale
from liuhen.devices.mending_queries import open_ticket
from liuhen.devices.models import Checkout, Device
from liuhen.engines.media.clock_shots import Why
from liuhen.kernel.clock import in_china, now
from liuhen.kernel.refusal import Refusal
from liuhen.people.permissions import Permission
from liuhen.recordings import clock_setting, places, returning
from liuhen.regulations import current
from liuhen.web import clock_files
from liuhen.web.doors import needs
from liuhen.web.forms.kiosk import HandOutForm, ReturnForm, ScanForm
from liuhen.web.forms.look import refusals_on, with_article
from liuhen.web.pages import show
from liuhen.web.readings import offset_text, reading_of, token_of

OUT_SHOWN = 12
OFF_SECONDS = 60
"""From here on an offset is shown in red: two people's watches differ by less."""


@needs(Permission.MANAGE_DEVICES)
def kiosk(request: HttpRequest) -> HttpResponse:
    """The counter; `no` opens a device at once, as a scanned label's address does."""
    typed = request.GET.get("no", "")
    return page(request, panel_of(request, typed) if typed else {})


@needs(Permission.MANAGE_DEVICES)
def kiosk_panel(request: HttpRequest) -> HttpResponse:
    """What the scanned device asks for, for htmx."""
    panel = panel_of(request, request.GET.get("no", ""))
    return show(request, "kiosk/panel.html", opened=clock_files.opening(now()), **panel)


def page(request: HttpRequest, panel: dict[str, Any], status: int = 200) -> HttpResponse:
    out = ledger.still_out(ledger.of_agency(request.user.agency))
    return show(
        request,
        "kiosk/page.html",
        _("领用归还"),
        status=status,
        scan=ScanForm(initial={"no": request.GET.get("no", "")}),
        out=out[:OUT_SHOWN],
        opened=clock_files.opening(now()),
        today=in_china(now()).date(),
        **panel,
    )


def panel_of(request: HttpRequest, typed: str) -> dict[str, Any]:
    """The hand-out's form, the return's, or why neither."""
    try:
        device = queries.with_number(typed, request.user.agency)
        checkout = queries.open_checkout(device)
        if checkout:
            return returning_panel(request, checkout, ReturnForm(device))
        handing_out.check_ready(device)
    except Refusal as no:
        return {"refusal": no, "why": with_article(no)}
    return {"device": device, "form": HandOutForm(device, rules_of(device))}


def returning_panel(request: HttpRequest, checkout: Checkout, form: ReturnForm) -> dict[str, Any]:
    agency = request.user.agency
    return {
        "device": checkout.device,
        "checkout": checkout,
        "form": form,
        "cards": places.cards(agency),
        "roots": places.roots(agency),
    }


def rules_of(device: Device) -> Any:
    return current.rules(device.agency, in_china(now()).date())


def device_of(request: HttpRequest, pk: int) -> Device:
    rows = Device.objects.select_related("agency", "unit", "keeper")
    return get_object_or_404(rows, pk=pk, agency_id=request.user.agency_id)


@require_POST
@needs(Permission.MANAGE_DEVICES)
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    device = device_of(request, pk)
    form = HandOutForm(device, rules_of(device), request.POST)
    if form.is_valid():
        with refusals_on(form):
            made = handing_out.hand_out(device, form.hand_out(), by=request.user, at=now())
            said = {"no": device.device_no, "name": made.officer.name}
            messages.success(request, _("%(name)s 已领用设备 %(no)s。") % said)
            return redirect("web:kiosk")
    return page(request, {"device": device, "form": form}, status=422)


@require_POST
@needs(Permission.MANAGE_DEVICES)
def enter_check(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found is kept, whether or not anybody takes the device."""
    device = device_of(request, pk)
    form = HandOutForm(device, rules_of(device), request.POST)
    form.takes_nobody()
    if form.is_valid():
        with refusals_on(form):
            check = checking.enter(
                device, form.found(), reading=form.measured(), by=request.user, at=now()
            )
            told = _("合格") if check.is_passed else _("不合格")
            said = {"no": device.device_no, "result": told}
            messages.success(request, _("设备 %(no)s 的检查结果已登记：%(result)s。") % said)
            return redirect("web:kiosk")
    return page(request, {"device": device, "form": form}, status=422)


@require_POST
@needs(Permission.MANAGE_DEVICES)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Checkout.objects.select_related("device", "agency", "officer", "unit")
    checkout = get_object_or_404(rows, pk=pk, agency_id=request.user.agency_id)
    form = ReturnForm(checkout.device, request.POST)
    if form.is_valid():
        with refusals_on(form):
            card = form.cleaned_data["place"]
            batch = returning.take_back(
                checkout,
                form.given(),
                card=places.place_named(card) if card else None,
                clear_source=form.cleaned_data["clear_source"],
                by=request.user,
                at=now(),
            )
            tell_returned(request, checkout, batch)
            return redirect("web:kiosk")
    return page(request, returning_panel(request, checkout, form), status=422)


def tell_returned(request: HttpRequest, checkout: Checkout, batch: Any) -> None:
    said = _("%(name)s 已归还设备 %(no)s。") % {
        "no": checkout.device.device_no,
        "name": checkout.officer.name,
    }
    if ticket := open_ticket(checkout.device):
        way, words = reverse("web:repair", args=[ticket.pk]), _("已转报修，查看报修单")
        said = format_html('{} <a href="{}">{}</a>', said, way, words)
    if batch:
        way, words = reverse("web:batch", args=[batch.uid]), _("正在采集存储卡，查看进度")
        said = format_html('{} <a href="{}">{}</a>', said, way, words)
    messages.success(request, said)


@require_POST
@needs(Permission.MANAGE_DEVICES)
def read_clock(request: HttpRequest, pk: int) -> HttpResponse:
    """The moment this arrives is the moment the device showed what was typed."""
    device, at = device_of(request, pk), now()
    try:
        reading = clocks.typed(request.POST.get("shown", "")[:40], at=at)
    except Refusal as no:
        return show(request, "kiosk/reading.html", problem=no.text)
    return reading_shown(request, device, reading)


@require_POST
@needs(Permission.MANAGE_DEVICES)
def read_clock_file(request: HttpRequest, pk: int) -> HttpResponse:
    """From a photo or clip that the device made of the clock page, or of anything just now."""
    device, at = device_of(request, pk), now()
    sent = request.FILES.get("shot")
    if sent is None:
        return show(request, "kiosk/reading.html", problem=_("请选择照片或短片。"))
    if sent.size > clock_files.MOST_BYTES:
        return show(request, "kiosk/reading.html", problem=clock_files.TOO_LARGE)
    shown = clock_files.read(sent, token=request.POST.get("opened", ""), at=at)
    reading = clocks.from_shot(shown)
    if reading is None:
        why = clock_files.WHYS[shown.why or Why.UNREADABLE]
        return show(request, "kiosk/reading.html", problem=why)
    return reading_shown(request, device, reading)


@require_POST
@needs(Permission.MANAGE_DEVICES)
def set_clock(request: HttpRequest, pk: int) -> HttpResponse:
    """What was measured is kept, and that the clock was set right by it: whatever the device
    recorded until now is off by that much, not by what is measured next."""
    device = device_of(request, pk)
    try:
        reading = reading_of(device, request.POST.get("reading", ""))
        if reading is None:
            raise ReadingStale()
        clock_setting.set_right(device, reading, by=request.user, at=now())
    except Refusal as no:
        return show(request, "kiosk/reading.html", problem=no.text)
    return show(request, "kiosk/reading.html", is_set=True)


def reading_shown(request: HttpRequest, device: Device, reading: Reading) -> HttpResponse:
    return show(
        request,
        "kiosk/reading.html",
        device=device,
        token=token_of(device, reading),
        said=offset_text(reading.offset, reading.uncertainty),
        how=reading.method.label,
        is_off=reading.off_at_most > OFF_SECONDS,
    )
