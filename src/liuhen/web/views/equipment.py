"""配备标准: each unit's devices held against the regulation, and the outside table taken in."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from liuhen.devices import equipping, quotas, request_queries, tables
from liuhen.devices.equipping import Standard, UnitLine
from liuhen.devices.models import DeviceKind
from liuhen.kernel.clock import in_china, now
from liuhen.people.filled import Row
from liuhen.people.permissions import Permission, may
from liuhen.people.queries import units_of
from liuhen.web import kept_rows, sheets, table_import
from liuhen.web.doors import needs
from liuhen.web.pages import show
from liuhen.web.rules_text import article_title
from liuhen.web.table_import import Intake

ROWS = "quota_rows"


@needs(Permission.SEE_DEVICES, Permission.SEE_UNIT_DEVICES)
def equipment(request: HttpRequest) -> HttpResponse:
    found = standard_for(request)
    return show(
        request,
        "supply/equipment.html",
        _("配备标准"),
        standard=found,
        chart=chart_of(found),
        has_quotas=any(line.counted.quotas for line in found.lines),
        today=in_china(now()).date(),
    )


def standard_for(request: HttpRequest) -> Standard:
    """The bureau's units, or, to those who see a unit's devices only, the own ones."""
    officer = request.user
    only = None
    if not may(officer, Permission.SEE_DEVICES):
        only = list(request_queries.units_for(officer))
    return equipping.standard(officer.agency, day=in_china(now()).date(), only=only)


def chart_of(found: Standard) -> dict[str, Any]:
    """The bars beside the table: per unit what is wanted and what is there."""
    needed = [line.answer.needed if line.answer else None for line in found.lines]
    there = [line.counting for line in found.lines]
    series = [{"name": _("现有"), "values": there, "colour": "azure"}]
    if any(n is not None for n in needed):
        series.insert(0, {"name": _("应配"), "values": needed, "colour": "secondary"})
    names = [line.counted.unit.name for line in found.lines]
    return {"names": names, "series": series, "unit": _("台")}


@needs(Permission.SEE_DEVICES, Permission.SEE_UNIT_DEVICES)
def export_equipment(request: HttpRequest) -> HttpResponse:
    """The table as Excel, one column for each kind of device."""
    found = standard_for(request)
    kinds = [str(kind.label) for kind in DeviceKind]
    heads = (_("科室"), _("执法人员"), _("执法任务"), _("应配"), _("现有"), _("缺额"), *kinds,
             _("依据"))  # fmt: skip
    widths = (24, 10, 12, 10, 10, 10, *[14] * len(kinds), 14)
    name = _("配备标准") + f"-{in_china(now()):%Y%m%d}"
    return sheets.answer(name, heads, widths, lines_of(found))


def lines_of(found: Standard) -> Iterator[list[Any]]:
    for line in found.lines:
        yield line_of(line)
    empty = [""] * len(DeviceKind)
    yield [_("合计"), found.people, "", found.needed, found.carried, found.missing, *empty, ""]


def line_of(line: UnitLine) -> list[Any]:
    counted, answer = line.counted, line.answer
    return [
        counted.unit.name,
        counted.people,
        _("较重") if counted.unit.is_busy else _("一般"),
        answer.needed if answer else None,
        counted.carried,
        answer.missing if answer else None,
        *(counted.present.get(kind, 0) for kind in DeviceKind),
        article_title(answer.grounds[0].article) if answer else "",
    ]


@never_cache
@needs(Permission.ALLOCATE_DEVICES)
def import_quotas(request: HttpRequest) -> HttpResponse:
    agency = request.user.agency

    def take_in(rows: list[Row]) -> str:
        n = quotas.take_in(agency, rows, by=request.user, at=now())
        return _("已导入配备标准 %(n)d 行，原有标准已替换。") % {"n": n}

    return table_import.page(
        request,
        Intake(
            title=_("导入配备标准"),
            hint=_("导入后整表替换原有标准。条文规定执行上级配备办法的，按导入的台数核算缺额。"),
            kept=ROWS,
            first_head=quotas.UNIT,
            most=quotas.MOST_ROWS,
            back=reverse("web:equipment"),
            back_title=_("配备标准"),
            template_url=reverse("web:quota_template"),
            errors_url=reverse("web:quota_errors"),
            read=quotas.read,
            check=lambda rows: quotas.check(agency, rows),
            take_in=take_in,
        ),
    )


@needs(Permission.ALLOCATE_DEVICES)
def quota_template(request: HttpRequest) -> HttpResponse:
    content = quotas.template(list(units_of(request.user.agency)))
    return sheets.file(content, _("配备标准导入模板.xlsx"))


@never_cache
@needs(Permission.ALLOCATE_DEVICES)
def quota_errors(request: HttpRequest) -> HttpResponse:
    """The rows last sent in, each with what is wrong with it now."""
    kept = kept_rows.kept(request, ROWS)
    if not kept:
        return redirect("web:import_quotas")
    content = tables.with_faults(quotas.TABLE, quotas.check(request.user.agency, kept))
    return sheets.file(content, _("配备标准导入错误说明.xlsx"))
