"""The rows behind a figure: by the same condition it was counted by, within the same scope."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.cases import required
from liuhen.cases.models import ActivityOfficer
from liuhen.statistics import reading
from liuhen.statistics.figures import (
    ACTIVITIES,
    BREACHES,
    CHECKOUTS,
    DUTIES,
    FIGURES,
    RECORDINGS,
    SPOTS,
    Source,
)
from liuhen.statistics.scopes import Scope
from liuhen.supervision.models import Answer, SpotAnswer

OVERDUE = "overdue"
"""Counted as it stands and not by days."""

BESIDE = {
    RECORDINGS.name: ("unit", "officer", "device"),
    ACTIVITIES.name: ("unit", "listed", "party"),
    DUTIES.name: ("unit", "owner", "recording", "device"),
    CHECKOUTS.name: ("unit", "officer", "device"),
    SPOTS.name: (
        "check_of", "checker", "activity__unit", "recording__unit", "recording__officer",
    ),
    BREACHES.name: ("unit", "officer"),
}  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """`by`: the column the rows are ordered by, newest first."""

    title: str | Promise
    source: Source
    by: str
    rows: QuerySet[Any]


def listed(scope: Scope, code: str, since: date, until: date, *, at: datetime) -> Listed | None:
    """None: no such figure, or none for this scope. Days of China's calendar, both included."""
    if code == OVERDUE and DUTIES.name not in scope.hidden:
        rows = reading.overdue(scope, at=at)
        return Listed(_("到期未办事项"), DUTIES, "due_at", beside(DUTIES, rows))
    figure = FIGURES.get(code)
    if figure is None or not scope.shows(figure):
        return None
    rows = figure.rows(scope.agency, since, until, spans=required.spans_for(scope.agency))
    rows = scope.of(figure.source, rows)
    return Listed(figure.title, figure.source, figure.source.at, beside(figure.source, rows))


def beside(source: Source, rows: QuerySet[Any]) -> QuerySet[Any]:
    rows = rows.select_related(*BESIDE[source.name])
    if source is RECORDINGS:
        return rows.defer("examination", "search_text")
    if source is DUTIES:
        return rows.defer("recording__examination", "recording__search_text")
    if source is ACTIVITIES:
        people = ActivityOfficer.objects.select_related("officer").order_by("-is_lead", "pk")
        return rows.prefetch_related(Prefetch("activity_officers", people))
    if source is SPOTS:
        people = ActivityOfficer.objects.select_related("officer").order_by("-is_lead", "pk")
        wrong = SpotAnswer.objects.filter(answer=Answer.NO).order_by("pk")
        heavy = ("check_of__frame", "activity__coverage", "recording__examination",
                 "recording__search_text")  # fmt: skip
        return rows.defer(*heavy).prefetch_related(
            Prefetch("activity__activity_officers", people),
            Prefetch("answers", wrong, to_attr="wrong"),
        )
    if source is BREACHES:
        return rows.prefetch_related("sanctions")
    return rows
