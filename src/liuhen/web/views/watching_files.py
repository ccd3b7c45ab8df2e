"""日常检查, 远程督查 and 调阅回放 as Excel files."""

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.supervision.watching import daily, lookbacks, remote
from liuhen.supervision.watching.remote import UnitNow
from liuhen.web.cells import called, name
from liuhen.web.doors import needs
from liuhen.web.forms.dates import DatesForm
from liuhen.web.sheets import Column, listed, whole
from liuhen.web.templatetags.screen import clock, minute
from liuhen.web.views.watching import wrong_of


def yes_or_no(said: bool) -> str:
    return _("是") if said else _("否")


def whole_of(row: UnitNow) -> str:
    """As the page says it."""
    if row.percent is None:
        return _("尚未核对")
    return f"{row.percent}%（{row.whole}/{row.judged}）"


CHECKS = (
    Column(_("日期"), 12, lambda one: one.day.isoformat()),
    Column(_("科室"), 18, lambda one: one.unit.name),
    Column(_("执法活动"), 10, lambda one: one.seen["activities"]),
    Column(_("记录不完整"), 12, lambda one: one.seen["incomplete"]),
    Column(_("资料"), 8, lambda one: one.seen["recordings"]),
    Column(_("领用设备"), 10, lambda one: one.seen["went_out"]),
    Column(_("不符合项"), 40, lambda one: "；".join(wrong_of(one))),
    Column(_("情况"), 50, lambda one: one.note),
    Column(_("检查人"), 12, lambda one: name(one.checked_by)),
    Column(_("时间"), 18, lambda one: minute(one.checked_at)),
)
UNITS = (
    Column(_("科室"), 18, lambda row: row.unit.name),
    Column(_("设备在外"), 10, lambda row: row.out),
    Column(_("执法活动"), 10, lambda row: row.activities),
    Column(_("资料"), 8, lambda row: row.recordings),
    Column(_("时长"), 12, lambda row: clock(row.seconds)),
    Column(_("记录完整"), 16, whole_of),
    Column(_("已核对"), 10, lambda row: row.judged),
)
OFFERED = (
    Column(_("资料编号"), 14, lambda one: one.number),
    Column(_("录制时间"), 17, lambda one: minute(one.recorded_at)),
    Column(_("科室"), 18, lambda one: called(one.unit)),
    Column(_("录制人"), 10, lambda one: name(one.officer)),
    Column(_("状态"), 12, lambda one: one.get_state_display()),
)
LOOKED = (
    Column(_("资料编号"), 14, lambda one: one.recording.number),
    Column(_("科室"), 18, lambda one: called(one.recording.unit)),
    Column(_("录制人"), 10, lambda one: name(one.recording.officer)),
    Column(_("全程记录"), 10, lambda one: yes_or_no(one.is_whole)),
    Column(_("执法规范"), 10, lambda one: yes_or_no(one.is_proper)),
    Column(_("情况"), 60, lambda one: one.seen),
    Column(_("回放人"), 10, lambda one: name(one.looked_by)),
    Column(_("回放时间"), 17, lambda one: minute(one.looked_at)),
)


@needs(Permission.ORDER_CORRECTIONS)
def export_daily_checks(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = DatesForm(request.GET).within(daily.visible_to(request.user), "checked_at")
    return listed(_("日常检查登记表"), CHECKS, whole(rows.order_by("-checked_at", "-pk")))


@needs(Permission.WATCH_REMOTELY)
def export_remote(request: HttpRequest) -> FileResponse:
    """Today as it stands, unit by unit."""
    return listed(_("远程督查"), UNITS, remote.today(request.user, at=now()).units)


@needs(Permission.LOOK_BACK)
def export_offered(request: HttpRequest) -> FileResponse:
    """Today's lot, as the page offers it."""
    return listed(_("可以回放的资料"), OFFERED, lookbacks.offered(request.user, at=now()))


@needs(Permission.LOOK_BACK)
def export_playback(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = DatesForm(request.GET).within(lookbacks.visible_to(request.user), "looked_at")
    return listed(_("回放记录"), LOOKED, whole(rows.order_by("-looked_at", "-pk")))
