"""The rows behind a figure as table lines, whatever they are of; and tables as Excel lines."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.statistics.figures import (
    ACTIVITIES,
    BREACHES,
    CHECKOUTS,
    DUTIES,
    RECORDINGS,
    SPOTS,
    Source,
)
from liuhen.statistics.lines import Line
from liuhen.supervision.spot_queries import officers_of, unit_name
from liuhen.web.activities_text import matter_of, names_of
from liuhen.web.duties_text import Told
from liuhen.web.statistics_text import Column, name_of
from liuhen.web.templatetags.screen import clock, minute


@dataclass(frozen=True)
class Listed:
    url: str
    cells: list[str]


def heads_of(source: Source) -> list[str]:
    return {
        RECORDINGS.name: [_("编号"), _("录制时间"), _("科室"), _("录制人"), _("设备编号"),
                          _("类型"), _("时长"), _("状态")],
        ACTIVITIES.name: [_("活动编号"), _("到达"), _("科室"), _("执法人员"), _("执法事项"),
                          _("地点"), _("核对结果")],
        DUTIES.name: [_("事项"), _("科室"), _("承办"), _("期限"), _("办结时间"), _("状态")],
        CHECKOUTS.name: [_("设备编号"), _("领用时间"), _("科室"), _("使用人"), _("归还时间"),
                         _("用途")],
        SPOTS.name: [_("抽查编号"), _("抽查对象"), _("办结时间"), _("科室"), _("执法人员"),
                     _("检查人"), _("检查结果"), _("说明")],
        BREACHES.name: [_("编号"), _("决定时间"), _("科室"), _("责任人"), _("决定书编号"),
                        _("处理方式"), _("状态")],
    }[source.name]  # fmt: skip


def told(source: Source, row: Any, reader: Officer) -> Listed:
    if source is BREACHES:
        return of_breach(row, reader)
    return {
        RECORDINGS.name: of_recording,
        ACTIVITIES.name: of_activity,
        DUTIES.name: of_duty,
        CHECKOUTS.name: of_checkout,
        SPOTS.name: of_spot,
    }[source.name](row)


def of_recording(row: Any) -> Listed:
    cells = [
        row.number,
        minute(row.recorded_at),
        unit_of(row),
        row.officer.name if row.officer else "",
        row.device_no or "",
        str(row.get_kind_display()),
        clock(row.duration_seconds),
        _("已销毁") if row.disposed_at else str(row.get_state_display()),
    ]
    return Listed(reverse("web:recording", args=[row.number]), cells)


def of_activity(row: Any) -> Listed:
    cells = [
        row.number,
        minute(row.arrived_at),
        unit_of(row),
        names_of(row),
        str(matter_of(row)),
        row.place,
        str(row.get_verdict_display()),
    ]
    return Listed(reverse("web:activity", args=[row.number]), cells)


def of_duty(row: Any) -> Listed:
    said = Told(row, now())
    cells = [
        str(said.title),
        unit_of(row),
        str(said.whose),
        str(said.due),
        minute(row.closed_at),
        str(said.state),
    ]
    return Listed(reverse("web:duty", args=[row.pk]), cells)


def of_checkout(row: Any) -> Listed:
    cells = [
        row.device.device_no,
        minute(row.handed_at),
        unit_of(row),
        row.officer.name,
        minute(row.returned_at),
        row.task,
    ]
    return Listed(reverse("web:checkout", args=[row.pk]), cells)


def of_spot(row: Any) -> Listed:
    """`row.wrong`: the answers that are no."""
    asked = {one["code"]: one["text"] for one in row.check_of.questions}
    wrong = [asked.get(given.question, given.question) for given in row.wrong]
    cells = [
        row.check_of.number,
        row.item.partition(":")[2],
        minute(row.check_of.closed_at),
        unit_name(row),
        "、".join(one.name for one in officers_of(row)),
        row.checker.name if row.checker else "",
        "；".join(wrong) if wrong else _("未发现问题"),
        row.note,
    ]
    return Listed(reverse("web:spot_check", args=[row.check_of.number]), cells)


def of_breach(row: Any, reader: Officer) -> Listed:
    """What concerns the reader opens as they see it: without what others said of it."""
    page = "web:own_breach" if row.officer_id == reader.pk else "web:breach"
    cells = [
        row.number,
        minute(row.decided_at),
        unit_of(row),
        row.officer.name if row.officer else "",
        row.decision_no,
        "；".join(one.text for one in row.sanctions.all()),
        str(row.get_state_display()),
    ]
    return Listed(reverse(page, args=[row.number]), cells)


def unit_of(row: Any) -> str:
    return row.unit.name if row.unit else ""


def plain(lines: Iterable[Line], columns: Sequence[Column]) -> Iterator[list[Any]]:
    """Name, own unit, then a number for each column."""
    for line in lines:
        unit = line.unit.name if line.officer and line.unit else ""
        values = [column.plain(column.value(line.counts, line.overdue)) for column in columns]
        yield [name_of(line), unit, *values]
