"""The dashboard's parts: big figures held against the former stretch of time, charts, a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.statistics import reading
from liuhen.statistics.figures import CHECKOUTS, DUTIES
from liuhen.statistics.lines import Line
from liuhen.statistics.periods import Length, Period
from liuhen.statistics.reading import Counts
from liuhen.statistics.scopes import Scope
from liuhen.web.statistics_text import Cell, Column, Row, cell_of, within


@dataclass(frozen=True)
class Tile:
    """`change`: against the former stretch, "" where there is nothing to compare; `is_better` None:
    neither better nor worse."""

    title: str
    cell: Cell
    change: str
    is_better: bool | None
    before: str


def tile_of(
    column: Column,
    now: tuple[Counts, int],
    then: Counts,
    behind: str,
) -> Tile:
    value = column.value(*now)
    cell = cell_of(column, value, behind)
    if column.code == "overdue":
        return Tile(str(column.title), cell, "", None, "")
    former = column.value(then, 0)
    change = change_of(column, value, former)
    is_better = None
    if column.rate and value is not None and former is not None and value != former:
        is_better = value > former
    return Tile(str(column.title), cell, change, is_better, column.text(former))


def change_of(column: Column, value: float | int | None, former: float | int | None) -> str:
    if value is None or former is None:
        return ""
    if column.rate:
        points = round((value - former) * 100, 1)
        return _("%(n)s 个百分点") % {"n": f"{points:+.1f}"} if points else _("持平")
    if not former:
        return ""
    return f"{(value - former) / former * 100:+.1f}%" if value != former else _("持平")


Series = list[dict[str, Any]]


def charts_of(
    period: Period, scope: Scope, times: Mapping[date, Counts], rows: Sequence[tuple[Row, Line]]
) -> list[dict[str, Any]]:
    """As `charts.js` draws them. A point of time, or a unit, leads on to its own dashboard."""
    found = [] if period.length == Length.DAY else over_time(period, scope, times)
    return [*found, *beside_each_other(period, scope, rows)] if len(rows) > 1 else found


def over_time(period: Period, scope: Scope, times: Mapping[date, Counts]) -> list[dict[str, Any]]:
    firsts = sorted(times)
    counts = [times[first] for first in firsts]
    shared = {
        "names": [label(period, first) for first in firsts],
        "links": [link_to(period, first, scope) for first in firsts],
        "dense": len(firsts) > DENSE,
    }
    recordings = bars(_("音像资料"), counts, "recordings", "azure")
    rates = [
        rate_line(reading.ON_TIME, counts, "green"),
        rate_line(reading.COMPLETE, counts, "azure"),
        rate_line(reading.COVERAGE, counts, "orange"),
    ]
    charts = [
        {"title": _("资料数量"), "unit": _("件"), "series": [recordings]},
        {"title": _("记录和移交情况"), "unit": "%", "is_line": True, "series": rates},
        {"title": _("录制时长")} | measured(_("录制时长"), counts, "recorded_ms", "teal", TIMES),
        {"title": _("存储增长")}
        | measured(_("新增资料"), counts, "recording_bytes", "cyan", SIZES),
    ]
    if DUTIES.name not in scope.hidden:
        late = bars(_("逾期办结事项"), counts, "duties_late", "red")
        charts.append({"title": _("逾期情况"), "unit": _("项"), "series": [late]})
    if CHECKOUTS.name not in scope.hidden:
        uses = bars(_("领用设备"), counts, "checkouts", "purple")
        charts.append({"title": _("设备使用"), "unit": _("次"), "series": [uses]})
    return [shared | chart for chart in charts]


def beside_each_other(
    period: Period, scope: Scope, rows: Sequence[tuple[Row, Line]]
) -> list[dict[str, Any]]:
    some = rows[:MOST_BARS]
    counts = [line.counts for _row, line in some]
    here = f"{reverse('web:statistics')}?{address(period)}"
    shared = {
        "names": [row.name for row, _line in some],
        "links": [f"{here}&{row.query}" for row, _line in some],
        "dense": len(some) > DENSE,
    }
    rates = [
        rate_line(reading.ON_TIME, counts, "green"),
        rate_line(reading.COMPLETE, counts, "azure"),
    ]
    charts = [{"title": _("按时移交和记录完整的比较"), "unit": "%", "series": rates}]
    if DUTIES.name not in scope.hidden:
        values = [line.overdue for _row, line in some]
        late = {"name": _("到期未办事项"), "values": values, "colour": "red"}
        charts.append({"title": _("到期未办事项的比较"), "unit": _("项"), "series": [late]})
    return [shared | chart for chart in charts]


DENSE = 12
"""More names than these stand aslant."""

MOST_BARS = 30


Units = Sequence[tuple[str | Promise, int]]
TIMES: Units = ((gettext_lazy("小时"), 3_600_000), (gettext_lazy("分钟"), 60_000))
SIZES: Units = (("TB", 1 << 40), ("GB", 1 << 30), ("MB", 1 << 20))


def bars(name: str, counts: Sequence[Counts], code: str, colour: str) -> Any:
    return {"name": name, "values": [one.get(code, 0) for one in counts], "colour": colour}


def measured(
    name: str, counts: Sequence[Counts], code: str, colour: str, units: Units
) -> dict[str, Any]:
    """One series in the largest unit of which the highest bar has one at least."""
    series = bars(name, counts, code, colour)
    most = max(series["values"], default=0)
    unit, per = next((one for one in units if most >= one[1]), units[-1])
    series["values"] = [round(value / per, 1) for value in series["values"]]
    return {"unit": str(unit), "series": [series]}


def rate_line(rate: reading.Rate, counts: Sequence[Counts], colour: str) -> Any:
    found = [rate.of(one) for one in counts]
    values = [None if value is None else round(value * 100, 1) for value in found]
    return {"name": str(rate.title), "values": values, "colour": colour}


def label(period: Period, first: date) -> str:
    if period.length == Length.YEAR:
        return _("%(n)d 月") % {"n": first.month}
    return f"{first.month}-{first.day:02d}"


def link_to(period: Period, first: date, scope: Scope) -> str:
    inner = Length.MONTH if period.length == Length.YEAR else Length.DAY
    said = {"length": inner, "day": first} | within(scope)
    return f"{reverse('web:statistics')}?{urlencode(said)}"


def address(period: Period) -> str:
    return urlencode({"length": period.length, "day": period.since})


def title_of(period: Period) -> str:
    """「2026年11月」; while it lasts, up to which day."""
    since, until = period.since, period.until
    if period.length == Length.DAY:
        return _("%(y)d 年 %(m)d 月 %(d)d 日") % {"y": since.year, "m": since.month, "d": since.day}
    words = {"y": since.year, "m": since.month, "lm": until.month, "ld": until.day}
    if period.length == Length.MONTH:
        said = _("%(y)d 年 %(m)d 月") % words
    else:
        said = _("%(y)d 年") % words
    return said if period.is_over else said + _("（截至 %(lm)d 月 %(ld)d 日）") % words
