"""免予记录, 中断 and 无法继续记录 as Excel files."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.cases import unrecorded_queries as queries
from liuhen.cases.interruptions import stretch_text
from liuhen.cases.models import Exemption, Interruption, StopReport
from liuhen.people.models import Officer
from liuhen.web.cells import name
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.unrecorded import FilterForm
from liuhen.web.sheets import Column, listed, whole
from liuhen.web.templatetags.screen import minute
from liuhen.web.templatetags.unrecorded import stop_state
from liuhen.web.unrecorded_text import paper_no, party_of
from liuhen.web.views.unrecorded import rows_asked, what_of

Paper = Exemption | Interruption | StopReport


def when_of(row: Paper) -> Any:
    """When it was not recorded; an exemption is of the whole activity."""
    if isinstance(row, Interruption):
        return stretch_text(row)
    if isinstance(row, StopReport):
        return minute(row.stopped_at)
    return _("事前同意") if row.is_prior else ""


def author_of(row: Paper) -> Officer:
    return row.reported_by if isinstance(row, StopReport) else row.entered_by


def state_of(row: Paper) -> Any:
    return stop_state(row)[1] if isinstance(row, StopReport) else row.get_state_display()


PAPERS = (
    Column(_("编号"), 16, paper_no),
    Column(_("执法活动"), 18, lambda row: row.activity.number),
    Column(_("地点"), 30, lambda row: row.activity.place),
    Column(_("当事人"), 24, lambda row: party_of(row.activity)),
    Column(_("停止时间"), 36, when_of),
    Column(_("事由"), 20, lambda row: row.get_cause_display()),
    Column(_("情况说明"), 50, lambda row: row.reason),
    Column(_("登记人"), 10, lambda row: name(author_of(row))),
    Column(_("登记时间"), 17, lambda row: minute(getattr(row, queries.WHEN[type(row)]))),
    Column(_("状态"), 16, state_of),
)


@needs(*SEEING)
def export_unrecorded(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    tab, kind, _counts = what_of(request)
    rows = rows_asked(request.user, tab, kind, FilterForm(request.GET, states=kind.states))
    newest = rows.order_by(f"-{queries.WHEN[kind.model]}", "-pk")
    return listed(kind.title, PAPERS, whole(newest))
