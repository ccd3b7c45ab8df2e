"""执法活动: the list, and as Excel."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.cases import activity_queries
from liuhen.cases.models import Activity
from liuhen.cases.queries import activities_for
from liuhen.kernel.clock import in_china, now
from liuhen.people.models import Officer
from liuhen.web import sheets
from liuhen.web.activities_text import matter_of, names_of, state_text
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.activity_filter import FilterForm
from liuhen.web.pages import is_part, show
from liuhen.web.templatetags.screen import minute


@needs(*SEEING)
def activities(request: HttpRequest) -> HttpResponse:
    """One's own, the unit's or the bureau's; to htmx only the results."""
    form = FilterForm(request.user, request.GET)
    page = activity_queries.page(rows_of(request, form), request.GET.get("cursor"), by=request.user)
    part = is_part(request, "results")
    return show(
        request,
        "activities/results.html" if part else "activities/list.html",
        _("执法活动"),
        form=form,
        page=page,
    )


def rows_of(request: HttpRequest, form: FilterForm) -> QuerySet[Activity]:
    return form.filters().apply(activities_for(request.user))


@needs(*SEEING)
def export_activities(request: HttpRequest) -> HttpResponse:
    """What the filter bar shows, all pages of it. Refuses: TooManyToExport."""
    rows = rows_of(request, FilterForm(request.user, request.GET))
    heads = (
        _("编号"), _("执法事项"), _("归类"), _("地点"), _("当事人"), _("案号"), _("承办科室"),
        _("执法人员"), _("到达时间"), _("离开时间"), _("状态"), _("记录情况"), _("资料份数"),
    )  # fmt: skip
    widths = (17, 34, 16, 30, 24, 22, 18, 24, 17, 17, 10, 14, 10)
    name = _("执法活动") + f"-{in_china(now()):%Y%m%d}"
    return sheets.answer(name, heads, widths, lines_of(rows, request.user))


def lines_of(rows: QuerySet[Activity], officer: Officer) -> Iterator[list[Any]]:
    ordered = activity_queries.for_list(rows, officer).order_by("-registered_at", "-pk")
    return map(line_of, sheets.whole(ordered))


def line_of(activity: Any) -> list[Any]:
    return [
        activity.number,
        matter_of(activity),
        str(activity.get_kind_display()),
        activity.place,
        activity.party_name or (activity.party.name if activity.party else ""),
        activity.case.case_no if activity.case else "",
        activity.unit.name if activity.unit else "",
        names_of(activity),
        minute(activity.arrived_at),
        minute(activity.left_at),
        state_text(activity)[1],
        str(activity.get_verdict_display()),
        activity.held,
    ]
