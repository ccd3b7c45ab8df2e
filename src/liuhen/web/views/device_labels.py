"""Labels with a QR code to print, and where a scanned one leads."""

from ipaddress import ip_address
from typing import NamedTuple

import segno
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, resolve_url
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from liuhen.devices import queries
from liuhen.devices.models import GONE, Device
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.devices import DeviceFilterForm
from liuhen.web.pages import show
from liuhen.web.views.devices import SEEING_DEVICES

COLUMNS, ROWS = 3, 8
ON_A_SHEET = COLUMNS * ROWS
SHEETS = 10
"""At once: some seconds of drawing. More are on the next page."""


class Label(NamedTuple):
    """`device` None: a place left free, its label was used before."""

    device: Device | None
    picture: SafeString


@needs(Permission.MANAGE_DEVICES)
def labels(request: HttpRequest) -> HttpResponse:
    """Of the devices ticked; else of all the list finds, but for those nobody has any more.

    `ticked` says that boxes were to be ticked; `used`: how many labels of the first sheet are gone.
    """
    found = queries.visible_to(request.user)
    if "ticked" in request.GET:
        found = found.filter(pk__in=ticked_of(request.GET))
    else:
        found = DeviceFilterForm(request.user, request.GET).filters().apply(found)
        found = found.exclude(state__in=GONE)
    used = used_of(request.GET)
    rows = queries.for_list(found)
    page = Paginator(rows, SHEETS * ON_A_SHEET).get_page(request.GET.get("page"))
    free = [Label(None, SafeString())] * (used if page.number == 1 else 0)
    made = free + [Label(device, picture_of(request, device)) for device in page]
    return show(
        request,
        "devices/labels.html",
        _("设备标签"),
        page=page,
        sheets=[made[n : n + ON_A_SHEET] for n in range(0, len(made), ON_A_SHEET)],
        used=used,
        kept=kept_of(request.GET),
        with_address=is_known_elsewhere(request),
    )


def ticked_of(asked: QueryDict) -> list[int]:
    """No longer than a key is: a database counts no further."""
    return [int(pk) for pk in asked.getlist("pk") if pk.isdecimal() and len(pk) < 18]


def used_of(asked: QueryDict) -> int:
    used = asked.get("used", "")
    return min(int(used), ON_A_SHEET - 1) if used.isdecimal() and len(used) < 4 else 0


def kept_of(asked: QueryDict) -> list[tuple[str, str]]:
    """What chose the devices, for the form that asks how many labels are gone."""
    return [
        (name, value)
        for name, values in asked.lists()
        if name not in ("used", "page")
        for value in values
    ]


def picture_of(request: HttpRequest, device: Device) -> SafeString:
    """A QR code that lasts: level M, some dirt on it and it still reads."""
    drawn = segno.make(content_of(request, device), error="m", micro=False)
    svg = drawn.svg_inline(border=2, omitsize=True, svgclass="label-qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308 -- drawn by segno, of squares alone


def content_of(request: HttpRequest, device: Device) -> str:
    """The address that leads to the device; only its number where others can't reach this one."""
    if not is_known_elsewhere(request):
        return device.device_no
    asked = QueryDict(mutable=True)
    asked["no"] = device.device_no
    return request.build_absolute_uri(f"{resolve_url('web:scan_device')}?{asked.urlencode()}")


def is_known_elsewhere(request: HttpRequest) -> bool:
    """Has the page been opened under an address that another machine could open, too?"""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    if host == "localhost" or host.endswith(".localhost"):
        return False
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return True


@needs(*SEEING_DEVICES)
def scan(request: HttpRequest) -> HttpResponse:
    """Where a label leads: to the device; for a number nobody has, to what can be done."""
    number = request.GET.get("no", "").strip()
    device = queries.of_number(number, queries.visible_to(request.user)) if number else None
    if device:
        return redirect("web:device", device.pk)
    return show(
        request,
        "devices/scan.html",
        _("扫码查设备"),
        status=404 if number else 200,
        number=number,
    )
