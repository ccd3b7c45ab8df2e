"""执法信息调阅单 and 执法信息调阅登记簿, as they are printed and filed.

Papers are passed on, so they speak Chinese whatever language the reader's pages have.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import translation

from liuhen.access.asking import FOR_OUTSIDERS
from liuhen.access.deciders import posts_in
from liuhen.access.models import Decision, Grant, Request, Step, StepAct, Viewing
from liuhen.access.wording import posts_text
from liuhen.engines.paper.registers import Register
from liuhen.engines.paper.slips import Line, Slip
from liuhen.kernel.clock import in_china
from liuhen.people.models import Agency
from liuhen.web.access_words import ground_text, length_text, masked, names_text, viewer_text
from liuhen.web.rules_text import article_title
from liuhen.web.templatetags.screen import minute
from liuhen.web.unrecorded_slips import day, moment, words

MOST_NUMBERS = 30
"""Numbers written out on the slip; of more the first and how many there are."""

TITLE = "执法信息调阅登记簿"
HEADS = ("序号", "查看时间", "查阅人", "单位（科室）", "资料编号", "方式", "事由", "批准", "时长")
WIDTHS = (5, 14, 12, 16, 12, 9, 26, 20, 8)


def slip_of(found: Request) -> Slip:
    with translation.override("zh-hans"):
        lines = (*about(found), *decided(found), *granted(found))
        return Slip(
            "执法信息调阅单",
            (f"单位：{found.agency}", f"编号：{found.number}"),
            lines,
            ("申请人签名：", "保管人签名：", "日期："),
            f"本表由系统于{moment(found.asked_at)}登记形成，每一步办理均记入存证日志。",
        )


def about(found: Request) -> tuple[Line, ...]:
    way, asker = "复制" if found.wants_copy else "查阅", found.asked_by
    rows = [
        Line((("申请人", asker.name), ("单位", unit_of(found)))),
        Line(
            (("证件号", found.asked_by.officer_cert_no or ""), ("申请时间", moment(found.asked_at)))
        ),
    ]
    if found.kind in FOR_OUTSIDERS:
        rows += [
            Line((("调阅单位", found.organ or "个人"), ("调阅人", found.person))),
            Line((("调阅函、介绍信", found.letter_no), ("有效证件", masked(found.identity)))),
        ]
    return (
        *rows,
        Line((("资料编号", numbers_of(found)),)),
        Line((("方式", way), ("类别", str(found.get_kind_display())))),
        words("事由", found.purpose),
        *belongs(found),
    )


def unit_of(found: Request) -> str:
    return found.asked_by.unit.name if found.asked_by.unit else str(found.agency)


def belongs(found: Request) -> Iterable[Line]:
    if found.case:
        yield Line((("案件", f"{found.case.case_no}　{found.case.name}"),))
    elif found.activity:
        yield Line((("执法活动", f"{found.activity.number}　{found.activity.place}"),))


def numbers_of(found: Request) -> str:
    rows = found.recordings.order_by("recorded_at", "pk").values_list("number", flat=True)
    numbers = list(rows)
    if not numbers:
        return f"查无此资料。{found.search}" if found.search else f"待查：{found.sought}"
    told = names_text(numbers[:MOST_NUMBERS])
    return told if len(numbers) <= MOST_NUMBERS else f"{told}等，共 {len(numbers)} 份"


def decided(found: Request) -> Iterable[Line]:
    """A row for each step: what was decided and by whom, or room to write it."""
    for step in (
        found.steps.filter(round=found.round).order_by("position").select_related("decided_by")
    ):
        title = "审核人" if step.act == StepAct.REVIEW else "批准人"
        name = step.decided_by.name if step.decided_by else ""
        yield words(f"{posts_text(posts_in(step.posts))}意见", opinion_of(step))
        yield Line(((title, name), ("日期", day(step.decided_at))))


def opinion_of(step: Step) -> str:
    if step.decision == Decision.PENDING:
        return ""
    decided = str(step.get_decision_display())
    if step.comment.startswith(decided):
        return f"{step.comment.strip('。')}。"
    return "。".join(part.strip("。") for part in (decided, step.comment) if part) + "。"


def granted(found: Request) -> tuple[Line, ...]:
    """From when to when it may be used, and what the keeper wrote down."""
    first = found.grants.order_by("pk").first()
    if first is None:
        span = f"申请至{day_of(found.wanted_until)}"
        return (Line((("起止时间", span),)), words("保管人登记", ""))
    viewings = Viewing.objects.filter(grant__request=found).select_related("viewer", "recording")
    told = [looked(one) for one in viewings.order_by("opened_at", "pk")]
    ground = f"本单位音像记录制度{article_title(found.article)}" if found.article else ""
    return (
        Line((("起止时间", span_of(first)), ("依据", ground))),
        words("保管人登记", "\n".join(told)),
    )


def span_of(grant: Grant) -> str:
    """A grant ends with a day; one that was taken back, at that moment."""
    if grant.revoked_at:
        return f"{moment(grant.from_at)}至{moment(grant.revoked_at)}（已收回）"
    return f"{moment(grant.from_at)}至{day(grant.until - timedelta(seconds=1))}"


def day_of(wanted: date) -> str:
    return f"{wanted.year}年{wanted.month}月{wanted.day}日"


def looked(viewing: Viewing) -> str:
    who, when = viewer_text(viewing), minute(viewing.opened_at)
    parts = (when, who, viewing.recording.number, length_text(viewing))
    return "　".join(part for part in parts if part)


def register_of(
    rows: Iterable[Viewing], agency: Agency, *, since: date | None, until: date | None, at: datetime
) -> Register:
    """In the order of `rows`, numbered."""
    with translation.override("zh-hans"):
        lines = [(str(n), *line_of(one)) for n, one in enumerate(rows, 1)]
        span = f"{since or '开始使用'} 至 {until or in_china(at).date()}"
        under = (f"单位：{agency}", f"查看日期：{span}", f"打印时间：{minute(at)}")
        foot = "本登记簿由系统随每次打开资料自动形成，每次查看均已记入存证日志。"
        return Register(TITLE, under, HEADS, WIDTHS, lines, foot)


def line_of(one: Viewing) -> tuple[str, ...]:
    """As HEADS, without the number; for print, PDF and Excel alike."""
    request = one.grant.request if one.grant else None
    unit = one.viewer.unit.name if one.viewer.unit else ""
    with translation.override("zh-hans"):
        return (
            minute(one.opened_at),
            one.viewer.name,
            one.for_whom or unit,
            one.recording.number,
            "复制" if one.what == "copy" else "查看",
            request.purpose if request else one.purpose,
            request.number if request else ground_text(one),
            length_text(one),
        )
