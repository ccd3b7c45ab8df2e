"""Many devices at once, from an Excel file."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.devices import importing, keepers, sheet
from liuhen.devices.importing import Hopeful
from liuhen.engines.paper import tables
from liuhen.kernel.clock import now
from liuhen.people.filled import Fault, Row
from liuhen.people.permissions import Permission
from liuhen.people.queries import units_of
from liuhen.web import kept_rows, sheets
from liuhen.web.doors import needs
from liuhen.web.forms.devices import ImportForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show

MOST_SHOWN = 200
"""Wrong rows on the page; all of them stand in the file that tells of them."""

MOST_SENT = 2_000_000
"""Characters of the rows as the page carries them: Django takes a little more in a form."""


@needs(Permission.MANAGE_DEVICES)
def import_devices(request: HttpRequest) -> HttpResponse:
    agency, is_sent = request.user.agency, request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    rows: list[Row] = []
    if form.is_valid():
        with refusals_on(form):
            rows = sheet.read(form.cleaned_data["file"].read(tables.MOST_BYTES + 1))
            made = importing.take_in(agency, rows, by=request.user, at=now())
            messages.success(request, _("已导入 %(n)d 台设备。") % {"n": len(made)})
            return redirect("web:devices")
    # Wrong rows are shown with what is wrong; a file that can't be read has none.
    hopefuls = importing.check(agency, rows) if rows else []
    wrong = [one for one in hopefuls if one.faults]
    return show(
        request,
        "devices/import.html",
        _("批量导入设备"),
        status=422 if form.errors else 200,
        form=form,
        wrong=wrong[:MOST_SHOWN],
        more=max(0, len(wrong) - MOST_SHOWN),
        sent=as_json(hopefuls) if wrong else "",
        most=sheet.MOST_DEVICES,
        most_megabytes=tables.MOST_BYTES >> 20,
    )


@needs(Permission.MANAGE_DEVICES)
def template(request: HttpRequest) -> HttpResponse:
    agency = request.user.agency
    units = [unit.name for unit in units_of(agency)]
    return sheets.file(sheet.template(units, keepers.candidates(agency)), _("设备导入模板.xlsx"))


@require_POST
@needs(Permission.MANAGE_DEVICES)
def errors(request: HttpRequest) -> HttpResponse:
    """The rows the page was sent back with, each with what is wrong with it now.

    The page carries them: two thousand rows are too many for a session.
    """
    hopefuls = importing.check(request.user.agency, from_json(request.POST.get("rows", "")))
    made = sheet.with_faults((one.row, one.said) for one in hopefuls)
    return sheets.file(made, _("设备导入错误说明.xlsx"))


def as_json(hopefuls: list[Hopeful]) -> str:
    """ "" where the page would be too large; then it alone says what is wrong."""
    sent = json.dumps([kept_rows.as_json(one.row) for one in hopefuls], ensure_ascii=False)
    return sent if len(sent) <= MOST_SENT else ""


def from_json(sent: str) -> list[Row]:
    """Raises: BadRequest, for what this page did not write."""
    try:
        rows = [row_of(*one) for one in json.loads(sent)]
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise BadRequest("not the rows of a table") from None
    if len(rows) > sheet.MOST_DEVICES:
        raise BadRequest("too many rows")
    return rows


def row_of(number: Any, texts: Any, faults: Any) -> Row:
    """Raises: ValueError, TypeError."""
    if len(texts) != len(sheet.HEADS):
        raise ValueError
    said = tuple(Fault(str(column), str(what)) for column, what in faults)
    return Row(int(number), tuple(map(str, texts)), said)
