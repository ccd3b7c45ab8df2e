"""执法音像记录工作月报: a month's figures of a bureau or a unit, to print, sign and file.

A paper, so its words are Chinese whatever language the reader's screen has.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from liuhen.engines.paper.registers import Register
from liuhen.kernel.clock import in_china
from liuhen.statistics import event_counts, lines, reading
from liuhen.statistics.lines import Line
from liuhen.statistics.periods import Length, Period, end_of_month, period
from liuhen.statistics.reading import Counts, Rate
from liuhen.statistics.scopes import Scope

TITLE = "执法音像记录工作月报"
SIGNS = "　　　　　　　　".join(("填报人：", "审核人：", "单位（盖章）：", "　　年　　月　　日"))
HOUR_MS, GIB = 3_600_000, 1 << 30

Say = Callable[[Counts], str]


def count(code: str) -> Say:
    return lambda counts: f"{counts.get(code, 0):,}"


def hours(code: str) -> Say:
    return lambda counts: f"{counts.get(code, 0) / HOUR_MS:,.1f}"


def gib(code: str) -> Say:
    return lambda counts: f"{counts.get(code, 0) / GIB:,.2f}"


def share(rate: Rate) -> Say:
    def said(counts: Counts) -> str:
        value = rate.of(counts)
        return "—" if value is None else reading.percent(value)

    return said


@dataclass(frozen=True)
class Item:
    """One line of the first table; `short`: its head in the others, "" where it is not there."""

    name: str
    unit: str
    say: Say
    source: str
    short: str = ""


ITEMS = (
    Item("执法活动", "项", count("activities"), "activities", "执法活动"),
    Item("其中应当记录", "项", count("required"), "activities", "应当记录"),
    Item("其中已记录", "项", count("recorded"), "activities", "已记录"),
    Item("记录完整", "项", count("complete"), "activities", "记录完整"),
    Item("记录完整率", "", share(reading.COMPLETE), "activities", "记录完整率"),
    Item("时长覆盖率", "", share(reading.COVERAGE), "activities"),
    Item("免予记录", "项", count("exempt"), "activities"),
    Item("音像资料", "件", count("recordings"), "recordings", "音像资料"),
    Item("录制时长", "小时", hours("recorded_ms"), "recordings", "录制时长（小时）"),
    Item("资料容量", "GB", gib("recording_bytes"), "recordings"),
    Item("信息完整率", "", share(reading.DESCRIBED), "recordings", "信息完整率"),
    Item("按时移交", "件", count("handed_on_time"), "duties"),
    Item("逾期移交", "件", count("handed_late"), "duties", "逾期移交"),
    Item("按时移交率", "", share(reading.ON_TIME), "duties", "按时移交率"),
    Item("逾期办结应办事项", "件", count("duties_late"), "duties"),
    Item("领用设备", "次", count("checkouts"), "checkouts", "领用设备"),
    Item("设备使用时长", "小时", hours("used_ms"), "checkouts"),
)


@dataclass(frozen=True)
class Report:
    """`before`: the month before, `last_year`: the same month of the year before; both as long as
    this one has lasted. `log_size`: so many events stood in the log."""

    scope: Scope
    month: Period
    made_at: datetime
    now: Counts
    before: Counts
    last_year: Counts
    overdue: int
    units: Sequence[Line]
    officers: Sequence[Line]
    log_size: int

    @property
    def items(self) -> list[Item]:
        return [item for item in ITEMS if item.source not in self.scope.hidden]

    @property
    def whose(self) -> str:
        scope = self.scope
        said = [scope.agency, scope.unit, scope.officer and scope.officer.name]
        return "　".join(str(part) for part in said if part)

    @property
    def until(self) -> str:
        day = self.month.until
        return f"{day.year}年{day.month}月1日至{day.day}日"


def report(scope: Scope, day: date, *, at: datetime) -> Report:
    """Of the month in which `day` lies."""
    month = period(Length.MONTH, day, today=in_china(at).date())
    before = month.before()
    year_ago = former_year(month)
    is_own = scope.officer is not None
    return Report(
        scope,
        month,
        at,
        reading.totals(scope, month.since, month.until),
        reading.totals(scope, before.since, before.until),
        reading.totals(scope, year_ago.since, year_ago.until),
        reading.overdue(scope, at=at).count() if "duties" not in scope.hidden else 0,
        [] if is_own or scope.unit else lines.of_units(scope, month.since, month.until, at=at),
        [] if is_own else lines.of_officers(scope, month.since, month.until, at=at),
        event_counts.so_far(),
    )


def former_year(month: Period) -> Period:
    since = month.since.replace(year=month.since.year - 1)
    end = end_of_month(since)
    until = end if month.is_over else min(since + (month.until - month.since), end)
    return Period(Length.MONTH, since, until)


def registers(said: Report) -> list[Register]:
    """The month as a whole, then by unit, then by person; each begins on its own sheet."""
    found = [whole_register(said)]
    if said.units:
        found.append(lines_register(said, "各科室情况", said.units))
    if said.officers:
        found.append(lines_register(said, "执法人员情况", said.officers))
    return found


def whole_register(said: Report) -> Register:
    title = f"{TITLE}（{said.month.since.year}年{said.month.since.month}月）"
    rows = [
        (str(n), item.name, item.unit, *map(item.say, (said.now, said.before, said.last_year)), "")
        for n, item in enumerate(said.items, 1)
    ]
    if "duties" not in said.scope.hidden:
        made = in_china(said.made_at)
        rows.append(
            (str(len(rows) + 1), "到期未办应办事项", "件", f"{said.overdue:,}", "", "",
             f"{made:%Y-%m-%d %H:%M} 的情况")
        )  # fmt: skip
    heads = ("序号", "项目", "单位", "本月", "上月同期", "去年同期", "备注")
    widths = (10.0, 50.0, 16.0, 30.0, 30.0, 30.0, 50.0)
    under = (f"单位：{said.whose}", said.until, f"制表：{in_china(said.made_at):%Y-%m-%d %H:%M}")
    foot = basis(said) + "\n" + SIGNS
    return Register(title, under, heads, widths, rows, foot)


def basis(said: Report) -> str:
    secrets = "" if said.scope.has_secrets else "标注保密的资料不计入。"
    ended = "" if said.month.is_over else "本月尚未结束，上月、去年均取相同天数。"
    return (
        f"执法活动以到达日期、资料以录制日期、应办事项以办结日期、设备以领用日期归入本月；"
        f"制表时存证日志共 {said.log_size} 条。{ended}{secrets}"
    )


def lines_register(said: Report, title: str, some: Sequence[Line]) -> Register:
    items = [item for item in said.items if item.short]
    of_people = any(line.officer for line in some)
    heads = (("姓名", "科室") if of_people else ("科室",)) + tuple(item.short for item in items)
    widths = ((24.0, 30.0) if of_people else (36.0,)) + (20.0,) * len(items)
    rows = [(*names(line), *(item.say(line.counts) for item in items)) for line in some]
    return Register(
        f"{title}（{said.month.since.year}年{said.month.since.month}月）",
        (f"单位：{said.whose}", said.until),
        heads,
        widths,
        rows,
        "多人参加的执法活动，每人各计一项。" if of_people else "",
    )


def names(line: Line) -> tuple[str, ...]:
    unit = line.unit.name if line.unit else "未定科室"
    return (line.officer.name, line.unit.name if line.unit else "") if line.officer else (unit,)
