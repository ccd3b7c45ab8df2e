"""整改通知书 with its receipt, and the register of orders: for print, PDF and Excel alike.

Papers are passed on, so they speak Chinese whatever language the reader's pages have.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import translation

from liuhen.engines.paper.registers import Register
from liuhen.engines.paper.slips import Line, Slip
from liuhen.kernel.clock import in_china
from liuhen.people.models import Agency
from liuhen.supervision.models import Correction, CorrectionSource
from liuhen.web.rules_text import article_title
from liuhen.web.templatetags.screen import minute
from liuhen.web.unrecorded_slips import BLANK_DATE, day, words

TITLE = "整改通知书"
REGISTER = "整改登记簿"
HEADS = (
    "编号", "来源", "科室", "整改责任人", "存在的问题", "整改要求", "依据", "发出日期",
    "整改期限", "整改情况", "提交时间", "验收意见", "状态",
)  # fmt: skip
WIDTHS = (26, 18, 20, 16, 44, 40, 14, 18, 18, 40, 20, 30, 14)
SIGNS = ("（发出单位印章）", "发出人签名：", "签收人签名：")


def slip_of(one: Correction) -> Slip:
    with translation.override("zh-hans"):
        source = CorrectionSource(one.source).label
        came = f"{source}　{one.reference}".strip()
        lines = (
            Line((("被整改科室", str(one.unit or "—")), ("整改责任人", whose(one)))),
            Line((("来源", came), ("发出时间", day(one.ordered_at)))),
            words("存在的问题", one.problem),
            Line((("依据", f"本单位音像记录制度{article_title(one.article)}"),)),
            words("整改要求", one.demand),
            Line((("整改期限", last_day(one.due_at)), ("发出人", one.ordered_by.name))),
            words("整改情况", one.report),
            words("验收意见", verdict(one)),
        )
        under = (f"单位：{one.agency}", f"编号：{one.number}")
        foot = "请在期限内改正并提交整改情况和有关材料；逾期不改的，按制度追究责任。"
        return Slip(TITLE, under, lines, (*SIGNS, f"日期：{BLANK_DATE}"), foot)


def whose(one: Correction) -> str:
    if one.officer:
        return one.officer.name
    head = one.unit and one.unit.head
    return f"{head.name}（科室负责人）" if head else "科室负责人"


def last_day(due_at: datetime) -> str:
    """A limit at midnight is the end of the day before."""
    return day(due_at - timedelta(days=1))


def verdict(one: Correction) -> str:
    if one.decided_by is None:
        return ""
    said = {"accepted": "验收合格", "ordered": "退回整改", "submitted": "退回整改后再次提交"}
    opinion = "。".join(
        part.strip("。") for part in (said.get(one.state, "已撤回"), one.opinion) if part
    )
    return f"{opinion}。\n验收人：{one.decided_by.name}　{day(one.decided_at)}"


def blank_of(agency: Agency) -> Slip:
    """To be filled in by hand."""
    lines = (
        Line((("被整改科室", ""), ("整改责任人", ""))),
        Line((("来源", ""), ("发出时间", ""))),
        words("存在的问题", ""),
        Line((("依据", ""),)),
        words("整改要求", ""),
        Line((("整改期限", ""), ("发出人", ""))),
        words("整改情况", ""),
        words("验收意见", ""),
    )
    under = (f"单位：{agency}", "编号：　　　　　　　　")
    return Slip(TITLE, under, lines, (*SIGNS, f"日期：{BLANK_DATE}"))


def register_of(rows: Iterable[Correction], agency: Agency, *, at: datetime) -> Register:
    lines = [line_of(one) for one in rows]
    under = (f"单位：{agency}", f"打印时间：{minute(at)}", f"共 {len(lines)} 件")
    return Register(REGISTER, under, HEADS, WIDTHS, lines)


def line_of(one: Correction) -> tuple[str, ...]:
    """As HEADS."""
    with translation.override("zh-hans"):
        source = str(CorrectionSource(one.source).label)
        return (
            one.number,
            f"{source} {one.reference}".strip(),
            str(one.unit or ""),
            one.officer.name if one.officer else "科室负责人",
            one.problem,
            one.demand,
            article_title(one.article),
            f"{in_china(one.ordered_at):%Y-%m-%d}",
            f"{in_china(one.due_at - timedelta(days=1)):%Y-%m-%d}",
            one.report,
            minute(one.submitted_at) if one.submitted_at else "",
            one.opinion,
            str(one.get_state_display()),
        )
