"""How exemptions, interruptions and stop reports read on a screen: number, colour, course."""

from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.cases import papers
from liuhen.cases.explaining import Explanation, Lack
from liuhen.cases.models import (
    Activity,
    Exemption,
    Interruption,
    PaperState,
    StopReport,
)
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.regulations import current
from liuhen.web.duties_text import span_words
from liuhen.web.mending_text import Step, course, name
from liuhen.web.rules_text import article_title

COLOURS = {
    PaperState.ENTERED: "secondary",
    PaperState.DRAFT: "orange",
    PaperState.SUBMITTED: "azure",
    PaperState.RETURNED: "orange",
    PaperState.APPROVED: "green",
    PaperState.REFUSED: "red",
    PaperState.FILED: "green",
}
LACKS: dict[Lack, Promise] = {
    Lack.SILENT: gettext_lazy("制度没有规定可以中断的情形"),
    Lack.NOT_ALLOWED: gettext_lazy("该事由不属于制度规定可以中断的情形"),
    Lack.NOT_SAID: gettext_lazy("恢复记录时没有口述原因，或者尚未标记"),
    Lack.NO_STATEMENT: gettext_lazy("未恢复记录，尚未报告或者尚未提交书面说明"),
    Lack.RECORD_OPEN: gettext_lazy("工作记录尚未审核同意"),
}
LETTERS: dict[type, str] = {Exemption: "MJ", Interruption: "ZD", StopReport: "TL"}
"""免记, 中断, 停录: what a paper's number begins with."""


def paper_no(row: Exemption | Interruption | StopReport) -> str:
    """As it stands on the paper."""
    at = row.reported_at if isinstance(row, StopReport) else row.entered_at
    return f"{LETTERS[type(row)]}-{in_china(at):%Y}-{row.pk:05d}"


def title_of(row: Exemption | Interruption | StopReport) -> str:
    if isinstance(row, StopReport):
        return _("无法继续记录报告 %(no)s") % {"no": paper_no(row)}
    if isinstance(row, Interruption):
        return _("中断登记 %(no)s") % {"no": paper_no(row)}
    said = _("免予记录申请 %(no)s") if row.is_prior else _("免予记录 %(no)s")
    return said % {"no": paper_no(row)}


def cause_of(row: Exemption | Interruption | StopReport) -> str:
    """In the regulation's own words, as it was on the activity's day."""
    rules = current.rules_if_any(row.activity.agency, papers.day_of(row.activity, made_at(row)))
    parameter = "exemption" if isinstance(row, Exemption) else "interruption"
    if rules is None:
        return str(row.get_cause_display())
    return papers.cause_text(rules, parameter, row.cause)


def made_at(row: Exemption | Interruption | StopReport) -> datetime:
    return row.reported_at if isinstance(row, StopReport) else row.entered_at


def party_of(activity: Activity) -> str:
    return activity.party.name if activity.party else activity.party_name


def lack_text(told: Explanation) -> str:
    """Why it does not explain the gap, with the article; "" where it does."""
    if told.lack is None:
        return ""
    said = str(LACKS[told.lack])
    return f"{said}（{article_title(told.article)}）" if told.article else said


def waited(since: datetime, at: datetime) -> str:
    return span_words(max(at - since, timedelta(0)))


def steps_of(row: Exemption | Interruption) -> list[Step]:
    """What happened, then what is still to come."""
    state = PaperState(row.state)
    began = _("申请事前同意") if getattr(row, "is_prior", False) else _("登记")
    steps = [Step(began, row.entered_at, name(row.entered_by))]
    if state == PaperState.ENTERED:
        return course(steps, [])
    if row.submitted_at and row.submitted_at != row.entered_at:
        steps.append(Step(_("提交审核"), row.submitted_at, name(row.entered_by)))
    if row.decided_at:
        said = _("同意") if state == PaperState.FILED else str(row.get_state_display())
        steps.append(Step(said, row.decided_at, name(row.decided_by), row.opinion))
    if row.filed_at:
        steps.append(Step(_("归档"), row.filed_at))
    decision = _("审核（%(posts)s）") % {"posts": papers.posts_text(row.posts)}
    to_come = {
        PaperState.DRAFT: [_("提交工作记录"), decision, _("归档")],
        PaperState.RETURNED: [_("补正后提交"), decision, _("归档")],
        PaperState.SUBMITTED: [decision, _("归档")],
        PaperState.APPROVED: [_("归档")],
    }
    return course(steps, to_come.get(state, []))


def steps_of_stop(stop: StopReport) -> list[Step]:
    posts = papers.posts_text(stop.posts)
    steps = [
        Step(_("停止记录"), stop.stopped_at),
        Step(_("报告%(posts)s") % {"posts": posts}, stop.reported_at, name(stop.reported_by)),
    ]
    to_come = []
    if stop.seen_at:
        steps.append(Step(_("已阅知"), stop.seen_at, name(stop.seen_by)))
    else:
        to_come.append(_("阅知"))
    if stop.stated_at:
        steps.append(Step(_("提交书面说明"), stop.stated_at, name(stop.stated_by)))
    elif stop.needs_statement:
        to_come.append(_("提交书面说明"))
    steps.sort(key=lambda step: step.at or stop.reported_at)
    return course(steps, to_come)


def officers_of(activity: Activity) -> list[Officer]:
    """The leader on site first."""
    rows = activity.activity_officers.select_related("officer")
    return [row.officer for row in rows.order_by("-is_lead", "pk")]
