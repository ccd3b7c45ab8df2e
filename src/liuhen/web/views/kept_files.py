"""鉴定, 销毁清册 and 存储情况 as Excel files."""

from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.recordings.models import Recording
from liuhen.retention import guards, log_time
from liuhen.retention.disposal_lines import title_of
from liuhen.retention.disposal_queries import TAKING_PART
from liuhen.retention.models import Appraisal, DisposalList
from liuhen.retention.storage import storage
from liuhen.web.cells import called, day, megabytes, name
from liuhen.web.disposal_text import word_text
from liuhen.web.doors import needs
from liuhen.web.forms.disposal import DueFilterForm, ListFilterForm
from liuhen.web.sheets import Column, book, listed, some_at_once, table, whole
from liuhen.web.templatetags.disposal import due_day
from liuhen.web.templatetags.screen import minute, moment
from liuhen.web.views import appraisals, disposals

Told = tuple[Recording, Appraisal | None]


def of_recording(*columns: Column) -> tuple[Column, ...]:
    return tuple(
        Column(one.head, one.width, lambda told, of=one.of: of(told[0])) for one in columns
    )


def of_word(*columns: Column) -> tuple[Column, ...]:
    """Nothing where nobody has appraised it yet."""
    return tuple(
        Column(one.head, one.width, lambda told, of=one.of: of(told[1]) if told[1] else "")
        for one in columns
    )


def state_of(found: DisposalList) -> Any:
    said = found.get_state_display()
    return f"{said}（{_('执行中断，待处理')}）" if found.problem else said


def with_words(rows: Iterator[Recording]) -> Iterator[Told]:
    for some in some_at_once(rows):
        said = guards.standing(some)
        yield from ((one, said.get(one.pk)) for one in some)


APPRAISED = (
    *of_recording(
        Column(_("资料编号"), 14, lambda one: one.number),
        Column(_("录制时间"), 20, lambda one: moment(one.recorded_at)),
        Column(_("题名"), 40, title_of),
        Column(_("录制人"), 10, lambda one: name(one.officer)),
        Column(_("科室"), 16, lambda one: called(one.unit)),
        Column(_("期满日"), 12, lambda one: day(due_day(one))),
        Column(_("大小（MB）"), 12, lambda one: megabytes(one.size_bytes)),
    ),
    *of_word(
        Column(_("鉴定意见"), 24, word_text),
        Column(_("理由"), 36, lambda word: word.reason),
        Column(_("鉴定人"), 10, lambda word: name(word.appraised_by)),
        Column(_("鉴定时间"), 17, lambda word: minute(word.appraised_at)),
    ),
)
LISTS = (
    Column(_("清册编号"), 18, lambda one: one.number),
    Column(_("销毁理由"), 50, lambda one: one.reason),
    Column(_("数量"), 8, lambda one: one.lines),
    Column(_("大小（MB）"), 12, lambda one: megabytes(one.size_bytes or 0)),
    Column(_("编制人"), 10, lambda one: name(one.drawn_by)),
    Column(_("编制时间"), 17, lambda one: minute(one.drawn_at)),
    Column(_("状态"), 20, state_of),
)
MONTHS = (
    Column(_("月份"), 10, lambda month: month.name),
    Column(_("件数"), 10, lambda month: month.amount.count),
    Column(_("大小（MB）"), 14, lambda month: megabytes(month.amount.size_bytes)),
)


@needs(Permission.APPRAISE_RECORDINGS)
def export_appraisals(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    agency, clocks = request.user.agency, log_time.clocks(at=now())
    form, tab = DueFilterForm(request.user, request.GET), appraisals.tab_asked(request)
    rows = appraisals.rows_of(agency, tab, clocks, form).order_by("-recorded_at", "-pk")
    return listed(_("鉴定"), APPRAISED, with_words(whole(rows)))


@needs(*TAKING_PART)
def export_disposals(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    tab, form = disposals.tab_of(request), ListFilterForm(request.GET)
    rows = disposals.rows_of(request.user, tab, form).order_by("-drawn_at", "-pk")
    return listed(_("销毁清册"), LISTS, whole(rows))


@needs(Permission.SEE_STORAGE)
def export_storage(request: HttpRequest) -> FileResponse:
    """What came in and what will come to its end, month by month."""
    told = storage(request.user.agency, log_time.clocks(at=now()))
    return book(
        _("存储情况"),
        table(_("每月入库"), MONTHS, told.past),
        table(_("每月期满"), MONTHS, told.coming),
    )
