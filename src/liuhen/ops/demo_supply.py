"""What the demonstration bureau asks for and pays for: requests, a year's plan, spending."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

LINES = (
    ("procurement", "执法记录仪", "DSJ-H8", 6, "19200.00", "新增执法人员6名", "达到配备标准"),
    ("procurement", "采集工作站", "16口", 1, "12800.00", "现有采集口不足", "当日采集完毕"),
    ("maintenance", "设备维修", "", 1, "6000.00", "按上年实际", "随坏随修"),
    ("consumables", "存储卡、电池", "128G", 40, "4800.00", "按使用年限更换", "满足全程记录"),
)
SPENT = (
    (0, "18600.00", "执法记录仪6台，政府采购"),
    (3, "2350.50", "存储卡20张"),
    (3, "-150.00", "更正：存储卡发票多记"),
)
"""Place in LINES, yuan, what for."""


def make() -> None:
    """A plan of this year that was submitted, and requests at several steps."""
    from liuhen.kernel.clock import now
    from liuhen.people.models import Officer

    people = {officer.login: officer for officer in Officer.objects.all()}
    plan(people["caiwu"], at=now())
    requests(people["zhongduizhang"], people["shebei"])


def plan(finance: Any, *, at: datetime) -> None:
    from liuhen.devices import budget
    from liuhen.devices.budget import LineFacts, Spent
    from liuhen.devices.models import BudgetCategory
    from liuhen.kernel.clock import in_china

    agency = finance.agency
    year = in_china(at).year
    lines = []
    for category, name, model, quantity, amount, reason, effect in LINES:
        what = (name, model, quantity, Decimal(amount), reason, effect)
        facts = LineFacts(BudgetCategory(category), *what)
        lines.append(budget.add_line(agency, year, facts, by=finance, at=at))
    budget.submit(lines[0].budget, by=finance, at=at)
    for place, amount, note in SPENT:
        line = lines[place]
        line.refresh_from_db()
        spent = Spent(
            BudgetCategory(line.category), Decimal(amount), in_china(at).date(), note, line
        )
        budget.spend(agency, year, spent, by=finance, at=at)


def requests(head: Any, keeper: Any) -> None:
    """One granted and waiting for its devices, one refused, one just made."""
    from liuhen.devices import requests as asking
    from liuhen.devices.models import DeviceKind
    from liuhen.kernel.clock import now

    at = now()

    def ask(kind: DeviceKind, quantity: int, reason: str, days: int) -> Any:
        when = at - timedelta(days=days)
        unit = head.unit
        return asking.ask(unit, kind=kind, quantity=quantity, reason=reason, by=head, at=when)

    granted = ask(DeviceKind.BODY_CAMERA, 2, "新增执法人员2名，现有设备不够轮换。", 3)
    answer = "同意，从新购设备中配发。"
    asking.grant(granted, answer=answer, by=keeper, at=at - timedelta(days=2))
    refused = ask(DeviceKind.VIDEO_CAMERA, 1, "夜间取证需要。", 2)
    answer = "本年度未列预算，请下年度申报。"
    asking.refuse(refused, answer=answer, by=keeper, at=at - timedelta(days=1))
    ask(DeviceKind.VOICE_RECORDER, 2, "询问笔录同步录音。", 0)
