"""Reads: whose duties there are, filtered, counted, one page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from liuhen.duties.errors import NoSuchDuty
from liuhen.duties.models import Duty, DutyState
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Agency, Officer, Unit
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings.queries import hides
from liuhen.regulations.posts import posts_of

BESIDE = ("agency", "unit", "owner", "recording", "device", "closed_by")
OVERDUE = "overdue"
"""Not stored: an open duty whose time has passed."""


def of_agency(agency: Agency) -> QuerySet[Duty]:
    return Duty.objects.filter(agency=agency)


def mine(officer: Officer) -> QuerySet[Duty]:
    """One's own, and what falls to a post one holds; the head of a unit has only the unit's."""
    return Duty.objects.filter(is_for(officer), agency_id=officer.agency_id)


def is_for(officer: Officer) -> Q:
    if not officer.is_active:
        return Q(pk__in=[])
    held = posts_of(officer)
    wide = [str(post) for post, unit_id in held if unit_id is None]
    found = Q(owner_id=officer.pk) | Q(owner=None, post__in=wide)
    for post, unit_id in held:
        if unit_id is not None:
            found |= Q(owner=None, post=str(post), unit_id=unit_id)
    return found


def is_mine(duty: Duty, officer: Officer) -> bool:
    return mine(officer).filter(pk=duty.pk).exists()


def of_unit(officer: Officer) -> QuerySet[Duty]:
    """Of the officer's unit, and of units the officer heads, whoever owns them."""
    rows = Duty.objects.filter(is_near(officer), agency_id=officer.agency_id)
    return but_secrets(rows, officer)


def is_near(officer: Officer) -> Q:
    units = Q(unit__in=Unit.objects.filter(head_id=officer.pk))
    return units | Q(unit_id=officer.unit_id) if officer.unit_id else units


def done_by(officer: Officer) -> QuerySet[Duty]:
    """One's own that are closed, and what one has closed for others."""
    near = is_for(officer) | Q(closed_by_id=officer.pk)
    return Duty.objects.filter(near, agency_id=officer.agency_id, closed_at__isnull=False)


def visible_to(officer: Officer) -> QuerySet[Duty]:
    """By the widest permission held; one's own in any case, and what one has closed."""
    granted = permissions_of(officer)
    every = Duty.objects.filter(agency_id=officer.agency_id)
    if Permission.SEE_AGENCY_DUTIES in granted:
        return but_secrets(every, officer)
    near = is_for(officer) | Q(closed_by_id=officer.pk)
    if Permission.SEE_UNIT_DUTIES in granted:
        near |= is_near(officer)
    return but_secrets(every.filter(near), officer)


def but_secrets(rows: QuerySet[Duty], officer: Officer) -> QuerySet[Duty]:
    """Without duties about a recording the officer must not know of."""
    return rows.exclude(hides(officer))


def get_visible(pk: int, officer: Officer) -> Duty:
    """Refuses: NoSuchDuty, alike for what is not there and what is not shown."""
    found = visible_to(officer).select_related(*BESIDE, "unit__head").filter(pk=pk).first()
    if found is None:
        raise NoSuchDuty()
    return found


