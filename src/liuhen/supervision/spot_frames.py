"""The list drawn from (抽查名册): every activity of the days asked for, and every recording that
belongs to none, so that nothing recorded, and nothing left unrecorded, is out of reach.

Fixed cameras at windows run all day and are watched for gaps (`devices.window_gaps`); they are no
part of it. What secrecy keeps from whoever announces is not either: they may not know of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import translation

from liuhen.cases.models import Activity, ActivityOfficer
from liuhen.devices.models import DeviceKind
from liuhen.engines.drawing.choosing import Candidate
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Officer, Unit
from liuhen.recordings import queries
from liuhen.recordings.models import Recording, SecrecyMark
from liuhen.supervision import spot_errors as errors
from liuhen.supervision.models import Stratum

MOST_CANDIDATES = 100_000
"""A list of 6 MB, drawn from within a second; no bureau has so many activities in a year."""

ALL = "全部"
MARK = "／"
"""Between the parts of a group's name."""

RANGE = "期间内到达现场的全部执法活动（已作废的除外），以及未归入执法活动的全部音像资料"


@dataclass(frozen=True)
class Listed:
    """`has_secrets`: something in it is marked secret; not everybody may see the list."""

    candidates: tuple[Candidate, ...]
    has_secrets: bool


def listed(by: Officer, since: date, until: date, strata: Iterable[Stratum]) -> Listed:
    """Both days included, China's. Four queries. Refuses: FrameTooLong."""
    chosen = [one for one in Stratum if one in set(strata)]
    days = midnight(since), midnight(until + timedelta(days=1))
    activities, loose = activities_in(by, *days), loose_in(by, *days)
    if activities.count() + loose.count() > MOST_CANDIDATES:
        raise errors.FrameTooLong(most=MOST_CANDIDATES)
    secret = SecrecyMark.objects.filter(lifted_at=None, recording__in=loose.values("pk"))
    with translation.override("zh-hans"):
        found = [*of_activities(activities, chosen), *of_recordings(loose, chosen)]
    return Listed(tuple(sorted(found)), secret.exists())


def activities_in(by: Officer, start: datetime, end: datetime) -> QuerySet[Activity]:
    rows = Activity.objects.filter(agency_id=by.agency_id, voided_at=None)
    return rows.filter(arrived_at__gte=start, arrived_at__lt=end)


def loose_in(by: Officer, start: datetime, end: datetime) -> QuerySet[Recording]:
    rows = Recording.objects.filter(agency_id=by.agency_id, activity_recording=None)
    rows = rows.filter(recorded_at__gte=start, recorded_at__lt=end, disposed_at=None)
    return queries.but_secrets(rows.exclude(device__kind=DeviceKind.FIXED_CAMERA), by)


def of_activities(rows: QuerySet[Activity], strata: list[Stratum]) -> Iterator[Candidate]:
    people = ActivityOfficer.objects.select_related("officer").order_by("-is_lead", "pk")
    beside = rows.select_related("unit", "listed").defer("coverage", "search_text")
    for one in beside.prefetch_related(Prefetch("activity_officers", people)):
        parts = one.activity_officers.all()
        lead = parts[0].officer if parts else None
        matter = one.listed.name if one.listed else str(one.get_kind_display())
        assert one.arrived_at is not None
        group = group_of(strata, one.unit, lead, matter, one.arrived_at)
        yield Candidate(group, f"activity:{one.number}")


def of_recordings(rows: QuerySet[Recording], strata: list[Stratum]) -> Iterator[Candidate]:
    for one in rows.select_related("unit", "officer").defer("examination", "search_text"):
        group = group_of(strata, one.unit, one.officer, "未归入执法活动", one.recorded_at)
        yield Candidate(group, f"recording:{one.number}")


def group_of(
    strata: list[Stratum], unit: Unit | None, officer: Officer | None, matter: str, at: datetime
) -> str:
    names = {
        Stratum.UNIT: unit.name if unit else "科室不详",
        Stratum.OFFICER: str(officer) if officer else "人员不详",
        Stratum.MATTER: matter,
        Stratum.MONTH: f"{in_china(at):%Y-%m}",
    }
    return MARK.join(names[one] for one in strata) or ALL
