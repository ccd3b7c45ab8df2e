"""执法事项清单: read it, take a new one in, say what kind a line is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from liuhen.cases import matters as operations
from liuhen.cases.models import ListedMatter, MatterKind
from liuhen.devices import tables
from liuhen.engines.policy.values import MustRecord
from liuhen.kernel.clock import in_china, now
from liuhen.people.filled import Row
from liuhen.people.permissions import Permission
from liuhen.regulations import current
from liuhen.web import kept_rows, sheets, table_import
from liuhen.web.doors import SEEING, needs
from liuhen.web.pages import show
from liuhen.web.table_import import Intake

ROWS = "matter_rows"


@needs(*SEEING)
def matters(request: HttpRequest) -> HttpResponse:
    """The list that holds now, whole: five hundred lines at most."""
    agency = request.user.agency
    rules = current.rules_if_any(agency, in_china(now()).date())
    lines = list(operations.current(agency).select_related("listed_by"))
    return show(
        request,
        "matters/list.html",
        _("执法事项清单"),
        lines=lines,
        since=lines[0] if lines else None,
        kinds=MatterKind.choices,
        must=rules.get(MustRecord) if rules else None,
    )


@needs(*SEEING)
def export_matters(request: HttpRequest) -> HttpResponse:
    """In the columns it is taken in by, with how each line is classed beside them."""
    table = operations.TABLE
    lines = operations.current(request.user.agency)
    rows = ([*values_of(line), str(line.get_kind_display())] for line in sheets.whole(lines))
    name = f"{table.sheet}-{in_china(now()):%Y%m%d}"
    return sheets.answer(name, (*table.heads, *table.beside), (*table.widths, 16), rows)


def values_of(line: ListedMatter) -> list[Any]:
    return [str(getattr(line, column)) for column in operations.COLUMNS.values()]


@never_cache
@needs(Permission.KEEP_MATTERS)
def import_matters(request: HttpRequest) -> HttpResponse:
    agency = request.user.agency

    def take_in(rows: list[Row]) -> str:
        n = operations.take_in(agency, rows, by=request.user, at=now())
        said = _("已导入执法事项清单 %(n)d 行，原清单自即刻起停用。请核对各行的归类。")
        return said % {"n": n}

    return table_import.page(
        request,
        Intake(
            title=_("导入执法事项清单"),
            hint=_("导入后整表替换现行清单；此前登记的执法活动仍注明当时的事项。"),
            kept=ROWS,
            first_head=operations.SEQ,
            most=operations.MOST_ROWS,
            back=reverse("web:matters"),
            back_title=_("执法事项清单"),
            template_url=reverse("web:matter_template"),
            errors_url=reverse("web:matter_errors"),
            read=operations.read,
            check=operations.check,
            take_in=take_in,
        ),
    )


@needs(Permission.KEEP_MATTERS)
def matter_template(request: HttpRequest) -> HttpResponse:
    return sheets.file(operations.template(), _("执法事项清单导入模板.xlsx"))


@never_cache
@needs(Permission.KEEP_MATTERS)
def matter_errors(request: HttpRequest) -> HttpResponse:
    """The rows last sent in, each with what is wrong with it."""
    kept = kept_rows.kept(request, ROWS)
    if not kept:
        return redirect("web:import_matters")
    content = tables.with_faults(operations.TABLE, operations.check(kept))
    return sheets.file(content, _("执法事项清单导入错误说明.xlsx"))


@require_POST
@needs(Permission.KEEP_MATTERS)
def classify_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """To htmx the line again, with the kind it has now."""
    line = get_object_or_404(ListedMatter, pk=pk, agency_id=request.user.agency_id)
    operations.classify(line, request.POST.get("kind", ""), by=request.user, at=now())
    line.refresh_from_db()
    if request.htmx:
        return show(request, "matters/kind.html", line=line, kinds=MatterKind.choices, saved=True)
    messages.success(request, _("归类已更正。"))
    return redirect("web:matters")
