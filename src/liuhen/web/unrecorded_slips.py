"""The papers on what was not recorded, as they are filed: one form each, for print and PDF alike.

Papers are passed on, so they speak Chinese whatever language the reader's pages have. Dates are
written as in official documents: 2026年1月5日.
"""

from datetime import datetime

from django.utils import translation

from liuhen.cases import papers
from liuhen.cases.models import Activity, Exemption, Interruption, StopReport
from liuhen.engines.paper.slips import Line, Slip
from liuhen.kernel.clock import in_china
from liuhen.web.rules_text import article_title
from liuhen.web.unrecorded_text import cause_of, made_at, officers_of, paper_no, party_of

Row = Exemption | Interruption | StopReport
BLANK_DATE = "　　　年　　月　　日"


def slip_of(row: Row) -> Slip:
    with translation.override("zh-hans"):
        if isinstance(row, StopReport):
            return of_stop(row)
        if isinstance(row, Interruption):
            return of_interruption(row)
        return of_consent(row) if row.is_prior else of_work_record(row)


def of_work_record(row: Exemption) -> Slip:
    """未进行音像记录情况说明."""
    return slip(
        "未进行音像记录情况说明",
        row,
        (
            *about(row.activity),
            Line((("类型", "免予记录"), ("事由", cause_of(row)))),
            *account(row),
        ),
        ("填写人签名：", "日期："),
    )


def of_consent(row: Exemption) -> Slip:
    """事前同意: asked and answered before the officers arrive."""
    asked = ("申请时间", moment(row.entered_at))
    return slip(
        "不进行音像记录事前同意表",
        row,
        (
            *about(row.activity),
            Line((("申请人", row.entered_by.name), asked)),
            Line((("类型", "事前同意不记录"), ("事由", cause_of(row)))),
            words("原因", row.reason),
            Line((("依据", ground_of(row)),)),
            words("同意意见", opinion_of(row)),
            Line((("同意人签名", ""), ("同意时间", moment(row.decided_at)))),
        ),
        ("申请人签名：", "日期："),
    )


def of_interruption(row: Interruption) -> Slip:
    begin, end = moment(row.from_at), moment(row.until_at) if row.until_at else "未恢复记录"
    said = (
        *about(row.activity),
        Line((("停止时间", begin), ("恢复时间", end))),
        Line((("类型", "中断记录"), ("事由", cause_of(row)))),
        Line((("语音说明", spoken_of(row)),)),
    )
    if row.posts:
        return slip("音像记录中断情况说明", row, (*said, *account(row)), ("填写人签名：", "日期："))
    rest = (words("原因", row.reason), Line((("依据", ground_of(row)),)))
    return slip("音像记录中断情况登记表", row, (*said, *rest), ("登记人签名：", "日期："))


def of_stop(row: StopReport) -> Slip:
    seen = f"{row.seen_by.name}　{moment(row.seen_at)}" if row.seen_by else ""
    return slip(
        "无法继续记录书面说明",
        row,
        (
            *about(row.activity),
            Line((("停止时间", moment(row.stopped_at)), ("报告时间", moment(row.reported_at)))),
            Line((("报告人", row.reported_by.name), ("报告对象", papers.posts_text(row.posts)))),
            Line((("阅知情况", seen), ("事由", cause_of(row)))),
            words("报告内容", row.reason),
            words("书面说明", row.statement),
            Line((("依据", ground_of(row)),)),
            Line((("说明人签名", ""), ("日期", day(row.stated_at)))),
        ),
        ("报告对象签名：", "日期："),
    )


def about(activity: Activity) -> tuple[Line, ...]:
    people = "、".join(officer.name for officer in officers_of(activity))
    kind = activity.listed or activity.get_kind_display()
    return (
        Line((("当事人", party_of(activity)), ("时间", span_of(activity)))),
        Line((("地点", activity.place),)),
        Line((("执法人员", people), ("执法活动", f"{kind}　{activity.number}"))),
    )


def account(row: Exemption | Interruption) -> tuple[Line, ...]:
    """Why, on what it rests, and the word of who reviews it."""
    basis = "\n".join(part for part in (row.basis, ground_of(row)) if part)
    return (
        words("原因", row.reason),
        words("依据", basis),
        words("审核意见", opinion_of(row)),
        Line((("审核人签名", ""), ("日期", day(row.decided_at)))),
    )


def words(title: str, said: str) -> Line:
    return Line(((title, said),), is_words=True)


def ground_of(row: Row) -> str:
    return f"本单位音像记录制度{article_title(row.article)}" if row.article else ""


def opinion_of(row: Exemption | Interruption) -> str:
    """What was decided and by whom; nothing before that: there is room to write it."""
    if row.decided_by is None:
        return ""
    decided = {"approved": "同意", "filed": "同意", "refused": "不同意", "returned": "退回补正"}
    said = "。".join(part.strip("。") for part in (decided[row.state], row.opinion) if part)
    who = "同意人" if isinstance(row, Exemption) and row.is_prior else "审核人"
    return f"{said}。\n{who}：{row.decided_by.name}（在系统中办理）"


def spoken_of(row: Interruption) -> str:
    if row.mark is None or row.mark.removed_at is not None:
        return "无"
    seconds = int(row.mark.start_seconds)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"音像资料 {row.mark.recording.number} 第 {clock} 处口述原因"


def slip(title: str, row: Row, lines: tuple[Line, ...], signs: tuple[str, ...]) -> Slip:
    under = (f"单位：{row.activity.agency}", f"编号：{paper_no(row)}")
    foot = f"本表由系统于{moment(made_at(row))}登记形成，每一步办理均记入存证日志。"
    return Slip(title, under, lines, signs, foot)


def span_of(activity: Activity) -> str:
    if activity.arrived_at is None:
        return "尚未到达现场"
    begin = moment(activity.arrived_at)
    if activity.left_at is None:
        return f"{begin}起"
    same = in_china(activity.left_at).date() == in_china(activity.arrived_at).date()
    return f"{begin}至{clock(activity.left_at) if same else moment(activity.left_at)}"


def day(instant: datetime | None) -> str:
    """2026年1月5日; a line to fill in where nobody knows yet."""
    if instant is None:
        return BLANK_DATE
    local = in_china(instant)
    return f"{local.year}年{local.month}月{local.day}日"


def clock(instant: datetime) -> str:
    local = in_china(instant)
    return f"{local.hour}时{local.minute:02}分"


def moment(instant: datetime | None) -> str:
    return "" if instant is None else f"{day(instant)}{clock(instant)}"
