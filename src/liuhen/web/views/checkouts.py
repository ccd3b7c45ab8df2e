"""使用台账: every use of a device, one's own, what is still out; to read, print and export."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.devices import ledger, signing
from liuhen.devices.models import Checkout
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.people.queries import units_of
from liuhen.recordings import queries as recordings
from liuhen.web import sheets
from liuhen.web.doors import needs, signed_in
from liuhen.web.forms.ledger import LedgerForm
from liuhen.web.ledger_text import lines_in_turn, lines_of, signed
from liuhen.web.pages import is_part, show
from liuhen.web.templatetags.screen import moment

OUT_A_PAGE = 100

SEEN = 24
"""Recordings shown on the page of one use; more are a search away."""


@signed_in
def ledger_page(request: HttpRequest) -> HttpResponse:
    """The bureau's, the unit's or one's own; to htmx only its results."""
    form = LedgerForm(request.user, request.GET)
    page = ledger.page(rows_of(request, form), request.GET.get("cursor"))
    part = is_part(request, "results")
    return show(
        request,
        "checkouts/results.html" if part else "checkouts/ledger.html",
        _("使用台账"),
        form=form,
        page=page,
        lines=lines_of(page.rows),
    )


def rows_of(request: HttpRequest, form: LedgerForm) -> QuerySet[Checkout]:
    return form.filters().apply(ledger.visible_to(request.user))


@signed_in
def print_ledger(request: HttpRequest) -> HttpResponse:
    """In the order of the days, as a book is kept; with lines to sign on."""
    form = LedgerForm(request.user, request.GET)
    rows = list(rows_of(request, form).order_by("handed_at", "pk")[: ledger.MOST_PRINTED + 1])
    return show(
        request,
        "checkouts/print.html",
        _("执法音像记录设备使用台账"),
        lines=lines_of(rows[: ledger.MOST_PRINTED]),
        is_cut=len(rows) > ledger.MOST_PRINTED,
        most=ledger.MOST_PRINTED,
        filters=form.filters(),
        printed_at=now(),
    )


@signed_in
def export_ledger(request: HttpRequest) -> HttpResponse:
    """What the filter bar shows, all pages of it, as Excel. Refuses: TooManyToExport."""
    form = LedgerForm(request.user, request.GET)
    rows = sheets.whole(rows_of(request, form).order_by("handed_at", "pk"))
    heads = (
        _("设备编号"), _("使用人员"), _("科室"), _("领出时间"), _("归还时间"), _("活动或案件"),
        _("记录内容"), _("状态"), _("领用确认"), _("归还确认"), _("发放人"), _("接收人"),
    )  # fmt: skip
    told = (
        (
            line.checkout.device.device_no,
            str(line.checkout.officer),
            line.checkout.unit.name if line.checkout.unit else "",
            moment(line.checkout.handed_at),
            moment(line.checkout.returned_at),
            line.checkout.task,
            line.content,
            line.state,
            signed(line.checkout.user_signed_at),
            signed(line.checkout.return_signed_at),
            line.checkout.handed_by.name,
            line.checkout.received_by.name if line.checkout.received_by else "",
        )
        for line in lines_in_turn(rows)
    )
    widths = (14, 22, 16, 20, 20, 28, 36, 12, 18, 18, 10, 10)
    return sheets.answer(_("设备使用台账"), heads, widths, told)


@needs(Permission.SEE_DEVICES, Permission.SEE_UNIT_DEVICES)
def devices_out(request: HttpRequest) -> HttpResponse:
    """What is still out, longest first."""
    return show(
        request,
        "checkouts/out.html",
        _("未归还设备"),
        page=Paginator(rows_out(request), OUT_A_PAGE).get_page(request.GET.get("page")),
        units=units_of(request.user.agency),
        unit=request.GET.get("unit", ""),
        today=in_china(now()).date(),
    )


def rows_out(request: HttpRequest) -> QuerySet[Checkout]:
    rows, unit = ledger.still_out(ledger.visible_to(request.user)), request.GET.get("unit", "")
    return rows.filter(unit_id=int(unit[:9])) if unit.isdecimal() else rows


@signed_in
def my_devices(request: HttpRequest) -> HttpResponse:
    """What one has out, and what one has still to sign for."""
    own = own_rows(request)
    page = ledger.page(own.exclude(returned_at=None), request.GET.get("cursor"))
    return show(
        request,
        "checkouts/mine.html",
        _("我的设备"),
        out=lines_of(ledger.still_out(own)),
        page=page,
        lines=lines_of(page.rows),
    )


def own_rows(request: HttpRequest) -> QuerySet[Checkout]:
    return ledger.of_agency(request.user.agency).filter(officer=request.user)


def checkout_of(request: HttpRequest, pk: int) -> Checkout:
    return get_object_or_404(ledger.visible_to(request.user), pk=pk)


@signed_in
def checkout_detail(request: HttpRequest, pk: int) -> HttpResponse:
    checkout = checkout_of(request, pk)
    seen = recordings.visible_to(request.user).filter(checkout=checkout).order_by("recorded_at")
    [line] = lines_of([checkout])
    return show(
        request,
        "checkouts/detail.html",
        _("%(no)s 领用记录") % {"no": checkout.device.device_no},
        checkout=checkout,
        line=line,
        check=getattr(checkout, "pre_use_check", None),
        readings=checkout.clock_readings.order_by("read_at"),
        recordings=seen.prefetch_related("findings").defer("examination")[:SEEN],
        owed=signing.owed(checkout) if checkout.officer_id == request.user.pk else [],
    )


@require_POST
@signed_in
def sign_checkout(request: HttpRequest, pk: int) -> HttpResponse:
    checkout = signing.sign(checkout_of(request, pk), by=request.user, at=now())
    messages.success(request, _("已确认 %(no)s。") % {"no": checkout.device.device_no})
    return redirect("web:my_devices")
