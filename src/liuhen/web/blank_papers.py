"""Every paper the regulations and practice ask for, blank: to be filled in by hand on A4.

A power cut or a site without a network stops no enforcement; what was written by hand is entered
afterwards. Fields are those of the filled papers, which a test compares.
"""

from collections.abc import Callable
from dataclasses import dataclass

from liuhen.engines.paper.registers import Register
from liuhen.engines.paper.slips import Line, Slip
from liuhen.people.models import Agency
from liuhen.web import (
    access_slips,
    breach_slips,
    correction_slips,
    device_papers,
    disposal_papers,
    review_papers,
    spot_papers,
)

ROWS = 15
"""Lines of a blank register: one sheet on its side."""


@dataclass(frozen=True)
class Blank:
    """`group` is the heading it is offered under."""

    code: str
    group: str
    title: str
    make: Callable[[Agency], Slip | Register]


def register(
    code: str, group: str, title: str, heads: tuple[str, ...], widths: tuple[float, ...]
) -> Blank:
    def make(agency: Agency) -> Register:
        rows = [("",) * len(heads)] * ROWS
        under = (f"单位：{agency}", "期间：　　　　　　　　", "填写人：　　　　　　")
        return Register(title, under, heads, widths, rows)

    return Blank(code, group, title, make)


def slip(code: str, group: str, title: str, *rows: str, signs: str) -> Blank:
    """Each row is one field, or two around `|`; `*` behind a field: room for a text."""
    lines = tuple(
        Line(tuple((name.rstrip("*"), "") for name in row.split("|")), is_words=row.endswith("*"))
        for row in rows
    )

    def make(agency: Agency) -> Slip:
        under = (f"单位：{agency}", "编号：　　　　　　　　")
        return Slip(title, under, lines, tuple(f"{sign}：" for sign in signs.split()))

    return Blank(code, group, title, make)


ABOUT = ("当事人|时间", "地点", "执法人员|执法活动")
WHY = ("原因*", "依据*", "审核意见*", "审核人签名|日期")
USE, SITE, SEE, KEEP = "设备", "现场记录", "调阅和取证", "保管和销毁"
WATCH = "监督"

BLANKS = (
    register(
        "ledger", USE, device_papers.LEDGER, device_papers.LEDGER_HEADS, device_papers.LEDGER_WIDTHS
    ),
    register(
        "checks", USE, device_papers.CHECKS, device_papers.CHECK_HEADS, device_papers.CHECK_WIDTHS
    ),
    Blank("repair", USE, "设备报修单", lambda agency: device_papers.repair_slip(None, agency)),
    Blank(
        "compensation",
        USE,
        "设备赔偿处理单",
        lambda agency: device_papers.compensation_slip(None, agency),
    ),
    register(
        "assets", USE, device_papers.ASSETS, device_papers.ASSET_HEADS, device_papers.ASSET_WIDTHS
    ),
    register(
        "budget", USE, device_papers.BUDGET, device_papers.BUDGET_HEADS, device_papers.BUDGET_WIDTHS
    ),
    slip(
        "exemption", SITE, "未进行音像记录情况说明", *ABOUT, "类型|事由", *WHY,
        signs="填写人签名 日期",
    ),
    slip(
        "consent", SITE, "不进行音像记录事前同意表", *ABOUT, "申请人|申请时间", "类型|事由",
        "原因*", "依据", "同意意见*", "同意人签名|同意时间", signs="申请人签名 日期",
    ),
    slip(
        "interruption", SITE, "音像记录中断情况说明", *ABOUT, "停止时间|恢复时间", "类型|事由",
        "语音说明", *WHY, signs="填写人签名 日期",
    ),
    slip(
        "stop", SITE, "无法继续记录书面说明", *ABOUT, "停止时间|报告时间", "报告人|报告对象",
        "阅知情况|事由", "报告内容*", "书面说明*", "依据", "说明人签名|日期",
        signs="报告对象签名 日期",
    ),
    slip(
        "viewing", SEE, "执法信息调阅单", "申请人|单位", "证件号|申请时间", "调阅单位|调阅人",
        "调阅函、介绍信|有效证件", "资料编号", "方式|类别", "事由*", "审核意见*", "审核人|日期",
        "批准意见*", "批准人|日期", "起止时间|依据", "保管人登记*",
        signs="申请人签名 保管人签名 日期",
    ),
    register("register", SEE, access_slips.TITLE, access_slips.HEADS, access_slips.WIDTHS),
    slip(
        "evidence", SEE, "音像资料提取文字说明", "案件名称|案号", "提取人|提取时间",
        "提取地点|复制份数", "证明对象", "制作方法*", "原始载体存放地点", "无法调取原件原因",
        "内容摘要*", "音像资料", "制作人|设备", "制作时间", "SHA-256", "SM3",
        signs="提取人 提取人 持有人",
    ),
    register(
        "discs", KEEP, "光盘登记表",
        ("序号", "光盘编号", "内容（活动、案件名称和编号）", "制作单位", "制作人", "制作时间",
         "份数", "存放地点", "检查日期", "备注"),
        (8, 26, 60, 30, 20, 26, 14, 34, 26, 28),
    ),
    register(
        "disposal", KEEP, disposal_papers.TITLE, disposal_papers.HEADS, disposal_papers.WIDTHS
    ),
    slip(
        "certificate", KEEP, "音像资料销毁证明", "全宗号|销毁数量", "销毁理由", "鉴定负责人",
        "审核人", "批准人", "监销人", "监销人", "执行时间|存证事件", "销毁方式", "档号*",
        "未予销毁*", "另行销毁*", signs="监销人签名 监销人签名",
    ),
    Blank("breach-decision", WATCH, "责任追究决定书", breach_slips.blank_decision),
    Blank("breach-receipt", WATCH, "送达回证", breach_slips.blank_receipt),
    register(
        "breaches", WATCH, breach_slips.TITLE, breach_slips.HEADS, breach_slips.WIDTHS
    ),
    Blank("spot", WATCH, spot_papers.TITLE, spot_papers.blank_of),
    Blank("review", WATCH, review_papers.SHEET, review_papers.blank_sheet),
    Blank("review_result", WATCH, review_papers.RESULT, review_papers.blank_result),
    Blank("correction", WATCH, correction_slips.TITLE, correction_slips.blank_of),
)  # fmt: skip

BY_CODE = {one.code: one for one in BLANKS}
