"""未归入活动的资料, 不属于执法活动的资料 and 必填信息 as Excel files."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.cases import belonging, required
from liuhen.cases.matching import Proposal
from liuhen.cases.models import Activity
from liuhen.kernel.clock import now
from liuhen.recordings.models import MediaKind, Recording
from liuhen.regulations import current
from liuhen.regulations.words import label
from liuhen.web.activities_text import reasons_text
from liuhen.web.cases_text import told_of
from liuhen.web.cells import called, name
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.belonging import AsideFilterForm, LooseFilterForm
from liuhen.web.forms.case_files import RequiredFilterForm
from liuhen.web.sheets import Column, book, listed, some_at_once, table, whole
from liuhen.web.templatetags.screen import clock, minute, moment
from liuhen.web.views import required as required_page


@dataclass(frozen=True)
class Loose:
    recording: Recording
    proposal: Proposal | None = None

    @property
    def activity_no(self) -> str:
        return self.proposal.activity.number if self.proposal else ""

    @property
    def why(self) -> str:
        return reasons_text(self.proposal.reasons) if self.proposal else ""


@dataclass(frozen=True)
class Lacking:
    recording: Recording
    fields: str

    @property
    def activity(self) -> Activity | None:
        link = getattr(self.recording, "activity_recording", None)
        return link.activity if link else None


def length_of(recording: Recording) -> Any:
    if recording.kind == MediaKind.PHOTO:
        return recording.get_kind_display()
    return clock(recording.duration_seconds)


def activity_of(line: Lacking) -> str:
    return line.activity.number if line.activity else ""


def case_of(line: Lacking) -> str:
    return line.activity.case.case_no if line.activity and line.activity.case else ""


def all_loose(request: HttpRequest) -> Iterator[Loose]:
    """As the pages propose them. Refuses: TooManyToExport."""
    officer, at = request.user, now()
    rows = LooseFilterForm(officer, request.GET).filters().apply(belonging.loose(officer))
    rows = rows.only("recorded_at").order_by("-recorded_at", "-pk")
    for some in some_at_once(whole(rows)):
        for told in belonging.with_proposals(some, officer, at=at):
            yield Loose(*told)


def columns_of(asked: list[Any]) -> tuple[Column, ...]:
    return (
        Column(_("科室"), 18, lambda row: called(row["unit"])),
        Column(_("资料"), 10, lambda row: row["total"]),
        Column(_("有缺项"), 10, lambda row: row["lacking"]),
        *(
            Column(_("缺%(word)s") % {"word": label(one)}, 14, lambda row, n=n: row["counts"][n][1])
            for n, one in enumerate(asked)
        ),
    )


LOOSE = (
    Column(_("资料编号"), 14, lambda one: one.recording.number),
    Column(_("录制时间"), 20, lambda one: moment(one.recording.recorded_at)),
    Column(_("设备"), 12, lambda one: one.recording.device_no),
    Column(_("录制人"), 10, lambda one: name(one.recording.officer)),
    Column(_("科室"), 16, lambda one: called(one.recording.unit)),
    Column(_("时长"), 10, lambda one: length_of(one.recording)),
    Column(_("可以归入的活动"), 20, lambda one: one.activity_no),
    Column(_("相符程度"), 10, lambda one: one.proposal.score if one.proposal else None),
    Column(_("理由"), 50, lambda one: one.why),
)
ASIDES = (
    Column(_("资料编号"), 14, lambda one: one.recording.number),
    Column(_("录制时间"), 20, lambda one: moment(one.recording.recorded_at)),
    Column(_("设备"), 12, lambda one: one.recording.device_no),
    Column(_("录制人"), 10, lambda one: name(one.recording.officer)),
    Column(_("科室"), 16, lambda one: called(one.recording.unit)),
    Column(_("原因"), 16, lambda one: one.get_why_display()),
    Column(_("情况说明"), 50, lambda one: one.reason),
    Column(_("办理"), 10, lambda one: name(one.set_by)),
    Column(_("办理时间"), 17, lambda one: minute(one.set_at)),
)
LACKING = (
    Column(_("资料"), 14, lambda one: one.recording.number),
    Column(_("录制时间"), 17, lambda one: minute(one.recording.recorded_at)),
    Column(_("录制人"), 10, lambda one: name(one.recording.officer)),
    Column(_("科室"), 16, lambda one: called(one.recording.unit)),
    Column(_("执法活动"), 20, activity_of),
    Column(_("案号"), 24, case_of),
    Column(_("缺少"), 36, lambda one: one.fields),
)


@needs(*SEEING)
def export_loose(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    return listed(_("未归入活动的资料"), LOOSE, all_loose(request))


@needs(*SEEING)
def export_asides(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = AsideFilterForm(request.GET).narrow(belonging.set_aside(request.user))
    return listed(_("不属于执法活动的资料"), ASIDES, whole(rows.order_by("-set_at", "-pk")))


@needs(*SEEING)
def export_required(request: HttpRequest) -> FileResponse:
    """The figures of the units, and each recording that lacks something. Refuses:
    TooManyToExport."""
    officer = request.user
    rules = current.rulebook_if_any(officer.agency)
    spans = required.spans_of(rules)
    asked = required_page.asked_by(spans)
    form = RequiredFilterForm(officer, asked, request.GET)
    rows = whole(required_page.rows_of(officer, spans, form).order_by("-recorded_at", "-pk"))
    units = required_page.figures_of(officer, spans, asked)
    lines = (
        Lacking(row, "、".join(word for word, _where in told_of(missing).fields))
        for row in rows
        if (missing := required.missing_of(row, rules)) is not None
    )
    return book(
        _("必填信息"),
        table(_("必填信息"), LACKING, lines),
        table(_("各科室"), columns_of(asked), units["figures"]),
    )
