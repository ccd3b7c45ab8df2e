"""调阅申请, 代理 and 证据提取 as Excel files."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.access import reading
from liuhen.access.models import Request
from liuhen.kernel.clock import in_china, now
from liuhen.people import standins
from liuhen.people.models import StandIn
from liuhen.web.access_track import standing
from liuhen.web.access_words import kind_title
from liuhen.web.cells import called, day, name
from liuhen.web.doors import SEEING, needs, signed_in
from liuhen.web.forms.access import FilterForm
from liuhen.web.forms.dates import DatesForm
from liuhen.web.sheets import Column, listed, some_at_once, whole
from liuhen.web.templatetags.access import stood_in_for
from liuhen.web.templatetags.screen import minute
from liuhen.web.views import extractions, viewing_requests


def standing_in(row: StandIn) -> Any:
    today = in_china(now()).date()
    if row.ended_at:
        return _("已提前结束")
    if today < row.from_date:
        return _("未开始")
    return _("已到期") if today > row.until_date else _("代理中")


REQUESTS = (
    Column(_("编号"), 18, lambda told: told[0].number),
    Column(_("类别"), 16, lambda told: kind_title(told[0].kind)),
    Column(_("单位"), 24, lambda told: told[0].organ),
    Column(_("姓名"), 12, lambda told: told[0].person),
    Column(_("事由"), 50, lambda told: told[0].purpose),
    Column(_("申请人"), 10, lambda told: name(told[0].asked_by)),
    Column(_("申请时间"), 17, lambda told: minute(told[0].asked_at)),
    Column(_("资料（份）"), 10, lambda told: told[0].item_count),
    Column(_("当前环节"), 24, lambda told: told[1]),
    Column(_("状态"), 12, lambda told: told[0].get_state_display()),
)
STAND_INS = (
    Column(_("代理人"), 12, lambda row: row.officer.name),
    Column(_("科室"), 18, lambda row: called(row.officer.unit)),
    Column(_("代理谁的岗位"), 16, stood_in_for),
    Column(_("原因"), 30, lambda row: row.reason),
    Column(_("起始日期"), 12, lambda row: day(row.from_date)),
    Column(_("截止日期"), 12, lambda row: day(row.until_date)),
    Column(_("指定"), 10, lambda row: name(row.set_by)),
    Column(_("指定时间"), 17, lambda row: minute(row.set_at)),
    Column(_("状态"), 12, standing_in),
)
EXTRACTIONS = (
    Column(_("编号"), 18, lambda row: row.number),
    Column(_("案号"), 24, lambda row: row.case.case_no),
    Column(_("案件名称"), 36, lambda row: row.case.name),
    Column(_("音像资料（份）"), 14, lambda row: len(row.items.all())),
    Column(_("证明对象"), 40, lambda row: row.note.get("proves", "")),
    Column(_("提取人"), 16, lambda row: f"{row.made_by.name}、{row.witness.name}"),
    Column(_("提取时间"), 17, lambda row: minute(row.made_at)),
    Column(_("状态"), 10, lambda row: row.get_state_display()),
)


@signed_in
def export_viewing_requests(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    officer, at = request.user, now()
    tab = viewing_requests.tab_of(request, reading.waiting_for(officer, at=at).count())
    rows = viewing_requests.rows_asked(officer, tab, FilterForm(request.GET), at=at)
    told = with_turns(whole(rows.order_by("-asked_at", "-pk")), at=at)
    return listed(_("调阅申请"), REQUESTS, told)


def with_turns(rows: Iterator[Request], *, at: datetime) -> Iterator[tuple[Request, str]]:
    for some in some_at_once(rows):
        yield from standing(some, at=at)


@needs(*SEEING)
def export_stand_ins(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    return listed(_("代理设置"), STAND_INS, whole(standins.seen_by(request.user)))


@needs(*SEEING)
def export_extractions(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = extractions.rows_of(request, DatesForm(request.GET)).order_by("-made_at", "-pk")
    return listed(_("证据提取"), EXTRACTIONS, whole(rows))
