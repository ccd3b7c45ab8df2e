"""免予记录与中断: what waits for one's word, what one has entered, all one sees."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.cases import unrecorded_queries as queries
from liuhen.cases.models import Exemption, Interruption, StopReport
from liuhen.custody import keyset
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.unrecorded import PAPER_STATES, STOP_STATES, FilterForm
from liuhen.web.pages import is_part, show

PAGE_SIZE = 25
MOST_COUNTED = 100
"""Beyond it a pill says 99+."""

TABS: dict[str, str | Promise] = {
    "waiting": gettext_lazy("待我办理"),
    "own": gettext_lazy("我提交的"),
    "all": gettext_lazy("全部"),
}


@dataclass(frozen=True)
class Kind:
    name: str
    title: str | Promise
    model: type[Any]
    states: list[Any]


KINDS = (
    Kind("exemption", gettext_lazy("免予记录"), Exemption, PAPER_STATES),
    Kind("interruption", gettext_lazy("中断"), Interruption, PAPER_STATES),
    Kind("stop", gettext_lazy("无法继续记录"), StopReport, STOP_STATES),
)


@needs(*SEEING)
def unrecorded(request: HttpRequest) -> HttpResponse:
    """The list; to htmx only its results, under the same address."""
    tab, kind, counts = what_of(request)
    form = FilterForm(request.GET, states=kind.states)
    rows = rows_asked(request.user, tab, kind, form)
    part = is_part(request, "results")
    return show(
        request,
        "unrecorded/results.html" if part else "unrecorded/list.html",
        _("免予记录与中断"),
        form=form,
        tab=tab,
        tabs=TABS.items(),
        kind=kind,
        kinds=[(one, counts[one.name] if tab == "waiting" else 0) for one in KINDS],
        page=keyset.take(
            rows, request.GET.get("cursor"), by=queries.WHEN[kind.model], size=PAGE_SIZE
        ),
        at=now(),
    )


def what_of(request: HttpRequest) -> tuple[str, Kind, dict[str, int]]:
    """The tab, the kind, and how many of each kind wait."""
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else "waiting"
    counts = {kind.name: count_of(request.user, kind) for kind in KINDS}
    return tab, kind_of(request.GET.get("kind", ""), counts if tab == "waiting" else {}), counts


def rows_asked(officer: Officer, tab: str, kind: Kind, form: FilterForm) -> QuerySet[Any]:
    rows: QuerySet[Any] = form.filters().apply(rows_of(officer, tab, kind))
    return rows.select_related(*queries.beside(kind.model))


def kind_of(asked: str, counts: dict[str, int]) -> Kind:
    """As asked for; else the first of which something waits."""
    for kind in KINDS:
        if kind.name == asked or (not asked and counts.get(kind.name)):
            return kind
    return KINDS[0]


def rows_of(officer: Officer, tab: str, kind: Kind) -> QuerySet[Any]:
    of = {"waiting": queries.waiting_for, "own": queries.own, "all": queries.seen_by}
    return of[tab](officer, kind.model)


def count_of(officer: Officer, kind: Kind) -> int:
    return queries.waiting_for(officer, kind.model).order_by()[:MOST_COUNTED].count()
