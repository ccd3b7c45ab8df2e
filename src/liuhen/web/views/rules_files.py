"""条款落实情况, 制度参数, 调整申请, 制度全文 and 工作日安排 as Excel files."""

from collections.abc import Iterable
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.duties.queries import Figures
from liuhen.kernel.clock import now
from liuhen.regulations import calendar, queries
from liuhen.regulations.calendar import Day
from liuhen.regulations.queries import Held, Standing
from liuhen.statistics.article_figures import Act
from liuhen.web import rules_shown
from liuhen.web.cells import day, name
from liuhen.web.doors import needs, signed_in
from liuhen.web.rules_shown import ArticleLine, Told
from liuhen.web.rules_text import article_title
from liuhen.web.sheets import Column, listed, whole
from liuhen.web.templatetags.screen import moment
from liuhen.web.views.rules import day_asked
from liuhen.web.views.rules_changing import INVOLVED, is_done, title_of
from liuhen.web.views.rules_keeping import pack_asked, uploads_of, year_asked

COUNTED = (
    (_("逾期"), "overdue"),
    (_("待办"), "open"),
    (_("按时办结"), "done"),
    (_("逾期办结"), "late"),
    (_("已免办"), "waived"),
)


def does(line: ArticleLine) -> str:
    if line.article.is_text_only:
        return str(_("目的、定义或原则，无须系统落实"))
    return "\n".join(str(row.does) for row in line.does)


def figures(found: Figures | None, acts: Iterable[Act]) -> str:
    """待办 3、按时办结 12；调阅登记 4."""
    said = [(word, getattr(found, which)) for word, which in COUNTED] if found else []
    done = [(act.kind.label, act.count) for act in acts]
    return "、".join(f"{word} {n}" for word, n in [*said, *done] if n)


def words_of(told: Told) -> str:
    reading = [f"{_('本条理解：')}{told.reading}"] if told.reading else []
    return "\n".join([*told.lines, *reading])


def articles_of(told: Told) -> str:
    return "、".join(article_title(no) for no in (told.article, *told.see))


def source_of(held: Held) -> Any:
    if held.proposal is None:
        return _("制度原文")
    return f"{_('本单位调整')}：{held.proposal.reason}"


def gaps_of(told: tuple[Any, Any]) -> str:
    """How the articles found in the text differ from the system's."""
    one, gaps = told
    if gaps is None:
        return str(_("未能逐条识别，只供下载"))
    said = [str(_("识别出 %(n)s 条") % {"n": len(one.articles)})]
    lacking = ((_("文中未找到："), gaps.not_in_text), (_("本系统没有："), gaps.not_in_pack))
    for words, missing in lacking:
        if missing:
            said.append(f"{words}{'、'.join(article_title(no) for no in missing)}")
    return "；".join(said)


def by_the_state(one: Day) -> Any:
    if one.holiday:
        return one.holiday
    if one.is_moved:
        return _("调休上班")
    return _("工作日") if one.is_national else _("周末")


def working(is_working: bool | None) -> Any:
    """None: nobody says."""
    if is_working is None:
        return ""
    return _("工作日") if is_working else _("休息")


ARTICLES = (
    Column(_("条款"), 12, lambda line: article_title(line.article.no)),
    Column(_("内容概括"), 50, lambda line: line.article.summary),
    Column(_("系统如何落实"), 50, does),
    Column(_("当月办理"), 36, lambda line: figures(line.month, line.month_acts)),
    Column(_("当年办理"), 36, lambda line: figures(line.year, line.year_acts)),
)
PARAMETERS = (
    Column(_("类别"), 20, lambda one: one[0]),
    Column(_("参数"), 24, lambda one: one[1].label),
    Column(_("现行内容"), 60, lambda one: words_of(one[1].told) if one[1].told else ""),
    Column(_("依据"), 20, lambda one: articles_of(one[1].told) if one[1].told else ""),
    Column(_("起始日期"), 12, lambda one: day(one[1].held.from_date)),
    Column(_("来源"), 36, lambda one: source_of(one[1].held)),
)
PROPOSALS = (
    Column(_("事项"), 30, title_of),
    Column(_("生效日期"), 12, lambda one: day(one.from_date)),
    Column(_("理由"), 50, lambda one: one.reason),
    Column(_("提出"), 10, lambda one: name(one.proposed_by)),
    Column(_("提出时间"), 20, lambda one: moment(one.proposed_at)),
    Column(_("办理"), 10, lambda one: name(one.decided_by)),
    Column(_("办理时间"), 20, lambda one: moment(one.decided_at) if one.decided_at else ""),
    Column(_("状态"), 10, lambda one: one.get_state_display()),
)
TEXTS = (
    Column(_("文件"), 40, lambda told: told[0].file_name),
    Column(_("上传"), 10, lambda told: name(told[0].uploaded_by)),
    Column(_("上传时间"), 20, lambda told: moment(told[0].uploaded_at)),
    Column(_("条文"), 50, gaps_of),
    Column("SHA-256", 68, lambda told: told[0].sha256),
)
DAYS = (
    Column(_("日期"), 12, lambda one: day(one.day)),
    Column(_("国家安排"), 16, by_the_state),
    Column(_("本单位安排"), 12, lambda one: working(one.own)),
    Column(_("说明"), 30, lambda one: one.note),
    Column(_("执行"), 10, lambda one: working(one.is_working)),
)


@signed_in
def export_rules(request: HttpRequest) -> FileResponse:
    """Every article, how it is carried out and how far it was kept."""
    officer, at = request.user, now()
    on = day_asked(request, at)
    pack = Standing(officer.agency).followed_on(on).pack
    lines = rules_shown.article_lines(officer, pack, rules_shown.Spans.of(on, at))
    return listed(_("制度条款办理情况"), ARTICLES, lines)


@signed_in
def export_rule_parameters(request: HttpRequest) -> FileResponse:
    agency = request.user.agency
    groups = rules_shown.groups(Standing(agency), day_asked(request, now()), ())
    lines = ((group.title, line) for group in groups for line in group.lines)
    return listed(_("制度参数"), PARAMETERS, lines)


@needs(*INVOLVED)
def export_rule_proposals(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = queries.proposals(request.user.agency, pending=not is_done(request))
    return listed(_("调整申请"), PROPOSALS, whole(rows))


@signed_in
def export_rule_texts(request: HttpRequest) -> FileResponse:
    agency = request.user.agency
    pack = pack_asked(request, Standing(agency))
    return listed(_("制度全文"), TEXTS, uploads_of(agency, pack))


@signed_in
def export_rule_calendar(request: HttpRequest) -> FileResponse:
    days = calendar.special_days(request.user.agency, year_asked(request))
    return listed(_("工作日安排"), DAYS, days)
