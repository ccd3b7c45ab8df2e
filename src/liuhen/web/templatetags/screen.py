"""How names, sizes, times and states read on a screen."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from liuhen.devices.models import ClockReading
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import IntakeBatch
from liuhen.recordings.names import shown
from liuhen.recordings.uploads import source_of
from liuhen.web.readings import offset_text
from liuhen.web.reasons_text import reason_of

register = template.Library()

KIB = 1024
UNITS = ("KB", "MB", "GB", "TB")
STATE_COLOURS = {
    "sealed": "azure",
    "examined": "green",
    "marked": "orange",
    "queued": "secondary",
    "running": "azure",
    "done": "green",
    "stopped": "red",
    "pending": "secondary",
    "staged": "azure",
    "duplicate": "cyan",
    "left_out": "secondary",
    "unreadable": "red",
    "interrupted": "orange",
    "intakeitem.sealed": "green",
    "device.ready": "green",
    "device.out": "azure",
    "device.repair": "orange",
    "device.lost": "red",
    "device.scrapped": "secondary",
}
UPLOAD = source_of("")
KIND_ICONS = {"video": "video", "audio": "microphone", "photo": "photo"}


@register.filter
def safe_name(raw: bytes | memoryview | None) -> str:
    """A name from a card as text nobody can be misled by."""
    return shown(bytes(raw)) if raw is not None else ""


@register.filter
def base_name(raw: bytes | memoryview) -> str:
    """The last part of a path from a card."""
    return shown(bytes(raw).rsplit(b"/", 1)[-1])


@register.filter
def size(number: int | None) -> str:
    """Bytes as an officer reads them; unknown stays unknown."""
    if number is None:
        return "—"
    if number < KIB:
        return _("%(n)d 字节") % {"n": number}
    value = float(number)
    for unit in UNITS:
        value /= KIB
        if value < KIB or unit == UNITS[-1]:
            break
    return f"{value:.1f} {unit}" if value < 100 else f"{value:.0f} {unit}"


@register.filter
def moment(instant: datetime | None) -> str:
    """An instant by China's clock, to the second."""
    return f"{in_china(instant):%Y-%m-%d %H:%M:%S}" if instant else "—"


@register.filter
def short_moment(instant: datetime | None) -> str:
    """To the minute, by China's clock: lists at the counter."""
    return f"{in_china(instant):%m-%d %H:%M}" if instant else "—"


@register.filter
def minute(instant: datetime | None) -> str:
    """For a paper's column: the day, then the time."""
    return f"{in_china(instant):%Y-%m-%d %H:%M}" if instant else ""


@register.simple_tag
def clock_offset(reading: ClockReading) -> str:
    return offset_text(reading.offset_seconds, reading.uncertainty_seconds)


@register.filter
def china_day(instant: datetime) -> date:
    return in_china(instant).date()


@register.filter
def clock(seconds: Decimal | float | int | None) -> str:
    """A length or a place in a recording: 3:07, 1:02:03."""
    if seconds is None:
        return "—"
    whole = round(float(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def unlocalized(number: Decimal | float | int) -> str:
    """A number for a script or an SVG attribute, the same in every language."""
    return f"{float(number):.6g}"


@register.filter
def epoch(instant: datetime) -> str:
    """Milliseconds since 1970, as scripts count."""
    return str(round(instant.timestamp() * 1000))


@register.filter
def reason(code: str) -> str | Promise:
    return reason_of(code)


@register.filter
def hexed(raw: bytes | memoryview) -> str:
    return bytes(raw).hex()


@register.filter
def is_upload(batch: IntakeBatch) -> bool:
    return any(place.startswith(UPLOAD) for place in batch.source)


@register.filter
def source(batch: IntakeBatch) -> str:
    """Where a batch came from; an upload's group number says nothing to an officer."""
    return _("浏览器上传") if is_upload(batch) else "、".join(batch.source)


@register.simple_tag
@lru_cache(maxsize=500)  # a few of them stand on a page hundreds of times
def icon(name: str, more: str = "") -> SafeString:
    return format_html('<i class="ti ti-{} {}" aria-hidden="true"></i>', name, more)


@register.filter
def kind_icon(kind: str | None) -> str:
    return KIND_ICONS.get(kind or "", "file-unknown")


@register.simple_tag
def state_badge(row: Any) -> SafeString:
    """The state of a recording, batch or item in its colour."""
    if getattr(row, "disposed_at", None):
        return format_html('<span class="badge bg-secondary-lt">{}</span>', _("已销毁"))
    own = f"{row._meta.model_name}.{row.state}"  # a sealed item is done, a recording is not
    colour = STATE_COLOURS.get(own) or STATE_COLOURS.get(row.state, "secondary")
    return format_html('<span class="badge bg-{0}-lt">{1}</span>', colour, row.get_state_display())


@register.simple_tag(takes_context=True)
def excel(
    context: dict[str, Any], name: str, css: str = "btn-ghost-secondary", **shown: Any
) -> SafeString:
    """The way to a list's Excel file, with the filters the page was asked for. `shown`: what the
    page chose by itself where it was not asked; by the time of the click it might choose
    otherwise."""
    asked = context["request"].GET.copy()
    for key in ("cursor", "page"):
        asked.pop(key, None)
    for key, value in shown.items():
        asked[key] = str(value)
    way = reverse(f"web:{name}") + (f"?{asked.urlencode()}" if asked else "")
    link = '<a class="btn {} d-print-none" href="{}" data-as-filtered>{}{}</a>'
    return format_html(link, css, way, icon("file-spreadsheet", "me-1"), _("导出 Excel"))


@register.simple_tag(takes_context=True)
def address_with(context: dict[str, Any], **changes: Any) -> str:
    """This page's address with some parameters changed; None takes one out. A page shown again
    for a refused entry stands at the entry's address: `here` is its own."""
    request: HttpRequest = context["request"]
    path = context.get("here") or request.path
    params = request.GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value is not None:
            params[name] = str(value)
    return f"{path}?{params.urlencode()}" if params else path
