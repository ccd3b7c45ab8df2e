"""窗口监控: the cameras at service windows, how they are recorded, and when they were not."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from liuhen.devices import windows as cameras_of
from liuhen.devices.models import Device, WindowCamera
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings import window_states
from liuhen.recordings import windows as operations
from liuhen.web import sheets, windows_text
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.windows import GapFilterForm, Span, SwitchForm, WindowForm
from liuhen.web.pages import is_part, show
from liuhen.web.templatetags.screen import moment
from liuhen.web.windows_text import STATES, ToldGap

PER_PAGE = 50
SEEING = (Permission.SEE_DEVICES, Permission.MANAGE_DEVICES)


@needs(*SEEING)
def cameras(request: HttpRequest) -> HttpResponse:
    """All fixed cameras; to htmx, every few seconds, the table alone."""
    at = now()
    rows = window_states.of_agency(request.user.agency, at=at)
    return show(
        request,
        "windows/rows.html" if is_part(request, "cameras") else "windows/list.html",
        _("窗口监控"),
        rows=[(row, *STATES[row.state], row.gap and ToldGap(row.gap, at)) for row in rows],
        may_manage=may_manage(request),
        tab="windows",
    )


def may_manage(request: HttpRequest) -> bool:
    return Permission.MANAGE_DEVICES in permissions_of(request.user)


def device(request: HttpRequest, pk: int) -> tuple[Device, WindowCamera | None]:
    rows = cameras_of.can_be_set_up(request.user.agency)
    found = get_object_or_404(rows, pk=pk)
    return found, getattr(found, "window", None)


@sensitive_post_parameters()
@needs(Permission.MANAGE_DEVICES)
def camera(request: HttpRequest, pk: int) -> HttpResponse:
    found, window = device(request, pk)
    form = WindowForm(window, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            operations.set_up(found, **form.facts(), by=request.user, at=now())
            told = _("摄像机 %(no)s 的窗口监控已保存。")
            messages.success(request, told % {"no": found.device_no})
            return redirect("web:windows")
    return page(request, found, window, form)


def page(
    request: HttpRequest,
    found: Device,
    window: WindowCamera | None,
    form: WindowForm,
    **tested: Any,
) -> HttpResponse:
    return show(
        request,
        "windows/camera.html",
        _("设置窗口监控"),
        status=422 if form.errors else 200,
        device=found,
        camera=window,
        form=form,
        **tested,
    )


@sensitive_post_parameters()
@require_POST
@needs(Permission.MANAGE_DEVICES)
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Call the camera with what stands in the form; nothing is saved."""
    found, window = device(request, pk)
    form = WindowForm(window, request.POST)
    tested: dict[str, Any] = {}
    if form.is_valid() and form.cleaned_data["source"] == "stream":
        with refusals_on(form):
            said = form.cleaned_data
            address, password = said["address"], said["password"]
            seen = operations.try_out(found, address=address, password=password, by=request.user)
            tested = told(seen)
    if is_part(request, "tested"):
        return show(request, "windows/tested.html", form=form, **tested)
    return page(request, found, window, form, **tested)


def told(seen: dict[str, Any]) -> dict[str, Any]:
    if "lost" in seen:
        return {"problem": windows_text.lost_text(str(seen["lost"]))}
    return {"seen": windows_text.seen_text(seen), "left_out": windows_text.left_out_text(seen)}


@require_POST
@needs(Permission.MANAGE_DEVICES)
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    found, window = device(request, pk)
    form = SwitchForm(request.POST)
    if window is None or not form.is_valid():
        raise BadRequest("on must be 0 or 1, for a camera that is set up")
    on = form.cleaned_data["on"] == "1"
    cameras_of.switch(window, on=on, by=request.user, at=now())
    said = _("摄像机 %(no)s 已启用。") if on else _("摄像机 %(no)s 已停用，停用期间不录制。")
    messages.success(request, said % {"no": found.device_no})
    return redirect("web:windows")


@needs(*SEEING)
def gaps(request: HttpRequest) -> HttpResponse:
    at = now()
    form = GapFilterForm(request.user.agency, in_china(at).date(), request.GET)
    rows = Paginator(form.gaps(), PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "windows/gap_results.html" if is_part(request, "results") else "windows/gaps.html",
        _("中断记录"),
        form=form,
        page=rows,
        rows=[ToldGap(gap, at) for gap in rows],
        span=form.span(),
        beside=beside(form.span(), in_china(at).date()),
        tab="gaps",
    )


def beside(span: Span, today: date) -> tuple[date, date | None] | None:
    """The day before and the day after, where one day is shown; none after today."""
    if span.first != span.last:
        return None
    after = span.first + timedelta(days=1)
    return span.first - timedelta(days=1), after if after <= today else None


@needs(*SEEING)
def export(request: HttpRequest) -> HttpResponse:
    """What the filter shows, all pages of it, as Excel. Refuses: TooManyToExport."""
    at = now()
    form = GapFilterForm(request.user.agency, in_china(at).date(), request.GET)
    heads = (_("摄像机"), _("科室"), _("中断起"), _("中断止"), _("时长"), _("时长（秒）"),
             _("原因"), _("说明"))  # fmt: skip
    widths = (16, 18, 20, 20, 16, 12, 16, 50)
    span = form.span()
    name = _("窗口监控中断") + f"-{span.first:%Y%m%d}-{span.last:%Y%m%d}"
    told = (ToldGap(gap, at) for gap in sheets.whole(form.gaps()))
    return sheets.answer(name, heads, widths, map(line_of, told))


def line_of(told: ToldGap) -> list[Any]:
    gap = told.gap
    return [
        gap.camera.device.device_no,
        gap.camera.device.unit.name if gap.camera.device.unit else "",
        moment(gap.began_at),
        moment(gap.ended_at) if gap.ended_at else _("仍在中断"),
        told.length,
        int(((gap.ended_at or told.at) - gap.began_at).total_seconds()),
        gap.get_reason_display(),
        told.detail,
    ]