@dataclass(frozen=True)
class Filters:
    """What the filter bar asks for; None and "" mean everything.

    `state` is one of DutyState or OVERDUE; without one the open duties are meant, or, where
    `closed` is asked for, all closed ones. `month` is any day of it, of when the duty falls due
    (of what was closed: when it was), China's calendar.
    """

    closed: bool = False
    state: str = ""
    kind: str = ""
    unit: int | None = None
    article: int | None = None
    month: date | None = None

    @property
    def shows_closed(self) -> bool:
        return self.closed or self.state not in ("", OVERDUE, DutyState.OPEN)

    def apply(self, duties: QuerySet[Duty], *, at: datetime) -> QuerySet[Duty]:
        if self.state == OVERDUE:
            duties = duties.filter(state=DutyState.OPEN, due_at__lte=at)
        elif self.state:
            duties = duties.filter(state=self.state)
        elif self.closed:
            duties = duties.filter(closed_at__isnull=False)
        else:
            duties = duties.filter(state=DutyState.OPEN)
        wanted: dict[str, Any] = {
            "kind": self.kind or None,
            "unit_id": self.unit,
            "article": self.article,
        }
        duties = duties.filter(**{k: v for k, v in wanted.items() if v is not None})
        return duties.filter(self.in_month()) if self.month else duties

    def in_month(self) -> Q:
        assert self.month is not None
        first = self.month.replace(day=1)
        after = (first + timedelta(days=31)).replace(day=1)
        when = "closed_at" if self.shows_closed else "due_at"
        # What falls due at midnight belongs to the day before.
        edge = timedelta(0) if self.shows_closed else timedelta(microseconds=1)
        return Q(**{f"{when}__gte": midnight(first) + edge, f"{when}__lt": midnight(after) + edge})


@dataclass(frozen=True)
class Counters:
    """`due_today`: still in time, and it runs out before China's day does."""

    open: int = 0
    due_today: int = 0
    overdue: int = 0
    done_this_month: int = 0


def counters(duties: QuerySet[Duty], *, at: datetime) -> Counters:
    """Two queries: the open ones by their index, this month's closed ones by theirs."""
    today = in_china(at).date()
    tomorrow = midnight(today + timedelta(days=1))
    opened = duties.filter(state=DutyState.OPEN).aggregate(
        open=Count("pk"),
        due_today=Count("pk", filter=Q(due_at__gt=at, due_at__lte=tomorrow)),
        overdue=Count("pk", filter=Q(due_at__lte=at)),
    )
    done = duties.filter(
        closed_at__gte=midnight(today.replace(day=1)),
        state__in=[DutyState.DONE, DutyState.DONE_LATE],
    ).count()
    return Counters(**opened, done_this_month=done)


def open_count(officer: Officer) -> int:
    """For the menu's badge."""
    return mine(officer).filter(state=DutyState.OPEN).count()


def soonest(duties: QuerySet[Duty], most: int) -> Sequence[Duty]:
    """The first open ones, those without a time last."""
    opened = duties.filter(state=DutyState.OPEN).select_related(*BESIDE)
    dated = list(opened.filter(due_at__isnull=False).order_by("due_at", "pk")[:most])
    rest = most - len(dated)
    return dated + list(opened.filter(due_at=None).order_by("pk")[:rest]) if rest else dated


@dataclass
class Figures:
    """How far one article was kept in a span of time."""

    done: int = 0
    late: int = 0
    open: int = 0
    overdue: int = 0
    waived: int = 0


def figures(
    agency: Agency, pack_id: str, *, since: datetime, until: datetime
) -> dict[int, Figures]:
    """By article: what was closed from `since` until before `until`, and what was open then.

    Open and overdue are as they stood at `until`, whatever became of them later. Two queries.
    """
    of_pack = Duty.objects.filter(agency=agency, pack_id=pack_id)
    found: dict[int, Figures] = {}
    closed = of_pack.filter(closed_at__gte=since, closed_at__lt=until)
    names = {DutyState.DONE: "done", DutyState.DONE_LATE: "late", DutyState.WAIVED: "waived"}
    for article, state, n in counted(closed, "article", "state"):
        setattr(found.setdefault(article, Figures()), names[DutyState(state)], n)
    not_closed = Q(closed_at=None) | Q(closed_at__gte=until)
    opened = of_pack.filter(not_closed, started_at__lt=until)
    late = Count("pk", filter=Q(due_at__lte=until))
    for row in opened.values("article").order_by().annotate(n=Count("pk"), late=late):
        figure = found.setdefault(row["article"], Figures())
        figure.open, figure.overdue = row["n"], row["late"]
    return found


def counted(duties: QuerySet[Duty], *by: str) -> list[tuple[Any, ...]]:
    return list(duties.order_by().values_list(*by).annotate(n=Count("pk")))
