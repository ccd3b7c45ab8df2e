"""The papers about devices as they are filed: books and slips, filled or blank.

Papers are passed on, so they speak Chinese whatever language the reader's pages have. A slip made
of None is the blank one: the same fields, to be filled in by hand.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import translation

from liuhen.devices.budget_queries import YearTold
from liuhen.devices.models import CompensationCase, Device, PreUseCheck, RepairTicket
from liuhen.engines.paper.registers import Register
from liuhen.engines.paper.slips import Line, Slip
from liuhen.people.models import Agency
from liuhen.web.ledger_text import Line as UseLine
from liuhen.web.ledger_text import signed
from liuhen.web.mending_text import case_no, ticket_no
from liuhen.web.rules_text import article_title
from liuhen.web.templatetags.screen import minute, size
from liuhen.web.unrecorded_slips import words

LEDGER = "执法音像记录设备使用台账"
LEDGER_HEADS = (
    "序号", "设备编号", "使用人员", "领出时间", "归还时间", "活动或案件", "记录内容", "状态",
    "使用人签字", "管理员签字",
)  # fmt: skip
LEDGER_WIDTHS = (8, 20, 20, 26, 26, 38, 46, 20, 28, 28)

CHECKS = "执法音像记录设备使用前检查登记表"
CHECK_HEADS = (
    "序号", "检查时间", "设备编号", "检查项目", "电量", "剩余空间", "结论", "检查人", "备注",
)  # fmt: skip
CHECK_WIDTHS = (8, 28, 22, 92, 14, 22, 16, 22, 36)

ASSETS = "执法音像记录设备固定资产登记表"
ASSET_HEADS = (
    "序号", "资产编号", "资产名称", "设备编号", "品牌型号", "单价（元）", "购置日期", "使用科室",
    "存放地点", "保管人", "状态",
)  # fmt: skip
ASSET_WIDTHS = (8, 26, 28, 22, 34, 20, 22, 26, 26, 20, 16)

BUDGET = "执法音像记录设备经费表"
BUDGET_HEADS = (
    "序号", "类别", "项目", "型号", "数量", "计划金额（元）", "已支出（元）", "理由", "预期效果",
)  # fmt: skip
BUDGET_WIDTHS = (8, 24, 42, 24, 12, 26, 26, 44, 40)


def ledger_register(lines: Iterable[UseLine], agency: Agency, span: str, at: datetime) -> Register:
    with translation.override("zh-hans"):
        rows = [(str(n), *use_of(line)) for n, line in enumerate(lines, 1)]
        foot = "本台账由系统随领用、归还自动形成，每次领用、归还均已记入存证日志。"
        return book(LEDGER, LEDGER_HEADS, LEDGER_WIDTHS, rows, agency, span, at, foot)


def use_of(line: UseLine) -> tuple[str, ...]:
    """As LEDGER_HEADS, without the number."""
    one = line.checkout
    received = f"接收 {one.received_by.name}" if one.received_by else ""
    own = [f"领用{signed(one.user_signed_at)}", f"归还{signed(one.return_signed_at)}"]
    return (
        one.device.device_no,
        one.officer.name,
        minute(one.handed_at),
        minute(one.returned_at),
        one.task,
        line.content,
        line.state,
        "\n".join(said for said in own if len(said) > 2),
        "\n".join(filter(None, (f"发放 {one.handed_by.name}", received))),
    )


def check_register(
    checks: Iterable[PreUseCheck], agency: Agency, span: str, at: datetime
) -> Register:
    with translation.override("zh-hans"):
        rows = [(str(n), *check_of(one)) for n, one in enumerate(checks, 1)]
        foot = "打勾为合格，打叉为不合格；每次检查均已记入存证日志。"
        return book(CHECKS, CHECK_HEADS, CHECK_WIDTHS, rows, agency, span, at, foot)


def check_of(one: PreUseCheck) -> tuple[str, ...]:
    """As CHECK_HEADS, without the number."""
    items = "；".join(f"{'√' if item['ok'] else '×'}{item['text']}" for item in one.items)
    battery = "" if one.battery_percent is None else f"{one.battery_percent}%"
    free = "" if one.free_bytes is None else str(size(one.free_bytes))
    verdict = "合格" if one.is_passed else "不合格"
    who = one.checked_by.name
    return (minute(one.checked_at), one.device.device_no, items, battery, free, verdict, who,
            one.note)  # fmt: skip


def asset_register(devices: Iterable[Device], agency: Agency, at: datetime) -> Register:
    with translation.override("zh-hans"):
        rows = [(str(n), *asset_of(one)) for n, one in enumerate(devices, 1)]
        return book(ASSETS, ASSET_HEADS, ASSET_WIDTHS, rows, agency, "", at, "")


def asset_of(one: Device) -> tuple[str, ...]:
    """As ASSET_HEADS, without the number."""
    asset = getattr(one, "asset", None)
    return (
        asset.asset_no if asset else "",
        (asset.asset_name if asset else "") or str(one.get_kind_display()),
        one.device_no,
        f"{one.maker} {one.model}".strip(),
        money(asset.unit_price if asset else None),
        f"{asset.acquired_date:%Y-%m-%d}" if asset and asset.acquired_date else "",
        one.unit.name if one.unit else "",
        asset.place if asset else "",
        one.keeper.name if one.keeper else "",
        str(one.get_state_display()),
    )


def budget_register(told: YearTold, agency: Agency, at: datetime) -> Register:
    with translation.override("zh-hans"):
        rows = [(str(n), *plan_of(one)) for n, one in enumerate(told.lines, 1)]
        foot = (
            f"计划合计 {money(told.planned)} 元，已支出 {money(told.actual)} 元"
            f"（含计划外支出），结余 {money(told.left)} 元。"
        )
        span = f"{told.year} 年度"
        return book(BUDGET, BUDGET_HEADS, BUDGET_WIDTHS, rows, agency, span, at, foot)


def plan_of(one: Any) -> tuple[str, ...]:
    """As BUDGET_HEADS, without the number."""
    line = one.line
    return (
        str(line.get_category_display()),
        line.name,
        line.model,
        str(line.quantity),
        money(line.amount),
        money(one.actual or Decimal(0)),
        line.reason,
        line.effect,
    )


def book(
    title: str,
    heads: tuple[str, ...],
    widths: tuple[float, ...],
    rows: list[tuple[str, ...]],
    agency: Agency,
    span: str,
    at: datetime,
    foot: str,
) -> Register:
    under = (f"单位：{agency}", span, f"打印时间：{minute(at)}")
    return Register(title, under, heads, widths, rows, foot)


def repair_slip(ticket: RepairTicket | None, agency: Agency) -> Slip:
    """报修单."""
    with translation.override("zh-hans"):
        signs = ("报修人签字：", "维修人签字：", "设备管理员签字：")
        number = ticket_no(ticket) if ticket else ""
        return Slip("设备报修单", under(agency, number), tuple(repair_lines(ticket)), signs)


def repair_lines(one: RepairTicket | None) -> Iterator[Line]:
    user = one.checkout.officer.name if one and one.checkout else ""
    given_up = "无法修复：" if one and one.state == "given_up" else ""
    yield from device_lines(one.device if one else None, user)
    yield pair("报修人", one and one.reported_by.name, "报修时间", one and minute(one.reported_at))
    yield words("故障描述", one.fault if one else "")
    yield words("原因诊断", one.diagnosis if one else "")
    yield pair("维修单位或人员", one and one.repairer, "到达时间", one and minute(one.arrived_at))
    yield pair("配件", one and one.parts, "费用（元）", one and money(one.cost))
    yield words("完成情况", f"{given_up}{one.outcome}" if one else "")
    finished = one.finished_by.name if one and one.finished_by else ""
    yield pair("完成时间", one and minute(one.finished_at), "经办人", finished)
    yield words("反馈", one.feedback if one else "")


def compensation_slip(
    case: CompensationCase | None, agency: Agency, price: Decimal | None = None
) -> Slip:
    """赔偿处理单."""
    with translation.override("zh-hans"):
        signs = ("责任人签字：", "决定人签字：", "财务签字：")
        number = case_no(case) if case else ""
        lines = tuple(compensation_lines(case, price))
        return Slip("设备赔偿处理单", under(agency, number), lines, signs)


def compensation_lines(one: CompensationCase | None, price: Decimal | None) -> Iterator[Line]:
    user = one.officer.name if one else ""
    yield from device_lines(one.device if one else None, user, named="责任人")
    handed = minute(one.checkout.handed_at) if one and one.checkout else ""
    yield pair("领出时间", handed, "设备原价（元）", money(price))
    kind = "" if one is None else "遗失：" if one.loss else "损坏："
    yield words("经过", f"{kind}{one.story}" if one else "")
    fault = str(one.get_fault_display()) if one else ""
    yield pair("情形", fault, "赔偿金额（元）", money(one.amount) if one else "")
    waived = "不予赔偿：" if one and one.state == "waived" else ""
    ground = f"（依据：{article_title(one.article)}）" if one and one.article else ""
    yield words("处理意见", f"{waived}{one.reason}{ground}" if one else "")
    decided = one.decided_by.name if one and one.decided_by else ""
    yield pair("决定人", decided, "决定时间", one and minute(one.decided_at))
    yield pair("收据号", one and one.receipt_no, "赔付时间", one and minute(one.paid_at))


def device_lines(device: Device | None, user: str, *, named: str = "使用人") -> Iterator[Line]:
    kind = f"{device.get_kind_display()} {device.maker} {device.model}".strip() if device else ""
    unit = device.unit.name if device and device.unit else ""
    yield pair("设备编号", device and device.device_no, "设备类型", kind)
    yield pair("使用科室", unit, named, user)


def pair(one: str, said: str | None, other: str, told: str | None) -> Line:
    return Line(((one, said or ""), (other, told or "")))


def under(agency: Agency, number: str) -> tuple[str, str]:
    return (f"单位：{agency}", f"编号：{number}")


def money(amount: Decimal | None) -> str:
    """1,800.00; unknown stays empty on paper."""
    return "" if amount is None else f"{amount:,.2f}"
