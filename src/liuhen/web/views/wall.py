"""大屏: big figures of today, the month and the year, that refresh themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.statistics import lines, reading, walls
from liuhen.statistics.periods import Length, period
from liuhen.statistics.scopes import Scope
from liuhen.web.doors import needs, open_to_all
from liuhen.web.pages import is_part, show
from liuhen.web.statistics_text import DASHBOARD, LATE_NOW, Column, columns_for, count, name_of

SHOWN = (count("activities"), *DASHBOARD)
OF_TODAY = ("activities", "recordings", "recorded_ms", "checkouts")
OF_LONGER = ("activities", "recordings", "recorded_ms", "on_time", "completeness", "coverage")
OF_UNITS = ("activities", "recordings", "recorded_ms", "on_time", "completeness", "overdue")
MOST_UNITS = 8


@require_POST
@needs(Permission.SEE_AGENCY)
def open_wall(request: HttpRequest) -> HttpResponse:
    return redirect("web:wall", walls.open_wall(by=request.user, at=now()))


@require_POST
@needs(Permission.SEE_AGENCY)
def close_wall(request: HttpRequest) -> HttpResponse:
    walls.close_wall(by=request.user, at=now())
    messages.success(request, _("大屏已关闭，原地址不再显示。"))
    return redirect("web:statistics")


@open_to_all
def wall(request: HttpRequest, key: str) -> HttpResponse:
    """No names of people or parties; to htmx the figures alone. Refuses: WallClosed."""
    at = now()
    scope = walls.scope_of(key, at=at)
    today = in_china(at).date()
    late = reading.overdue(scope, at=at).count()
    groups = []
    for heading, length, codes in (
        (_("今日"), Length.DAY, OF_TODAY),
        (_("本月"), Length.MONTH, (*OF_LONGER, LATE_NOW.code)),
        (_("本年"), Length.YEAR, OF_LONGER),
    ):
        asked_for = period(length, today, today=today)
        counts = reading.totals(scope, asked_for.since, asked_for.until)
        groups.append((heading, tiles_of(columns(scope, codes), counts, late)))
    month = period(Length.MONTH, today, today=today)
    units = lines.of_units(scope, month.since, month.until, at=at)
    of_units = columns(scope, OF_UNITS)
    return show(
        request,
        "statistics/wall_figures.html" if is_part(request, "wall") else "statistics/wall.html",
        _("大屏"),
        agency_name=scope.agency.name,
        at=at,
        groups=groups,
        columns=of_units,
        units=[
            (name_of(line), [cell[1:] for cell in tiles_of(of_units, line.counts, line.overdue)])
            for line in units[:MOST_UNITS]
        ],
        more_units=max(len(units) - MOST_UNITS, 0),
    )


def columns(scope: Scope, codes: tuple[str, ...]) -> list[Column]:
    by_code = {column.code: column for column in columns_for(scope, SHOWN)}
    return [by_code[code] for code in codes if code in by_code]


def tiles_of(
    some: list[Column], counts: reading.Counts, overdue: int
) -> list[tuple[str, str, bool]]:
    """Title, text, and whether it stands in red."""
    return [
        (
            str(column.title),
            column.text(column.value(counts, overdue)),
            column.code == LATE_NOW.code and overdue > 0,
        )
        for column in some
    ]
