"""How figures read on a screen and on paper, and which columns the tables have."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.statistics import reading
from liuhen.statistics.figures import DUTIES, FIGURES
from liuhen.statistics.lines import Line
from liuhen.statistics.listing import OVERDUE
from liuhen.statistics.reading import Counts, Rate
from liuhen.statistics.scopes import Scope
from liuhen.web.templatetags.screen import size

HOUR_MS = 3_600_000
BAD = frozenset(
    {
        *{"handed_late", "incomplete", "not_recorded", "lacking", "duties_late", OVERDUE},
        *{"spot_failed", "breaches", "no_awards"},
    }
)
"""What stands in red where it is not nought."""


@dataclass(frozen=True)
class Column:
    """`code`: the figure's, or "overdue". `rate`: the share is shown, and its list is that of what
    spoils it."""

    title: str | Promise
    code: str
    rate: Rate | None = None

    @property
    def listed(self) -> str:
        """The figure whose list it opens."""
        return self.rate.bad if self.rate else self.code

    @property
    def made_of(self) -> frozenset[str]:
        """The prepared figures it is told from."""
        if self.rate:
            return frozenset({self.rate.good, self.rate.bad, *self.rate.whole} - {""})
        return frozenset({self.code})

    def is_for(self, scope: Scope) -> bool:
        if self.code == OVERDUE:
            return DUTIES.name not in scope.hidden
        return scope.shows(FIGURES[self.listed])

    def value(self, counts: Counts, overdue: int) -> float | int | None:
        if self.rate:
            return self.rate.of(counts)
        return overdue if self.code == OVERDUE else counts.get(self.code, 0)

    def text(self, value: float | int | None) -> str:
        if value is None:
            return "—"
        if self.rate:
            return reading.percent(value)
        if self.code.endswith("_ms"):
            return hours(value)
        return size(int(value)) if self.code.endswith("_bytes") else f"{value:,}"

    def plain(self, value: float | int | None) -> Any:
        """For Excel: numbers stay numbers; hours with one decimal, sizes in GB."""
        if value is None:
            return ""
        if self.rate:
            return round(value, 4)
        if self.code.endswith("_ms"):
            return round(value / HOUR_MS, 1)
        return round(value / (1 << 30), 2) if self.code.endswith("_bytes") else value

    @property
    def excel_title(self) -> str:
        if self.code.endswith("_ms"):
            return _("%(name)s（小时）") % {"name": self.title}
        if self.code.endswith("_bytes"):
            return _("%(name)s（GB）") % {"name": self.title}
        return str(self.title)


def count(code: str) -> Column:
    return Column(FIGURES[code].title, code)


def share(rate: Rate) -> Column:
    return Column(rate.title, rate.code, rate)


LATE_NOW = Column(gettext_lazy("到期未办事项"), OVERDUE)
DASHBOARD = (
    *map(count, ("recordings", "recorded_ms", "recording_bytes")),
    *map(share, (reading.ON_TIME, reading.COMPLETE, reading.COVERAGE, reading.DESCRIBED)),
    LATE_NOW,
    *map(count, ("checkouts", "used_ms")),
)
ASSESSMENT = (
    *map(count, ("activities", "required", "recorded", "not_recorded")),
    share(reading.RECORDED),
    *map(count, ("complete", "incomplete", "exempt")),
    share(reading.COMPLETE),
    *map(count, ("handed_on_time", "handed_late")),
    share(reading.ON_TIME),
    *map(count, ("recordings", "lacking")),
    share(reading.DESCRIBED),
    count("duties_late"),
    LATE_NOW,
    *map(count, ("spot_checked", "spot_failed", "breaches", "no_awards")),
)


@dataclass(frozen=True)
class Cell:
    text: str
    url: str = ""
    is_bad: bool = False


@dataclass(frozen=True)
class Row:
    """`url`: the dashboard of this unit or person alone."""

    name: str
    under: str
    query: str
    cells: list[Cell]


def columns_for(scope: Scope, columns: Iterable[Column]) -> list[Column]:
    return [column for column in columns if column.is_for(scope)]


def row_of(line: Line, columns: Sequence[Column], since: date, until: date, scope: Scope) -> Row:
    whose = whose_of(line, scope)
    behind = rows_behind(since, until, whose)
    cells = [cell_of(column, column.value(line.counts, line.overdue), behind) for column in columns]
    under = line.unit.name if line.officer and line.unit else ""
    return Row(name_of(line), under, urlencode(whose), cells)


def name_of(line: Line) -> str:
    if line.officer:
        return line.officer.name
    return line.unit.name if line.unit else _("未定科室")


def whose_of(line: Line, scope: Scope) -> dict[str, Any]:
    """For an address. A person's figures within a unit are those of that unit's things."""
    if line.officer is None:
        return {"unit": line.unit.pk if line.unit else 0}
    return within(scope) | {"officer": line.officer.pk}


def within(scope: Scope) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if scope.unit is not None or scope.is_unitless:
        said["unit"] = scope.unit.pk if scope.unit else 0
    if scope.officer is not None:
        said["officer"] = scope.officer.pk
    return said


def cell_of(column: Column, value: float | int | None, behind: str) -> Cell:
    # A rate opens what spoils it: nothing does where all is well.
    has_list = value is not None and (value < 1 if column.rate else value != 0)
    url = f"{list_address()}?figure={column.listed}&{behind}" if has_list else ""
    is_bad = column.listed in BAD and (value != 1 if column.rate else bool(value))
    return Cell(column.text(value), url, is_bad and value is not None)


def rows_behind(since: date, until: date, whose: dict[str, Any]) -> str:
    """What the addresses of all lists behind a line of figures have in common."""
    return urlencode({"since": since, "until": until} | whose)


@cache
def list_address() -> str:
    """Asked for in every cell of a table."""
    return reverse("web:statistics_list")


def hours(milliseconds: float) -> str:
    """What is less than an hour, in minutes."""
    if 0 < milliseconds < HOUR_MS:
        return _("%(n)s 分钟") % {"n": f"{milliseconds / 60_000:.0f}"}
    return _("%(n)s 小时") % {"n": f"{milliseconds / HOUR_MS:,.1f}"}
