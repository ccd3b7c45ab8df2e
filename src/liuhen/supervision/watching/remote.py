"""Supervision from afar (chengde-safety 9): today as it stands, unit by unit.

Counted anew whenever the page asks: a handful of queries by index, whatever the bureau's size.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, Sum

from liuhen.cases import completeness
from liuhen.cases.models import Activity
from liuhen.devices import ledger
from liuhen.devices.models import Checkout
from liuhen.engines.policy.vocabulary import Post
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Officer, Unit
from liuhen.people.permissions import Permission, may
from liuhen.people.queries import enforcing_units
from liuhen.recordings import queries as recordings
from liuhen.recordings import window_states
from liuhen.recordings.models import Recording
from liuhen.recordings.window_states import Row
from liuhen.regulations import posts

MOST_OUT = 200


@dataclass
class UnitNow:
    """One unit's day. `judged`: activities of which it is known whether all was recorded."""

    unit: Unit
    out: int = 0
    activities: int = 0
    recordings: int = 0
    seconds: int = 0
    judged: int = 0
    whole: int = 0

    @property
    def percent(self) -> int | None:
        """Of what is judged, how much is recorded as it had to be; None: nothing is yet."""
        return self.whole * 100 // self.judged if self.judged else None


@dataclass(frozen=True)
class Today:
    units: list[UnitNow]
    out: list[Checkout] = field(default_factory=list)
    out_count: int = 0
    cameras: list[Row] = field(default_factory=list)


def is_wide(officer: Officer) -> bool:
    """Whoever oversees the bureau, and the head of the office, by whom the article has it done."""
    is_office = posts.holds_any(officer, (Post.OFFICE_HEAD,))
    return is_office or may(officer, Permission.SEE_AGENCY)


def units_for(officer: Officer) -> list[Unit]:
    """The whole bureau's, or those one heads."""
    units = enforcing_units(officer.agency)
    if is_wide(officer):
        return units
    headed = set(posts.headed_by(officer))
    return [unit for unit in units if unit.pk in headed]


def today(officer: Officer, *, at: datetime) -> Today:
    """A dozen queries. What secrecy keeps from them is not counted."""
    start, wide = midnight(in_china(at).date()), is_wide(officer)
    end = start + timedelta(days=1)
    rows = {unit.pk: UnitNow(unit) for unit in units_for(officer)}
    out = Checkout.objects.filter(agency_id=officer.agency_id, returned_at=None)
    if not wide:
        out = out.filter(unit__in=rows)
    count(rows, out.order_by().values("unit").annotate(out=Count("pk")))
    count(rows, activities_of(officer, start, end))
    count(rows, recordings_of(officer, start, end))
    longest = ledger.still_out(out.select_related(*ledger.BESIDE))[:MOST_OUT]
    cameras = window_states.of_agency(officer.agency, at=at) if wide else []
    return Today(list(rows.values()), list(longest), out.count(), cameras)


def count(rows: dict[int, UnitNow], found: Iterable[Any]) -> None:
    for said in found:
        row = rows.get(said.pop("unit"))
        if row is not None:
            for name, value in said.items():
                setattr(row, name, int(value or 0))


def activities_of(officer: Officer, start: datetime, end: datetime) -> Any:
    held = Activity.objects.filter(
        agency_id=officer.agency_id, voided_at=None, arrived_at__gte=start, arrived_at__lt=end
    )
    judged = Q(verdict__in=(*completeness.IN_ORDER, *completeness.INCOMPLETE))
    return held.order_by().values("unit").annotate(
        activities=Count("pk"),
        judged=Count("pk", filter=judged),
        whole=Count("pk", filter=Q(verdict__in=completeness.IN_ORDER)),
    )  # fmt: skip


def recordings_of(officer: Officer, start: datetime, end: datetime) -> Any:
    made = Recording.objects.filter(
        agency_id=officer.agency_id, recorded_at__gte=start, recorded_at__lt=end
    )
    return recordings.but_secrets(made, officer).order_by().values("unit").annotate(
        recordings=Count("pk"), seconds=Sum("duration_seconds")
    )  # fmt: skip
