"""Reads: the list of activities, filtered, one page at a time; what to begin a new one with."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from liuhen.cases.matching import LONGEST
from liuhen.cases.models import Activity, ActivityOfficer, ListedMatter
from liuhen.custody import keyset
from liuhen.devices.models import NOT_CARRIED, Checkout, Device
from liuhen.kernel.clock import midnight
from liuhen.people.models import Officer
from liuhen.recordings import queries as recordings
from liuhen.recordings.queries import COUNT_CAP

PAGE_SIZE = 30
PLANNED, UNDER_WAY, ENDED, VOIDED = "planned", "under_way", "ended", "voided"
STATES = {
    PLANNED: Q(voided_at=None, left_at=None, arrived_at=None),
    UNDER_WAY: Q(voided_at=None, arrived_at__isnull=False, left_at=None),
    ENDED: Q(voided_at=None, left_at__isnull=False),
    VOIDED: Q(voided_at__isnull=False),
}


def state_of(activity: Activity) -> str:
    if activity.voided_at:
        return VOIDED
    if activity.arrived_at is None:
        return PLANNED
    return UNDER_WAY if activity.left_at is None else ENDED


@dataclass(frozen=True)
class Filters:
    """What the filter bar asks for; None or "" means everything. Dates are China's, of arrival,
    both included. Without a `state` voided ones are left out."""

    words: str = ""
    since: date | None = None
    until: date | None = None
    unit: int | None = None
    officer: int | None = None
    kind: str = ""
    state: str = ""
    verdict: str = ""

    def apply(self, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        wanted: dict[str, Any] = {
            "unit_id": self.unit,
            "kind": self.kind or None,
            "verdict": self.verdict or None,
            "arrived_at__gte": midnight(self.since) if self.since else None,
            "arrived_at__lt": midnight(self.until + timedelta(days=1)) if self.until else None,
        }
        rows = rows.filter(**{k: v for k, v in wanted.items() if v is not None})
        if self.officer is not None:
            took_part = ActivityOfficer.objects.filter(officer_id=self.officer)
            rows = rows.filter(pk__in=took_part.values("activity_id"))
        rows = rows.filter(STATES.get(self.state, Q(voided_at=None)))
        for word in self.words.split():
            rows = rows.filter(search_text__icontains=word)
        return rows


@dataclass(frozen=True)
class Page:
    """Rows newest first; `older` and `newer` are cursors; `count` stops at COUNT_CAP."""

    rows: list[Activity] = field(default_factory=list)
    older: str | None = None
    newer: str | None = None
    count: int = 0
    count_is_capped: bool = False


def for_list(rows: QuerySet[Activity], officer: Officer) -> QuerySet[Activity]:
    """With what a row shows; `held`: how many recordings belong to it, but those kept secret from
    the officer."""
    rows = rows.select_related("unit", "listed", "party", "case").defer("coverage")
    people = ActivityOfficer.objects.select_related("officer").order_by("-is_lead", "pk")
    known = ~recordings.hides(officer, "activity_recordings__recording_id")
    return rows.prefetch_related(Prefetch("activity_officers", people)).annotate(
        held=Count("activity_recordings", filter=known)
    )


def page(rows: QuerySet[Activity], cursor: str | None, *, by: Officer) -> Page:
    """Six queries at most, by the index on registration. A bad cursor is the first page."""
    found = keyset.take(rows, cursor, by="registered_at", size=PAGE_SIZE)
    count = len(found.rows) if found.is_whole else rows.order_by()[: COUNT_CAP + 1].count()
    rows = for_list(Activity.objects.filter(pk__in=keys(found.rows)), by)
    shown = {one.pk: one for one in rows}
    return Page(
        rows=[shown[one.pk] for one in found.rows],
        older=found.older,
        newer=found.newer,
        count=min(count, COUNT_CAP),
        count_is_capped=count > COUNT_CAP,
    )


def keys(rows: list[Activity]) -> list[int]:
    return [one.pk for one in rows]


LOOKED_BACK = 30
"""One's newest activities that tell with whom and what one usually does."""

MOST_RECENT = 4


@dataclass(frozen=True)
class Beginning:
    """What a new activity starts from: nothing of it has to be typed on site.

    `recent`: the matters one registered last, the latest first.
    """

    officers: list[Officer]
    devices: list[Device]
    recent: list[ListedMatter]
    last: Activity | None


def beginning(officer: Officer) -> Beginning:
    """Oneself with one's last colleague, and what both have in hand now. Five queries."""
    mine = ActivityOfficer.objects.filter(officer=officer).order_by("-activity_id")
    took_part = list(mine.values_list("activity_id", flat=True)[:LOOKED_BACK])
    newest = {
        one.pk: one for one in Activity.objects.filter(pk__in=took_part).select_related("listed")
    }
    rows = [newest[pk] for pk in took_part if newest[pk].voided_at is None]
    officers = [officer, *(colleagues(rows[0], officer) if rows else [])]
    recent = {
        one.listed.pk: one.listed
        for one in rows
        if one.listed is not None and one.listed.dropped_at is None
    }
    return Beginning(
        officers, held_by(officers), list(recent.values())[:MOST_RECENT], rows[0] if rows else None
    )


def under_way(officer: Officer, *, at: datetime) -> Activity | None:
    """The newest one the officer is at now; one begun longer ago was only never ended."""
    rows = Activity.objects.filter(STATES[UNDER_WAY], arrived_at__gte=at - LONGEST)
    took_part = ActivityOfficer.objects.filter(officer=officer)
    rows = rows.filter(agency_id=officer.agency_id, pk__in=took_part.values("activity_id"))
    return rows.order_by("-arrived_at", "-pk").first()


def colleagues(activity: Activity, officer: Officer) -> list[Officer]:
    """Who was there with `officer`, as far as they still are here."""
    entries = ActivityOfficer.objects.filter(activity=activity, officer__is_active=True)
    entries = entries.exclude(officer=officer).select_related("officer").order_by("pk")
    return [entry.officer for entry in entries]


def held_by(officers: list[Officer]) -> list[Device]:
    """What they have checked out now."""
    rows = Checkout.objects.filter(officer__in=officers, returned_at=None)
    rows = rows.exclude(device__kind__in=NOT_CARRIED).select_related("device")
    return [checkout.device for checkout in rows.order_by("handed_at", "pk")]


def held_on(officers: list[Officer], since: datetime, until: datetime) -> list[Device]:
    """What they had checked out at any time between the two."""
    rows = Checkout.objects.filter(
        Q(returned_at=None) | Q(returned_at__gte=since),
        officer__in=officers,
        handed_at__lte=until,
    ).select_related("device")
    return list({one.device.pk: one.device for one in rows.order_by("handed_at", "pk")}.values())
