"""音像资料 and 采集记录 as Excel files."""

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.cases import finding
from liuhen.recordings import queries
from liuhen.recordings.models import IntakeItem, ItemState, Recording
from liuhen.web.cells import called, megabytes, name
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.dates import DatesForm
from liuhen.web.forms.recordings import FilterForm
from liuhen.web.reasons_text import reason_of
from liuhen.web.sheets import (
    MOST_ROWS,
    Column,
    TooManyToExport,
    book,
    listed,
    some_at_once,
    table,
    whole,
)
from liuhen.web.templatetags.screen import base_name, clock, moment, safe_name, source
from liuhen.web.views.batches import FOLLOWING, found, items_of, rows_of


def length_of(recording: Recording) -> str:
    return clock(recording.duration_seconds) if recording.duration_seconds is not None else ""


def state_of(recording: Recording) -> Any:
    return _("已销毁") if recording.disposed_at else recording.get_state_display()


def what_became(item: IntakeItem) -> Any:
    if item.reason:
        return reason_of(item.reason)
    return _("与此前入库的资料完全相同") if item.state == ItemState.DUPLICATE else ""


RECORDINGS = (
    Column(_("编号"), 14, lambda one: one.number),
    Column(_("录制时间"), 20, lambda one: moment(one.recorded_at)),
    Column(_("类型"), 8, lambda one: one.get_kind_display()),
    Column(_("时长"), 10, length_of),
    Column(_("文件名"), 30, lambda one: base_name(one.original_name)),
    Column(_("录制人"), 10, lambda one: name(one.officer)),
    Column(_("科室"), 16, lambda one: called(one.unit)),
    Column(_("设备"), 12, lambda one: one.device_no),
    Column(_("大小（MB）"), 12, lambda one: megabytes(one.size_bytes)),
    Column(_("状态"), 10, state_of),
)
BATCHES = (
    Column(_("批次"), 16, lambda one: one.uid),
    Column(_("时间"), 20, lambda one: moment(one.asked_at)),
    Column(_("来源"), 40, source),
    Column(_("设备"), 12, lambda one: one.device_no),
    Column(_("录制人"), 10, lambda one: name(one.officer)),
    Column(_("经办"), 10, lambda one: name(one.started_by) or one.by),
    Column(_("文件"), 8, lambda one: one.total_files),
    Column(_("大小（MB）"), 12, lambda one: megabytes(one.total_bytes)),
    Column(_("状态"), 10, lambda one: one.get_state_display()),
)

ITEMS = (
    Column(_("文件名"), 40, lambda item: safe_name(item.name)),
    Column(_("大小（MB）"), 12, lambda item: megabytes(item.size_bytes)),
    Column(_("结果"), 14, lambda item: item.get_state_display()),
    Column(_("说明"), 40, what_became),
    Column(_("编号"), 14, lambda item: item.recording.number if item.recording else ""),
)


@needs(*SEEING)
def export_recordings(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    filters = FilterForm(request.user, request.GET).filters()
    keys = finding.every(request.user, filters, most=MOST_ROWS)
    if len(keys) > MOST_ROWS:
        raise TooManyToExport(most=MOST_ROWS)
    return listed(_("音像资料"), RECORDINGS, in_order(keys))


def in_order(keys: list[int]) -> Iterator[Recording]:
    for some in some_at_once(iter(keys)):
        there = queries.for_list(Recording.objects.filter(pk__in=some)).in_bulk()
        yield from (there[key] for key in some if key in there)


@needs(*FOLLOWING)
def export_batches(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    return listed(_("采集记录"), BATCHES, whole(rows_of(request, DatesForm(request.GET))))


@needs(*FOLLOWING)
def export_batch(request: HttpRequest, uid: str) -> FileResponse:
    """What became of each of its files. Refuses: TooManyToExport."""
    batch = found(request, uid)
    name = _("采集批次 %(uid)s") % {"uid": uid}
    return book(name, table(_("文件"), ITEMS, whole(items_of(request, batch))))
