"""责任追究决定书, 送达回证 and 责任追究登记簿: for print, PDF and Excel alike, blank ones too.

Papers are passed on, so they speak Chinese whatever language the reader's pages have.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.utils import translation

from liuhen.engines.paper.registers import Register
from liuhen.engines.paper.slips import Line, Slip
from liuhen.kernel.clock import in_china
from liuhen.people.models import Agency
from liuhen.supervision.models import Breach, BreachState
from liuhen.web.access_slips import day_of
from liuhen.web.breach_text import delivered_how, item_title
from liuhen.web.rules_text import article_title
from liuhen.web.unrecorded_slips import BLANK_DATE, day, moment, words

TITLE = "责任追究登记簿"
RIGHTS = "不服本决定的，可以向本单位提出申诉一次，申诉期间本决定照常执行。"
HEADS = (
    "序号", "决定书编号", "姓名", "科室", "违规行为", "认定的事实", "处理决定", "停止执法至",
    "决定人", "决定日期", "送达日期", "目前状态",
)  # fmt: skip
WIDTHS = (8, 29, 14, 20, 34, 46, 34, 18, 14, 18, 18, 16)
EXCEL_WIDTHS = (18, 12, 18, 40, 60, 40, 14, 12, 14, 14, 14)


def decision(breach: Breach) -> Slip:
    """责任追究决定书."""
    officer = breach.officer
    assert officer is not None  # one that is decided on is somebody's
    cert = officer.officer_cert_no or "—"
    breached = f"{item_title(breach)}：{breach.item_text}" if breach.item_no else "—"
    lines = (
        Line((("姓名", officer.name), ("执法证号", cert))),
        Line((("所在科室", str(breach.unit or "—")), ("案件编号", breach.number))),
        words("认定的事实", breach.finding),
        Line((("违规行为", breached),)),
        Line((("处理依据", basis_of(breach)),)),
        words("处理决定", "\n".join(ordered(breach))),
        *([Line((("停止执法期间", span_of(breach)),))] if breach.suspended_until else []),
        Line((("权利告知", RIGHTS),)),
    )
    under = (f"单位：{breach.agency}", f"编号：{breach.decision_no}")
    foot = "本决定由两人办理，调查、陈述申辩和决定的每一步均记入存证日志。"
    signs = ("（单位印章）", "决定人签名：", day(breach.decided_at))
    return Slip("责任追究决定书", under, lines, signs, foot)


def basis_of(breach: Breach) -> str:
    """The articles by which it is a breach, and by which that follows."""
    articles = [breach.article, *(one.article for one in breach.sanctions.all())]
    named = [article_title(no) for no in dict.fromkeys(articles) if no]
    return f"本单位音像记录制度{'、'.join(named)}" if named else "—"


def ordered(breach: Breach) -> list[str]:
    """1. 责令写出书面检查。"""
    said = [one.text for one in breach.sanctions.all()]
    if breach.correct_by_date:
        said.append(f"于{day_of(breach.correct_by_date)}前完成整改")
    if breach.state == BreachState.CLEARED:
        said = ["不予追究责任"]
    return [f"{n}. {one}。" for n, one in enumerate(said, 1)] if len(said) > 1 else [f"{said[0]}。"]


def span_of(breach: Breach) -> str:
    assert breach.suspended_until is not None
    return f"{day(breach.decided_at)}至{day_of(breach.suspended_until)}（含当日），期满自动恢复"


def receipt(breach: Breach) -> Slip:
    """送达回证: filled in as far as it is known, signed on paper where it is not."""
    officer = breach.officer
    assert officer is not None
    lines = (
        Line((("受送达人", officer.name), ("所在科室", str(breach.unit or "—")))),
        Line((("送达文书", f"责任追究决定书（{breach.decision_no}）"),)),
        Line((("送达方式", delivered_how(breach)), ("送达时间", moment(breach.delivered_at)))),
        Line((("送达地点", ""),)),
        words("拒收事由", ""),
        words("备注", ""),
    )
    under = (f"单位：{breach.agency}", f"编号：{breach.decision_no}")
    signs = ("受送达人签名：", "送达人签名：", "见证人签名：")
    return Slip("送达回证", under, lines, signs, f"日期：{BLANK_DATE}")


def blank_decision(agency: Agency) -> Slip:
    lines = (
        Line((("姓名", ""), ("执法证号", ""))),
        Line((("所在科室", ""), ("案件编号", ""))),
        words("认定的事实", "\n" * 5),
        Line((("违规行为", ""),)),
        Line((("处理依据", ""),)),
        words("处理决定", "\n" * 4),
        Line((("权利告知", RIGHTS),)),
    )
    signs = ("（单位印章）", "决定人签名：", BLANK_DATE)
    return Slip("责任追究决定书", (f"单位：{agency}", "编号：　　　　　　　"), lines, signs)


def blank_receipt(agency: Agency) -> Slip:
    lines = (
        Line((("受送达人", ""), ("所在科室", ""))),
        Line((("送达文书", ""),)),
        Line((("送达方式", ""), ("送达时间", ""))),
        Line((("送达地点", ""),)),
        words("拒收事由", ""),
        words("备注", ""),
    )
    signs = ("受送达人签名：", "送达人签名：", "见证人签名：")
    return Slip("送达回证", (f"单位：{agency}", "编号：　　　　　　　"), lines, signs)


MADE: dict[str, Callable[[Breach], Slip]] = {"decision": decision, "receipt": receipt}


def slip_of(breach: Breach, kind: str) -> Slip:
    """Raises KeyError: no such paper."""
    with translation.override("zh-hans"):
        return MADE[kind](breach)


def register_of(rows: Iterable[Breach], agency: Agency, *, at: datetime) -> Register:
    """In the order of `rows`, numbered."""
    with translation.override("zh-hans"):
        lines = [(str(n), *line_of(one)) for n, one in enumerate(rows, 1)]
        under = (f"单位：{agency}", f"打印时间：{in_china(at):%Y-%m-%d %H:%M}")
        foot = "本登记簿仅供办理责任追究的人员查阅，每项决定均已记入存证日志。"
        return Register(TITLE, under, HEADS, WIDTHS, lines, foot)


def line_of(breach: Breach) -> tuple[str, ...]:
    """As HEADS, without the number."""
    with translation.override("zh-hans"):
        return (
            breach.decision_no or "",
            breach.officer.name if breach.officer else "",
            str(breach.unit or ""),
            breach.item_text,
            breach.finding,
            "\n".join(ordered(breach)),
            breach.suspended_until.isoformat() if breach.suspended_until else "",
            breach.decided_by.name if breach.decided_by else "",
            iso(breach.decided_at),
            iso(breach.delivered_at),
            str(breach.get_state_display()),
        )


def iso(instant: datetime | None) -> str:
    return f"{in_china(instant):%Y-%m-%d}" if instant else ""
