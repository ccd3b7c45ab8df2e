"""考核: what each unit and each person did of what was asked, to be counted in the assessment.

Figures only: what they are worth is for the bureau's own assessment rules to say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from liuhen.engines.paper.registers import Register
from liuhen.kernel.clock import in_china
from liuhen.statistics import breach_counts, event_counts, lines, reading
from liuhen.statistics.figures import BREACHES, SPOTS
from liuhen.statistics.lines import Line
from liuhen.statistics.monthly_report import SIGNS, Item, count, names, share
from liuhen.statistics.scopes import Scope

TITLE = "执法音像记录工作考核数据"

ITEMS = (
    Item("执法活动", "项", count("activities"), "activities", "执法活动"),
    Item("应当记录", "项", count("required"), "activities", "应当记录"),
    Item("已记录", "项", count("recorded"), "activities", "已记录"),
    Item("记录率", "", share(reading.RECORDED), "activities", "记录率"),
    Item("记录完整", "项", count("complete"), "activities", "记录完整"),
    Item("记录不完整", "项", count("incomplete"), "activities", "记录不完整"),
    Item("按时移交", "件", count("handed_on_time"), "duties", "按时移交"),
    Item("逾期移交", "件", count("handed_late"), "duties", "逾期移交"),
    Item("按时移交率", "", share(reading.ON_TIME), "duties", "按时移交率"),
    Item("音像资料", "件", count("recordings"), "recordings", "音像资料"),
    Item("信息不全", "件", count("lacking"), "recordings", "信息不全"),
    Item("信息完整率", "", share(reading.DESCRIBED), "recordings", "信息完整率"),
    Item("逾期办结", "件", count("duties_late"), "duties", "逾期办结事项"),
    Item("抽查", "件", count("spot_checked"), "spots", "抽查"),
    Item("抽查有问题", "件", count("spot_failed"), "spots", "抽查有问题"),
    Item("认定违规", "件", count("breaches"), "breaches", "认定违规"),
    Item("取消评优", "件", count("no_awards"), "breaches", "取消评优"),
)

DECIDED = (
    "认定违规、取消评优以决定日期计入，申诉复核期间和申诉后维持的照常计入，决定撤销的不计入；"
    "制表人依规定回避或者无权知悉的不计入。"
)


@dataclass(frozen=True)
class Assessment:
    """Both days included; `units` empty where a unit, or oneself, is all that may be seen."""

    scope: Scope
    since: date
    until: date
    made_at: datetime
    units: Sequence[Line]
    officers: Sequence[Line]
    log_size: int


def assessment(scope: Scope, since: date, until: date, *, at: datetime) -> Assessment:
    is_own = scope.officer is not None

    def told(of: Callable[..., list[Line]], column: str) -> list[Line]:
        decided = breach_counts.by(scope, since, until, column)
        return of(scope, since, until, at=at, beside=decided)

    return Assessment(
        scope,
        since,
        until,
        at,
        [] if is_own else told(lines.of_units, "unit"),
        told(lines.of_officers, "officer"),
        event_counts.so_far(),
    )


def registers(said: Assessment) -> list[Register]:
    parts = [("科室", said.units), ("执法人员", said.officers)]
    found = [register_of(said, name, some) for name, some in parts if some]
    return found or [register_of(said, "执法人员", [])]


def register_of(said: Assessment, name: str, some: Sequence[Line]) -> Register:
    items = [item for item in ITEMS if item.source not in said.scope.hidden]
    of_people = name == "执法人员"
    heads = (("姓名", "科室") if of_people else ("科室",)) + tuple(item.short for item in items)
    heads = (*heads, "到期未办事项")
    widths = ((22.0, 28.0) if of_people else (34.0,)) + (17.0,) * (len(items) + 1)
    rows = [
        (*names(line), *(item.say(line.counts) for item in items), f"{line.overdue:,}")
        for line in some
    ]
    scope = said.scope
    whose = "　".join(str(part) for part in (scope.agency, scope.unit) if part)
    under = (f"单位：{whose}", f"{said.since:%Y-%m-%d} 至 {said.until:%Y-%m-%d}")
    return Register(f"{TITLE}（{name}）", under, heads, widths, rows, foot_of(said, of_people))


def foot_of(said: Assessment, of_people: bool) -> str:
    many = "多人参加的执法活动，每人各计一项。" if of_people else ""
    secrets = "" if said.scope.has_secrets else "标注保密的资料不计入。"
    told = ((SPOTS, "抽查以办结日期计入，只计已经办结的。"), (BREACHES, DECIDED))
    more = "".join(words for source, words in told if source.name not in said.scope.hidden)
    made = in_china(said.made_at)
    return (
        f"{many}{secrets}{more}到期未办为 {made:%Y-%m-%d %H:%M} 的情况；"
        f"每个数字均可在系统中打开明细，制表时存证日志共 {said.log_size} 条。\n{SIGNS}"
    )
