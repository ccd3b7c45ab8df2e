"""What became of the year's duties: a table in which every one has its place and its reason."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from liuhen.ops.year_duties import is_left
from liuhen.ops.year_world import World

NOT_DUE, UNDATED, LEFT = "未到期", "条文未定时限，在办", "本年度演示留作未办"
READ_NEXT = "已报整改情况，等待验收"
UNEXPLAINED = "无理由"
HEADS = ("事项", "按时办结", "逾期办结", "免办", "未办结", "未办结的原因")


@dataclass
class Line:
    """Of one kind of duty; `open` counts by the reason."""

    done: int = 0
    late: int = 0
    waived: int = 0
    open: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        told = {"done": self.done, "late": self.late, "waived": self.waived}
        return told | {"open": dict(self.open)}


def account(world: World, at: datetime) -> dict[str, Line]:
    """By kind of duty. Nobody has a word in it: rows and the plan alone."""
    from liuhen.duties.models import Duty, DutyState

    lines: dict[str, Line] = defaultdict(Line)
    for duty in Duty.objects.filter(agency=world.agency).order_by("kind", "pk").iterator():
        line = lines[duty.kind]
        if duty.state == DutyState.DONE:
            line.done += 1
        elif duty.state == DutyState.DONE_LATE:
            line.late += 1
        elif duty.state == DutyState.WAIVED:
            line.waived += 1
        else:
            line.open[why_open(world, duty, at)] += 1
    return dict(lines)


def why_open(world: World, duty: Any, at: datetime) -> str:
    from liuhen.duties.closing import BY_FACTS
    from liuhen.duties.models import DutyKind

    if duty.kind == DutyKind.CORRECTION and duty.due_at is None:
        return READ_NEXT
    if duty.due_at is not None and duty.due_at > at:
        return NOT_DUE
    if duty.kind not in BY_FACTS and is_left(world, duty):
        return LEFT
    return UNDATED if duty.due_at is None else UNEXPLAINED


def unexplained(lines: dict[str, Line]) -> int:
    return sum(line.open[UNEXPLAINED] for line in lines.values())


def table(lines: dict[str, Line]) -> list[str]:
    """As a terminal shows it; Chinese characters are two places wide."""
    from liuhen.duties.models import DutyKind

    rows: list[tuple[str, ...]] = [HEADS]
    for kind, line in lines.items():
        why = "；".join(f"{reason} {n}" for reason, n in sorted(line.open.items()))
        label = str(DutyKind(kind).label)
        numbers = (line.done, line.late, line.waived, line.open.total())
        rows.append((label, *map(str, numbers), why))
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True))
        for row in rows
    ]


def width(text: str) -> int:
    return sum(2 if ord(one) > 0x2E7F else 1 for one in text)
