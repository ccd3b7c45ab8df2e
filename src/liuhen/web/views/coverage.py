"""记录完整性: figures, the list behind each of them, and what has no recording."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from liuhen.cases import belonging, completeness
from liuhen.cases.completeness import Filters, Line
from liuhen.cases.models import Activity, ActivityOfficer, Verdict
from liuhen.custody import keyset
from liuhen.kernel.clock import in_china, now
from liuhen.web import sheets
from liuhen.web.activities_text import VERDICT_COLOURS, matter_of, names_of
from liuhen.web.coverage_text import ASKED, WAITING, lack_text, length_text, share_text
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.coverage import FilterForm
from liuhen.web.pages import is_part, show
from liuhen.web.templatetags.screen import moment

PER_PAGE = 50
CASES_PER_PAGE = 20
COUNT_CAP = 10_000
VERDICTS = (
    Verdict.COMPLETE,
    Verdict.EXPLAINED,
    Verdict.EXEMPT,
    Verdict.UNEXPLAINED,
    Verdict.NOT_RECORDED,
    Verdict.PENDING,
    Verdict.NOT_REQUIRED,
)
"""In the order of the columns: what is in order, what is not, what is open."""


@dataclass(frozen=True)
class Figure:
    """One number and the list it counts."""

    verdict: str
    label: str
    colour: str
    n: int
    query: str


@dataclass(frozen=True)
class Row:
    name: str
    total: int
    percent: int | None
    query: str
    figures: list[Figure]


def query_of(filters: Filters) -> str:
    said = {
        "verdict": filters.verdict,
        "unit": filters.unit,
        "matter": filters.matter,
        "first": filters.first,
        "last": filters.last,
    }
    return urlencode({name: value for name, value in said.items() if value not in (None, "")})


def row_of(line: Line, name: str) -> Row:
    query = query_of(line.filters)
    figures = [
        Figure(
            verdict,
            str(verdict.label),
            VERDICT_COLOURS[verdict],
            line.counts[verdict],
            f"{query}&verdict={verdict}",
        )
        for verdict in VERDICTS
    ]
    return Row(name, line.total, line.percent, query, figures)


@needs(*SEEING)
def coverage(request: HttpRequest) -> HttpResponse:
    """The year's figures; each leads to the activities it counts."""
    officer, at = request.user, now()
    year = year_of(request, in_china(at).date())
    told = completeness.figures(officer, year, at=at)
    return show(
        request,
        "coverage/figures.html",
        _("记录完整性"),
        year=year,
        years=years(request),
        whole=row_of(told.whole, ""),
        verdicts=VERDICTS,
        tables=tables_of(told),
        not_begun=completeness.not_begun(officer),
        tab="figures",
    )


def tables_of(told: completeness.Figures) -> tuple[tuple[str, str, list[Row]], ...]:
    """Each with its title and what its rows are of."""
    return (
        (_("按月份"), _("月份"), [row_of(line, line.name) for line in told.months]),
        (_("按科室"), _("科室"), [row_of(line, line.name or _("未定科室")) for line in told.units]),
        (_("按执法事项"), _("执法事项"), [row_of(line, line.name) for line in told.matters]),
    )


def years(request: HttpRequest) -> list[int]:
    """From the first activity's to this one, newest first."""
    rows = completeness.counted(request.user).order_by("arrived_at")
    first = rows.values_list("arrived_at", flat=True).first()
    last = in_china(now()).year
    return list(range(last, (in_china(first).year if first else last) - 1, -1))


def year_of(request: HttpRequest, today: date) -> int:
    said = request.GET.get("year", "")
    return int(said) if said.isdecimal() and 2000 <= int(said) <= today.year else today.year


