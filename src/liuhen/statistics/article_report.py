"""制度执行情况年度自查报告: article by article, what enforces it and how far it was kept in a year.

A paper of the bureau, so its words are Chinese whatever language the reader's screen has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import translation

from liuhen.duties.models import Duty, DutyState
from liuhen.duties.queries import Figures
from liuhen.engines.paper.registers import Register
from liuhen.engines.policy.pack import Pack
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Agency, Officer
from liuhen.regulations import enforcement
from liuhen.regulations.numerals import words_of
from liuhen.regulations.queries import Standing
from liuhen.statistics import article_figures, event_counts
from liuhen.statistics.article_figures import ArticleFigures

TITLE = "执法全过程音像记录制度执行情况自查报告"
HEADS = ("条款", "内容概括", "系统如何落实", "年内办理（存证日志）", "应办事项", "说明")
WIDTHS = (11.0, 40.0, 62.0, 44.0, 30.0, 30.0)
LATE_HEADS = ("条款", "事项", "承办", "期限", "办结", "情形")
LATE_WIDTHS = (14.0, 34.0, 34.0, 26.0, 26.0, 40.0)
SIGNS = ("填报人：", "审核人：", "单位（盖章）：", "　　　　年　　月　　日")
MOST_LATE = 2000
"""Lines of the list of what was late; more than these are counted, not listed."""


@dataclass(frozen=True)
class Late:
    """One duty that was done late or is overdue still."""

    article: int
    what: str
    whose: str
    due_at: datetime | None
    closed_at: datetime | None
    reason: str


@dataclass(frozen=True)
class Report:
    """`until` is the last day counted: the year's, or the day the report was made on. `log_size`:
    so many events of the log were counted. `late_count` is of all that was late, `late` lists the
    first of them."""

    agency: Agency
    pack: Pack
    year: int
    until: date
    made_at: datetime
    log_size: int
    articles: Sequence[ArticleFigures]
    late: Sequence[Late]
    late_count: int

    @property
    def silent(self) -> list[ArticleFigures]:
        return [one for one in self.articles if one.is_silent]


def report(agency: Agency, year: int, *, at: datetime, reader: Officer | None) -> Report:
    """By the regulation that was in force on the last day counted, with what `reader` may know
    (`article_figures.hidden_from`). Six queries and one for the regulation."""
    until = min(date(year, 12, 31), in_china(at).date())
    pack = Standing(agency).followed_on(until).pack
    since = date(year, 1, 1)
    end = min(midnight(until + timedelta(days=1)), at)
    late = late_of(agency, pack, since=since, end=end)
    return Report(
        agency,
        pack,
        year,
        until,
        at,
        event_counts.so_far(),
        article_figures.of_pack(agency, pack, since=since, until=until, at=at, reader=reader),
        [told(one) for one in late[:MOST_LATE].select_related("unit", "owner")],
        late.count(),
    )


def late_of(agency: Agency, pack: Pack, *, since: date, end: datetime) -> QuerySet[Duty]:
    """Closed late within the time, or overdue when it ends; in the order of the articles."""
    first = midnight(since)
    rows = Duty.objects.filter(agency=agency, pack_id=pack.pack_id)
    closed = rows.filter(state=DutyState.DONE_LATE, closed_at__gte=first, closed_at__lt=end)
    overdue = rows.filter(due_at__lte=end, started_at__lt=end).exclude(closed_at__lt=end)
    return (closed | overdue).order_by("article", "due_at", "pk")


def told(duty: Duty) -> Late:
    with translation.override("zh-hans"):
        whose = duty.owner.name if duty.owner else (duty.unit.name if duty.unit else "本单位")
        what = duty.get_kind_display()
    return Late(duty.article, what, whose, duty.due_at, duty.closed_at, duty.reason)


def register_of(said: Report) -> Register:
    """The report's table, for print and PDF."""
    under = (
        f"单位：{said.agency}",
        f"执行制度：{said.pack.title}",
        f"{said.year}年1月1日至{said.until.month}月{said.until.day}日",
    )
    foot = (
        f"办理数取自存证日志前 {said.log_size} 条，可由存证日志复核；"
        f"全年逾期办结和到期未办的应办事项共 {said.late_count} 件，逐件列于附表。"
    )
    rows = [row_of(one) for one in said.articles]
    return Register(f"{TITLE}（{said.year}年）", under, HEADS, WIDTHS, rows, foot)


def row_of(one: ArticleFigures) -> tuple[str, ...]:
    """As HEADS."""
    with translation.override("zh-hans"):
        does = "；".join(str(row.does).rstrip("。") for row in enforcement.of(one.article))
        acts = "、".join(f"{act.kind.label} {act.count}" for act in one.acts if act.count)
    remark = "目的、定义或者原则" if one.article.is_text_only else ""
    if one.is_silent:
        remark = "年内没有办理记录"
    if one.is_partial:
        remark = "违规线索和责任追究的办理数仅向有权查看的人员显示"
    return (
        article_title(one.article.no),
        one.article.summary,
        does,
        acts,
        figures_text(one.duties),
        remark,
    )


def figures_text(figures: Figures | None) -> str:
    if figures is None:
        return ""
    named = (
        ("按时办结", figures.done),
        ("逾期办结", figures.late),
        ("已免办", figures.waived),
        ("未办结", figures.open),
        ("其中到期未办", figures.overdue),
    )
    return "、".join(f"{name} {n}" for name, n in named if n)


def late_register(said: Report) -> Register:
    """The annex: what was late, one by one."""
    cut = said.late_count - len(said.late)
    foot = f"另有 {cut} 件未列出。" if cut else ""
    rows = [late_row(one) for one in said.late]
    under = (f"单位：{said.agency}", f"共 {said.late_count} 件")
    return Register("附表：逾期办理事项", under, LATE_HEADS, LATE_WIDTHS, rows, foot)


def late_row(one: Late) -> tuple[str, ...]:
    """As LATE_HEADS."""
    state = "逾期办结" if one.closed_at else "到期未办"
    said = f"{state}：{one.reason}" if one.reason else state
    title = article_title(one.article)
    return (title, one.what, one.whose, minute(one.due_at), minute(one.closed_at), said)


def article_title(number: int) -> str:
    return f"第{words_of(number)}条"


def minute(instant: datetime | None) -> str:
    return f"{in_china(instant):%Y-%m-%d %H:%M}" if instant else ""
