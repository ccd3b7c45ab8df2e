"""Which activity a recording may belong to: proposed by device, officer, time and place.

A proposal decides nothing: somebody confirms or declines it. All of it works on a page of
recordings at a time: one query for the activities about them and two for their people and devices,
each by an index on time, whatever the bureau has kept.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from liuhen.cases.models import Activity, ActivityDevice, ActivityOfficer, Declined
from liuhen.recordings.models import Recording

MARGIN = timedelta(minutes=15)
"""Before arrival and after leaving. Cameras are switched on in the car and off when all are back
in it, and arrival is often entered a few minutes late."""

LONGEST = timedelta(hours=12)
"""What an activity or one file lasts at most: a body camera's battery holds eight to ten hours.
One that nobody ended longer ago is not under way any more."""

NEAR_METRES, FAR_METRES = 500, 3000
"""Phones and cameras fix a place within 10 to 100 m, indoors within some hundred; a site is a
market or a farm. Between the two the place says nothing."""

MOST_CANDIDATES = 300
"""Recordings looked at for one activity, and activities for one page of recordings: beyond it the
officers and times entered are wrong, and a page could not show them."""


class Reason(StrEnum):
    DEVICE = "device"
    OFFICER = "officer"
    TIME = "time"
    PLACE = "place"
    OTHER_PLACE = "other_place"


WEIGHT = {Reason.DEVICE: 40, Reason.OFFICER: 30, Reason.TIME: 30, Reason.PLACE: 10}
ELSEWHERE = 40
"""Taken off where both places are known and lie far apart."""

SURE = 70
"""Points of 100 from which a proposal is ticked beforehand: the device and the whole time, or the
device, the officer and any of it."""


@dataclass(frozen=True)
class Known:
    """Of an activity, what matching asks; `start` and `end` with the margin."""

    activity: Activity
    officers: frozenset[int]
    devices: frozenset[int]
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Proposal:
    """`score` of 100; `rival`: another activity it fits as well or better."""

    recording: Recording
    activity: Activity
    score: int
    reasons: tuple[Reason, ...]
    rival: Activity | None = None

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE and self.rival is None


def proposals_for(activity: Activity, *, at: datetime) -> list[Proposal]:
    """What may belong to `activity`, in the order recorded; nothing before it has arrived.

    Seven queries. Only what belongs to none and was not declined for it.
    """
    known = known_of(activity, at=at)
    if known is None or activity.voided_at is not None:
        return []
    rows = with_position(candidates(known))
    found = by_recording(rows, at=at, among=Activity.objects.filter(agency_id=activity.agency_id))
    mine = []
    for recording in rows:
        fits = found.get(recording.pk, [])
        one = next((fit for fit in fits if fit.activity.pk == activity.pk), None)
        if one is not None:
            other = next((fit.activity for fit in fits if rivals(fit, one)), None)
            mine.append(Proposal(recording, activity, one.score, one.reasons, other))
    return mine


def rivals(fit: Proposal, one: Proposal) -> bool:
    return fit.activity.pk != one.activity.pk and fit.score >= one.score


def candidates(known: Known) -> QuerySet[Recording]:
    """Loose recordings about its time, by its officers or devices."""
    officers, devices = known.officers, known.devices
    declined = Declined.objects.filter(activity=known.activity, recording=OuterRef("pk"))
    rows = Recording.objects.filter(
        Q(officer__in=officers) | Q(device__in=devices) | Q(checkout__officer__in=officers),
        agency_id=known.activity.agency_id,
        settled_at=None,
        recorded_at__gte=known.start - LONGEST,
        recorded_at__lt=known.end,
    ).exclude(Exists(declined))
    return rows.order_by("recorded_at", "pk")[:MOST_CANDIDATES]


def with_position(rows: QuerySet[Recording]) -> list[Recording]:
    """With what a row shows, and where the file says it was made (`north`, `east`, text)."""
    header = KeyTransform("header", "examination")
    rows = rows.annotate(
        north=KeyTextTransform("latitude", header), east=KeyTextTransform("longitude", header)
    )
    return list(rows.select_related("officer", "unit", "device", "checkout").defer("examination"))


def by_recording(
    recordings: Sequence[Recording],
    *,
    at: datetime,
    among: QuerySet[Activity],
    most: int = MOST_CANDIDATES,
) -> dict[int, list[Proposal]]:
    """For each recording the activities of `among` it may belong to, the best one first. `most`:
    so many activities are looked at."""
    known = [one for row in about(recordings, among, most) if (one := known_of(row, at=at))]
    declined = declined_of(recordings)
    found: dict[int, list[Proposal]] = {}
    for recording in recordings:
        fits = [
            fit
            for one in known
            if one.activity.pk not in declined[recording.pk] and (fit := scored(recording, one))
        ]
        if fits:
            found[recording.pk] = sorted(fits, key=lambda fit: (-fit.score, -fit.activity.pk))
    return found


def about(
    recordings: Sequence[Recording], among: QuerySet[Activity], most: int = MOST_CANDIDATES
) -> QuerySet[Activity]:
    """The activities that began shortly before or during any of the recordings, of their officers
    or with their devices."""
    times = Q(pk__in=())
    for start, end in merged(recordings):
        times |= Q(arrived_at__gte=start, arrived_at__lt=end)
    officers = {one.officer_id for one in recordings} | {
        one.checkout.officer_id for one in recordings if one.checkout
    }
    devices = {one.device_id for one in recordings}
    here = {"activity": OuterRef("pk")}
    theirs = Exists(ActivityOfficer.objects.filter(officer__in=officers - {None}, **here))
    with_it = Exists(ActivityDevice.objects.filter(device__in=devices - {None}, **here))
    rows = among.filter(times, theirs | with_it, voided_at=None).order_by("-arrived_at", "-pk")
    return rows.prefetch_related(*BESIDE)[:most]


BESIDE = (
    Prefetch("activity_officers", ActivityOfficer.objects.select_related("officer").order_by(
        "-is_lead", "pk")),
    "activity_devices",
)  # fmt: skip


def merged(recordings: Sequence[Recording]) -> list[tuple[datetime, datetime]]:
    """When an activity about each of them can have begun; those that overlap as one stretch."""
    stretches = sorted(
        (one.recorded_at - LONGEST - MARGIN, end_of(one) + MARGIN) for one in recordings
    )
    joined: list[tuple[datetime, datetime]] = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def declined_of(recordings: Sequence[Recording]) -> Mapping[int, set[int]]:
    """By recording: the activities somebody said it does not belong to."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Declined.objects.filter(recording__in=[one.pk for one in recordings])
    for recording, activity in rows.values_list("recording", "activity"):
        found[recording].add(activity)
    return found