@dataclass(frozen=True)
class Shown:
    """An activity in the list, with what its kept answer says."""

    activity: Activity

    @property
    def kept(self) -> dict[str, Any]:
        return self.activity.coverage or {}

    @property
    def share(self) -> str:
        return share_text(self.kept.get("covered_ms", 0), self.kept.get("window_ms", 0))

    @property
    def missing(self) -> str:
        missing = self.kept.get("window_ms", 0) - self.kept.get("covered_ms", 0)
        return length_text(missing) if missing else ""

    @property
    def listed_gaps(self) -> list[dict[str, Any]]:
        """Those of which somebody asks why."""
        return self.kept.get("gaps", []) if self.activity.verdict in ASKED else []

    @property
    def gaps(self) -> int:
        return len(self.listed_gaps)

    @property
    def unexplained(self) -> int:
        return sum(not gap["explained"] for gap in self.listed_gaps)

    @property
    def why(self) -> str:
        """What it waits for, or what its gaps lack."""
        waiting = self.kept.get("waiting")
        if waiting in WAITING:
            return str(WAITING[waiting])
        lacks = [lack_text(*lack) for gap in self.listed_gaps for lack in gap["missing"]]
        return _("；").join(dict.fromkeys(lacks))


def for_list(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    people = ActivityOfficer.objects.select_related("officer").order_by("-is_lead", "pk")
    beside = rows.select_related("unit", "listed", "party")
    return beside.prefetch_related(Prefetch("activity_officers", people))


@needs(*SEEING)
def coverage_list(request: HttpRequest) -> HttpResponse:
    """The activities behind a figure; to htmx only the results."""
    form = FilterForm(request.user.agency, request.GET)
    rows = form.filters().apply(completeness.counted(request.user))
    page = keyset.take(for_list(rows), request.GET.get("cursor"), by="arrived_at", size=PER_PAGE)
    return show(
        request,
        "coverage/results.html" if is_part(request, "results") else "coverage/list.html",
        _("核对明细"),
        form=form,
        page=page,
        rows=[Shown(activity) for activity in page.rows],
        count=rows.order_by()[: COUNT_CAP + 1].count(),
        cap=COUNT_CAP,
        tab="list",
    )


@needs(*SEEING)
def export_coverage(request: HttpRequest) -> HttpResponse:
    """What the filter shows, all pages of it, as Excel. Refuses: TooManyToExport."""
    form = FilterForm(request.user.agency, request.GET)
    rows = form.filters().apply(completeness.counted(request.user))
    heads = (_("活动编号"), _("科室"), _("执法事项"), _("地点"), _("当事人"), _("执法人员"),
             _("到达"), _("离开"), _("核对结果"), _("已记录"), _("未记录时长"), _("间断（处）"),
             _("未说明（处）"), _("说明"))  # fmt: skip
    widths = (18, 16, 24, 28, 24, 20, 20, 20, 14, 10, 14, 12, 12, 50)
    found = sheets.whole(for_list(rows).order_by("-arrived_at", "-pk"))
    name = _("记录完整性") + f"-{in_china(now()):%Y%m%d}"
    return sheets.answer(name, heads, widths, (line_of(Shown(activity)) for activity in found))


def line_of(told: Shown) -> list[Any]:
    activity = told.activity
    return [
        activity.number,
        activity.unit.name if activity.unit else "",
        matter_of(activity),
        activity.place,
        activity.party.name if activity.party else activity.party_name,
        names_of(activity),
        moment(activity.arrived_at),
        moment(activity.left_at) if activity.left_at else "",
        str(activity.get_verdict_display()),
        told.share,
        told.missing,
        told.gaps,
        told.unexplained,
        told.why,
    ]


@needs(*SEEING)
def coverage_missing(request: HttpRequest) -> HttpResponse:
    """What should have a recording and has none, and recordings that belong to nothing: empty when
    all is well."""
    officer = request.user
    rows = completeness.without_recording(officer)
    cases = completeness.cases_without_recording(officer)
    page = keyset.take(for_list(rows), request.GET.get("cursor"), by="arrived_at", size=PER_PAGE)
    of_cases = keyset.take(
        cases.select_related("unit"), request.GET.get("cases"), by="added_at", size=CASES_PER_PAGE
    )
    return show(
        request,
        "coverage/missing.html",
        _("应当记录而没有资料"),
        page=page,
        rows=[Shown(activity) for activity in page.rows],
        count=rows.count(),
        cases=of_cases,
        cases_count=cases.count(),
        loose=belonging.loose(officer).order_by()[: COUNT_CAP + 1].count(),
        cap=COUNT_CAP,
        tab="missing",
    )
