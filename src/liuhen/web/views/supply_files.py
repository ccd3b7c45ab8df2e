"""未归还设备, 我的设备, 配备申请, 窗口监控 and 年度经费 as Excel files."""

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.devices import budget_queries, ledger
from liuhen.devices.models import Spending
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.recordings import window_states
from liuhen.recordings.window_states import Row
from liuhen.web.cells import called, day, name
from liuhen.web.doors import needs, signed_in
from liuhen.web.forms.device_requests import RequestFilterForm
from liuhen.web.ledger_text import lines_in_turn, signed
from liuhen.web.sheets import Column, book, listed, table, whole
from liuhen.web.templatetags.screen import moment
from liuhen.web.views import budget, checkouts, device_requests, windows
from liuhen.web.windows_text import STATES


def kept_overnight(checkout: object) -> str:
    handed = in_china(checkout.handed_at).date()  # type: ignore[attr-defined]
    return _("是") if handed < in_china(now()).date() else ""


def source_of(row: Row) -> str:
    if row.camera is None:
        return ""
    return _("文件夹") if row.camera.folder else "RTSP"


def what_for(spending: Spending) -> str:
    if spending.ticket is None:
        return spending.note
    return _("维修 %(no)s") % {"no": spending.ticket.device.device_no}


OUT = (
    Column(_("设备编号"), 14, lambda one: one.device.device_no),
    Column(_("使用人员"), 10, lambda one: name(one.officer)),
    Column(_("科室"), 16, lambda one: called(one.unit)),
    Column(_("领出时间"), 20, lambda one: moment(one.handed_at)),
    Column(_("隔日未还"), 10, kept_overnight),
    Column(_("活动或案件"), 36, lambda one: one.task),
)
MINE = (
    Column(_("设备编号"), 14, lambda line: line.checkout.device.device_no),
    Column(_("领出时间"), 20, lambda line: moment(line.checkout.handed_at)),
    Column(_("归还时间"), 20, lambda line: moment(line.checkout.returned_at)),
    Column(_("活动或案件"), 28, lambda line: line.checkout.task),
    Column(_("记录内容"), 36, lambda line: line.content),
    Column(_("状态"), 16, lambda line: line.state),
    Column(_("领用确认"), 18, lambda line: signed(line.checkout.user_signed_at)),
    Column(_("归还确认"), 18, lambda line: signed(line.checkout.return_signed_at)),
)
REQUESTS = (
    Column(_("编号"), 8, lambda one: one.pk),
    Column(_("科室"), 16, lambda one: one.unit.name),
    Column(_("设备类别"), 16, lambda one: one.get_kind_display()),
    Column(_("申请"), 8, lambda one: one.quantity),
    Column(_("已配发"), 8, lambda one: one.given),
    Column(_("理由"), 50, lambda one: one.reason),
    Column(_("申请人"), 10, lambda one: name(one.asked_by)),
    Column(_("申请时间"), 20, lambda one: moment(one.asked_at)),
    Column(_("状态"), 12, lambda one: one.get_state_display()),
)
WINDOWS = (
    Column(_("摄像机"), 14, lambda row: row.device.device_no),
    Column(_("科室"), 16, lambda row: called(row.device.unit)),
    Column(_("来源"), 10, source_of),
    Column(_("状态"), 14, lambda row: STATES[row.state][1]),
    Column(_("起始时间"), 20, lambda row: moment(row.since) if row.since else ""),
    Column(_("最近一段录像"), 20, lambda row: moment(row.last_recorded_at)),
    Column(_("今日录制率（%）"), 16, lambda row: row.today.percent if row.today else None),
    Column(_("今日中断（次）"), 14, lambda row: row.today.gaps if row.today else None),
)
COMPARED = (
    Column(_("类别"), 14, lambda one: one.category.label),
    Column(_("计划"), 14, lambda one: one.planned),
    Column(_("实际"), 14, lambda one: one.actual),
    Column(_("其中计划外"), 14, lambda one: one.outside),
    Column(_("结余"), 14, lambda one: one.left),
)
SPENT = (
    Column(_("日期"), 12, lambda one: day(one.spent_date)),
    Column(_("类别"), 14, lambda one: one.get_category_display()),
    Column(_("计划项目"), 24, lambda one: one.line.name if one.line else _("计划外")),
    Column(_("金额"), 14, lambda one: one.amount),
    Column(_("说明"), 36, what_for),
    Column(_("登记人"), 10, lambda one: name(one.entered_by)),
)


@needs(Permission.SEE_DEVICES, Permission.SEE_UNIT_DEVICES)
def export_devices_out(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    return listed(_("未归还设备"), OUT, whole(checkouts.rows_out(request)))


@signed_in
def export_my_devices(request: HttpRequest) -> FileResponse:
    """What one has out, and all one had. Refuses: TooManyToExport."""
    own = checkouts.own_rows(request)
    out = lines_in_turn(whole(ledger.still_out(own)))
    back = lines_in_turn(whole(own.exclude(returned_at=None).order_by("-handed_at", "-pk")))
    return listed(_("我的设备"), MINE, (line for lines in (out, back) for line in lines))


@needs(*device_requests.SEEING)
def export_device_requests(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    form = RequestFilterForm(request.user, request.GET)
    return listed(_("配备申请"), REQUESTS, whole(device_requests.rows_of(request, form)))


@needs(*windows.SEEING)
def export_windows(request: HttpRequest) -> FileResponse:
    rows = window_states.of_agency(request.user.agency, at=now())
    return listed(_("窗口监控"), WINDOWS, rows)


@needs(Permission.SEE_DEVICES)
def export_spent(request: HttpRequest) -> FileResponse:
    """The year's plan against what was spent, and each spending; the plan has a file of its own."""
    told = budget_queries.year_told(request.user.agency, budget.year_asked(request))
    return book(
        _("%(year)d年度经费执行情况") % {"year": told.year},
        table(_("计划与实际对照"), COMPARED, told.categories),
        table(_("实际支出"), SPENT, told.spendings),
    )
