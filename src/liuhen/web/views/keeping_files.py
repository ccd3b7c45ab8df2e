"""The registers of holds and of complaints as Excel files: what the filter bar shows, all of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.kernel.clock import in_china, now
from liuhen.retention import complaints, holds
from liuhen.retention.models import Complaint, Hold
from liuhen.web import sheets
from liuhen.web.doors import SEEING, needs
from liuhen.web.holds_text import Told
from liuhen.web.templatetags.screen import minute
from liuhen.web.views.complaints import complaint_rows
from liuhen.web.views.holds import entered, hold_rows

PEOPLE = ("lift_asked_by", "lifted_by")


@needs(*SEEING)
def export_holds(request: HttpRequest) -> HttpResponse:
    """Refuses: NotPermitted, TooManyToExport."""
    entered(request.user)
    heads = (
        _("编号"), _("保全范围"), _("录制时间"), _("事由"), _("保全理由"), _("办理人"),
        _("保全时间"), _("状态"), _("申请解除"), _("申请解除的理由"), _("同意解除"), _("解除时间"),
    )  # fmt: skip
    widths = (18, 36, 30, 20, 40, 12, 18, 12, 12, 40, 12, 18)
    rows = hold_rows(request).select_related(*holds.BESIDE, *PEOPLE)
    told = map(hold_line, sheets.whole(rows.order_by("-placed_at", "-pk")))
    return sheets.answer(_("保全登记表") + stamp(), heads, widths, told)


def hold_line(hold: Hold) -> list[Any]:
    told = Told(hold)
    return [
        hold.number,
        told.about,
        told.span,
        hold.get_ground_display(),
        hold.reason,
        hold.placed_by.name,
        minute(hold.placed_at),
        hold.get_state_display(),
        hold.lift_asked_by.name if hold.lift_asked_by else "",
        hold.lift_reason,
        hold.lifted_by.name if hold.lifted_by else "",
        minute(hold.lifted_at),
    ]


@needs(*SEEING)
def export_complaints(request: HttpRequest) -> HttpResponse:
    """Without how to reach whoever complained: a file goes where no permission follows it.

    Refuses: NotPermitted, TooManyToExport.
    """
    entered(request.user)
    heads = (
        _("编号"), _("种类"), _("来源"), _("收到时间"), _("投诉内容"), _("涉及的资料"), _("保全"),
        _("登记人"), _("登记时间"), _("办理结果"), _("调查情况"), _("办结人"), _("办结时间"),
    )  # fmt: skip
    widths = (18, 14, 20, 18, 50, 36, 18, 12, 18, 14, 50, 12, 18)
    rows = complaint_rows(request).select_related(*complaints.BESIDE)
    told = map(complaint_line, sheets.whole(rows.order_by("-entered_at", "-pk")))
    return sheets.answer(_("投诉登记表") + stamp(), heads, widths, told)


def complaint_line(complaint: Complaint) -> list[Any]:
    told = Told(complaint.hold)
    return [
        complaint.number,
        complaint.get_kind_display(),
        complaint.get_channel_display(),
        minute(complaint.received_at),
        complaint.text,
        told.about,
        complaint.hold.number,
        complaint.entered_by.name,
        minute(complaint.entered_at),
        complaint.get_outcome_display(),
        complaint.outcome_text,
        complaint.closed_by.name if complaint.closed_by else "",
        minute(complaint.closed_at),
    ]


def stamp() -> str:
    return f"-{in_china(now()):%Y%m%d}"
