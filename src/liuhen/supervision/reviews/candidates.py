"""What may be reviewed: the activities of those days, and the recordings that belong to none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from liuhen.access.involved import involved_in
from liuhen.cases.models import Activity, ActivityOfficer
from liuhen.devices.models import DeviceKind
from liuhen.engines.drawing.choosing import Candidate
from liuhen.kernel.clock import midnight
from liuhen.people.models import Officer
from liuhen.recordings import queries as recordings
from liuhen.recordings.models import Recording
from liuhen.supervision.reviews import errors

ACTIVITY, RECORDING = "activity", "recording"


@dataclass(frozen=True)
class Thing:
    """An activity or a recording, as `activity:HD-2026-000001`."""

    item: str
    activity: Activity | None = None
    recording: Recording | None = None
    officer: Officer | None = None


def in_days(by: Officer, since: date, until: date) -> list[Candidate]:
    """Both days included, by unit; what secrecy keeps from whoever opens it is not among them."""
    start, end = midnight(since), midnight(until + timedelta(days=1))
    held = activities_of(by).filter(arrived_at__gte=start, arrived_at__lt=end)
    loose = recordings_of(by).filter(
        activity_recording=None, recorded_at__gte=start, recorded_at__lt=end
    )
    loose = loose.exclude(device__kind=DeviceKind.FIXED_CAMERA)
    found = [
        Candidate(unit or "", f"{word}:{number}")
        for word, rows in ((ACTIVITY, held), (RECORDING, loose))
        for unit, number in rows.values_list("unit__name", "number")
    ]
    return sorted(found)


def named(by: Officer, numbers: Iterable[str]) -> list[str]:
    """What somebody typed, as items, each once. Refuses: NotKnown."""
    typed = list(dict.fromkeys(one.strip() for one in numbers if one.strip()))
    known = {
        number: f"{word}:{number}"
        for word, rows in (
            (ACTIVITY, activities_of(by)),
            (RECORDING, recordings_of(by)),
        )
        for number in rows.filter(number__in=typed).values_list("number", flat=True)
    }
    for one in typed:
        if one not in known:
            raise errors.NotKnown(number=one[:40])
    return [known[one] for one in typed]


def activities_of(by: Officer) -> QuerySet[Activity]:
    """The bureau's: whoever reviews need not see it every day."""
    return Activity.objects.filter(agency_id=by.agency_id, voided_at=None)


def recordings_of(by: Officer) -> QuerySet[Recording]:
    """The bureau's, but what secrecy keeps from them."""
    rows = Recording.objects.filter(agency_id=by.agency_id, disposed_at=None)
    return recordings.but_secrets(rows, by)


def things(items: Iterable[str]) -> list[Thing]:
    """The same with their rows, in their order. Three queries."""
    ordered = list(items)
    numbers = {word: [one.partition(":")[2] for one in ordered if one.startswith(f"{word}:")]
               for word in (ACTIVITY, RECORDING)}  # fmt: skip
    held = Activity.objects.filter(number__in=numbers[ACTIVITY]).select_related("unit")
    loose = Recording.objects.filter(number__in=numbers[RECORDING])
    leads: dict[int, Officer] = {}
    people = ActivityOfficer.objects.filter(activity__in=held).select_related("officer")
    for part in people.order_by("is_lead", "-pk"):  # the leader on site comes last and stays
        leads[part.activity_id] = part.officer
    found = {
        f"{ACTIVITY}:{one.number}": Thing(
            f"{ACTIVITY}:{one.number}", activity=one, officer=leads.get(one.pk)
        )
        for one in held
    } | {
        f"{RECORDING}:{one.number}": Thing(
            f"{RECORDING}:{one.number}", recording=one, officer=one.officer
        )
        for one in loose.select_related("unit", "officer")
    }
    return [found[one] for one in ordered]


def people_of(activities: Iterable[int], loose: Iterable[int]) -> dict[tuple[str, int], set[int]]:
    """Who made or took part in each, by ("activity" or "recording", key)."""
    found: dict[tuple[str, int], set[int]] = {
        (RECORDING, key): whose for key, whose in involved_in(loose).items()
    }
    parts = ActivityOfficer.objects.filter(activity_id__in=list(activities))
    for activity, officer in parts.values_list("activity_id", "officer_id"):
        found.setdefault((ACTIVITY, activity), set()).add(officer)
    return found