def known_of(activity: Activity, *, at: datetime) -> Known | None:
    """None before it has arrived: there is no time to match."""
    if activity.arrived_at is None:
        return None
    left = activity.left_at or min(at, activity.arrived_at + LONGEST)
    return Known(
        activity,
        frozenset(one.officer_id for one in activity.activity_officers.all()),
        frozenset(one.device_id for one in activity.activity_devices.all()),
        activity.arrived_at - MARGIN,
        max(left, activity.arrived_at) + MARGIN,
    )


def scored(recording: Recording, known: Known) -> Proposal | None:
    """None: nothing but the hour speaks for it, or the hour against it."""
    share = share_within(recording, known)
    if share is None:
        return None
    reasons, points = [], 0
    holder = recording.checkout.officer_id if recording.checkout else None
    if recording.device_id in known.devices or holder in known.officers:
        reasons.append(Reason.DEVICE)
    if recording.officer_id in known.officers:
        reasons.append(Reason.OFFICER)
    if not reasons:
        return None
    points = sum(WEIGHT[reason] for reason in reasons) + round(WEIGHT[Reason.TIME] * share)
    reasons.append(Reason.TIME)
    match place_of(recording, known.activity):
        case Reason.PLACE:
            reasons.append(Reason.PLACE)
            points += WEIGHT[Reason.PLACE]
        case Reason.OTHER_PLACE:
            reasons.append(Reason.OTHER_PLACE)
            points -= ELSEWHERE
    return Proposal(recording, known.activity, min(points, 100), tuple(reasons))


def share_within(recording: Recording, known: Known) -> float | None:
    """Of the recording, the part within the activity's time; None: none of it. A photo's is 1."""
    start, end = recording.recorded_at, end_of(recording)
    if start >= known.end or end < known.start:
        return None
    if end == start:
        return 1.0
    inside = min(end, known.end) - max(start, known.start)
    return inside / (end - start)


def end_of(recording: Recording) -> datetime:
    """On the corrected clock; a photo and what was not examined yet end as they begin."""
    return recording.recorded_at + timedelta(seconds=float(recording.duration_seconds or 0))


def place_of(recording: Recording, activity: Activity) -> Reason | None:
    """None: one of the two places is not known, or they are neither near nor far."""
    here = position(activity.latitude, activity.longitude)
    there = position(getattr(recording, "north", None), getattr(recording, "east", None))
    if here is None or there is None:
        return None
    metres = distance(here, there)
    if metres <= NEAR_METRES:
        return Reason.PLACE
    return Reason.OTHER_PLACE if metres >= FAR_METRES else None


def position(north: Decimal | str | None, east: Decimal | str | None) -> tuple[float, float] | None:
    try:
        return None if north is None or east is None else (float(north), float(east))
    except ValueError:
        return None


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres along the great circle (haversine; mean radius 6,371 km)."""
    (north, east), (north2, east2) = [(radians(a), radians(b)) for a, b in (one, other)]
    half = sin((north2 - north) / 2) ** 2
    half += cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * 6_371_000 * asin(min(1.0, sqrt(half)))


def sure(proposals: Iterable[Proposal]) -> list[Proposal]:
    return [one for one in proposals if one.is_sure]
