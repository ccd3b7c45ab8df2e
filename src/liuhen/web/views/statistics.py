"""统计分析: the dashboard, and the list behind each of its figures."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.custody import keyset
from liuhen.kernel.clock import in_china, now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may
from liuhen.statistics import lines, listing, reading, scopes, walls
from liuhen.statistics.lines import Line
from liuhen.statistics.periods import Length, Period, period
from liuhen.statistics.scopes import Scope
from liuhen.web import sheets, statistics_rows
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.statistics import DashboardForm, StretchForm
from liuhen.web.pages import show
from liuhen.web.statistics_shown import address, charts_of, tile_of, title_of
from liuhen.web.statistics_text import DASHBOARD, columns_for, row_of, rows_behind, within

PER_PAGE = 25
COUNT_CAP = 10_000
READ = frozenset({"duties_late"}.union(*(column.made_of for column in DASHBOARD)))
"""What the dashboard's table and charts are made of."""


def asked(request: HttpRequest) -> tuple[DashboardForm, Scope, Period]:
    """This month, where nothing is said."""
    form = DashboardForm(scopes.widest(request.user), request.GET)
    said, today = form.cleaned_data, in_china(now()).date()
    length = Length(said.get("length") or Length.MONTH)
    return form, form.scope, period(length, said.get("day") or today, today=today)


def lines_of(scope: Scope, asked_for: Period) -> list[Line]:
    """The units; of one unit, or in one, its people."""
    of = lines.of_units if scope.is_whole else lines.of_officers
    return of(scope, asked_for.since, asked_for.until, at=now())


def overdue_in(scope: Scope) -> int:
    return int(reading.overdue(scope, at=now()).count())


@needs(*SEEING)
def statistics(request: HttpRequest) -> HttpResponse:
    form, scope, asked_for = asked(request)
    scope = replace(scope, only=READ)
    former = asked_for.before()
    columns = columns_for(scope, DASHBOARD)
    found = lines_of(scope, asked_for)
    rows = [row_of(line, columns, asked_for.since, asked_for.until, scope) for line in found]
    is_year = asked_for.length == Length.YEAR
    times = reading.by_time(scope, asked_for.since, asked_for.until, months=is_year)
    whole = lines.together_in(times.values())
    # A unit's duties are not all some person's; the bureau's are all on a line.
    late = sum(line.overdue for line in found) if scope.is_whole else overdue_in(scope)
    behind = rows_behind(asked_for.since, asked_for.until, within(scope))
    then = reading.totals(scope, former.since, former.until)
    return show(
        request,
        "statistics/dashboard.html",
        _("统计分析"),
        form=form,
        scope=scope,
        heading=title_of(asked_for),
        former=title_of(former),
        tiles=[tile_of(column, (whole, late), then, behind) for column in columns],
        columns=columns,
        rows=rows,
        is_of_people=any(line.officer for line in found),
        charts=charts_of(asked_for, scope, times, list(zip(rows, found, strict=True))),
        address=address(asked_for),
        earlier=address(asked_for.before()),
        later=None if asked_for.after() > in_china(now()).date() else asked_for.after(),
        length=asked_for.length,
        whose=within(scope),
        month=f"{asked_for.since:%Y-%m}",
        wall_is_open=may(request.user, Permission.SEE_AGENCY)
        and walls.is_open(scope.agency, at=now()),
    )


@needs(*SEEING)
def export_statistics(request: HttpRequest) -> HttpResponse:
    """The table as Excel."""
    _form, scope, asked_for = asked(request)
    columns = columns_for(scope, DASHBOARD)
    heads = (_("名称"), _("科室"), *(column.excel_title for column in columns))
    widths = (20, 20, *[14] * len(columns))
    name = _("统计分析") + f"-{asked_for.since:%Y%m%d}-{asked_for.until:%Y%m%d}"
    rows = statistics_rows.plain(lines_of(scope, asked_for), columns)
    return sheets.answer(name, heads, widths, rows)


def listed_in(request: HttpRequest) -> tuple[StretchForm, listing.Listed]:
    form = StretchForm(scopes.widest(request.user), request.GET)
    at = now()
    since, until = form.stretch(in_china(at).date())
    found = listing.listed(form.scope, request.GET.get("figure", "recordings"), since, until, at=at)
    if found is None:
        raise Http404
    return form, found


@needs(*SEEING)
def statistics_list(request: HttpRequest) -> HttpResponse:
    """The rows behind a figure."""
    form, found = listed_in(request)
    page = keyset.take(found.rows, request.GET.get("cursor"), by=found.by, size=PER_PAGE)
    since, until = form.stretch(in_china(now()).date())
    return show(
        request,
        "statistics/list.html",
        str(found.title),
        form=form,
        page=page,
        heads=statistics_rows.heads_of(found.source),
        rows=[statistics_rows.told(found.source, row, request.user) for row in page.rows],
        count=found.rows.order_by()[: COUNT_CAP + 1].count(),
        cap=COUNT_CAP,
        since=since,
        until=until,
        is_as_it_stands=found.by == "due_at",
        figure=request.GET.get("figure", "recordings"),
    )


@needs(*SEEING)
def export_statistics_list(request: HttpRequest) -> HttpResponse:
    """All of the list as Excel. Refuses: TooManyToExport."""
    _form, found = listed_in(request)
    heads = statistics_rows.heads_of(found.source)
    rows = sheets.whole(found.rows.order_by(f"-{found.by}", "-pk"))
    name = f"{found.title}-{in_china(now()):%Y%m%d}"
    return sheets.answer(name, heads, [20] * len(heads), cells(found, rows, request.user))


def cells(found: listing.Listed, rows: Iterator[Any], reader: Officer) -> Iterator[list[str]]:
    for row in rows:
        yield statistics_rows.told(found.source, row, reader).cells
