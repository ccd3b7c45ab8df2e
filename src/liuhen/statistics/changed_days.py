"""Which days of which bureau an event may have changed a count of.

More days than needed cost a count; one too few is a figure that stays wrong. So where rows change
without an event of their own, the events that cause it are followed here.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from liuhen.cases.models import Activity
from liuhen.custody.kinds import Kind as K
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.devices.models import Checkout
from liuhen.duties import mending, unrecorded
from liuhen.duties.models import Duty
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording
from liuhen.statistics.models import Span, Tally
from liuhen.statistics.owners import owners_of
from liuhen.supervision.models import SpotItem

Day = tuple[int, date]
"""The bureau's key, and a day of China's calendar."""

OF_RECORDINGS = (
    *(K.RECORDING_SEALED, K.RECORDING_EXAMINED, K.RECORDING_PLACED, K.RECORDING_ASSIGNED),
    *(K.RECORDING_MARKED, K.RECORDING_UNMARKED),
    *(K.RECORDING_SET_ASIDE, K.RECORDING_TAKEN_BACK),
    *(K.SECRECY_MARKED, K.SECRECY_LIFTED),
)
OF_ACTIVITIES = (
    *(K.ACTIVITY_REGISTERED, K.ACTIVITY_CHANGED, K.ACTIVITY_ARRIVED, K.ACTIVITY_LEFT),
    *(K.ACTIVITY_VOIDED, K.ACTIVITY_JUDGED, K.RECORDING_LINKED, K.RECORDING_UNLINKED),
    *(K.INTERRUPTION_ENTERED, K.INTERRUPTION_CHANGED),
    *unrecorded.OF_PAPERS,
)
OF_CASES = (K.CASE_CHANGED,)
OF_DUTIES = (K.DUTY_DONE, K.DUTY_WAIVED, K.DUTY_REDATED, K.BUDGET_SUBMITTED)
OF_CORRECTIONS = (K.CORRECTION_ACCEPTED, K.CORRECTION_WITHDRAWN)
"""They close a duty as of an earlier day, without an event of its own."""
OF_SPOTS = (K.SPOT_CHECK_CLOSED,)
"""What was found counts from here on, and nothing of it changes any more."""
OF_DEVICES = (K.DEVICE_HANDED_OUT, K.DEVICE_RETURNED, K.DEVICE_LOST, *mending.OF_DEVICES)
OF_ALL_DAYS = (
    *(K.MATTERS_IMPORTED, K.MATTER_CORRECTED, K.REGULATION_ADOPTED, K.RULE_CHANGE_APPROVED),
    K.DEVICE_CHANGED,
)
"""What has to be recorded or described hangs on these, for days that are over, too."""

FOLLOWED = tuple(
    dict.fromkeys(
        (
            *(*OF_RECORDINGS, *OF_ACTIVITIES, *OF_CASES, *OF_DUTIES, *OF_CORRECTIONS),
            *(*OF_SPOTS, *OF_DEVICES, *OF_ALL_DAYS),
        )
    )
)


def days_of(events: Iterable[CustodyEvent]) -> set[Day]:
    """A few queries, however many events."""
    events = list(events)
    if not events:
        return set()
    owners = owners_of(events)
    # What closes a duty without an event of its own does so as of its own moment.
    found = {(owners[e.index], day_of(e.at)) for e in events if e.index in owners}
    found |= set(told_before(events, owners))
    named = {word: names(events, word) for word in ("recording", "activity", "case", "duty")}
    named["recording"] |= {
        str(facts_of(event)["recording"])
        for event in events
        if event.kind in (K.RECORDING_LINKED, K.RECORDING_UNLINKED)
    }
    found |= set(of_recordings(Q(number__in=named["recording"])))
    through = Q(activity_recording__activity__number__in=named["activity"])
    through |= Q(activity_recording__activity__case__in=named["case"])
    found |= set(of_recordings(through)) if named["activity"] or named["case"] else set()
    found |= set(of_activities(named))
    keys = [f"correction:{number}" for number in names(events, "correction")]
    found |= set(of_duties(Q(pk__in=named["duty"]) | Q(key__in=keys)))
    found |= set(of_spots(Q(check_of__number__in=names(events, "spot_check"))))
    found |= set(of_checkouts([e for e in events if e.kind in OF_DEVICES]))
    for owner in {owners[e.index] for e in events if e.kind in OF_ALL_DAYS and e.index in owners}:
        counted = Tally.objects.filter(agency=owner, span=Span.DAY).order_by()
        found |= set(counted.values_list("agency_id", "first").distinct())
    return found


def names(events: Iterable[CustodyEvent], word: str) -> set[str]:
    cut = f"{word}:"
    return {e.subject.removeprefix(cut) for e in events if e.subject.startswith(cut)}


def told_before(events: Iterable[CustodyEvent], owners: dict[int, int]) -> Iterator[Day]:
    """The days things lay in before they were dated otherwise."""
    for event in events:
        if event.index not in owners:
            continue
        was: Any = None
        if event.kind in (K.RECORDING_EXAMINED, K.RECORDING_PLACED):
            was = facts_of(event).get("recorded_at_before")
        elif event.kind == K.ACTIVITY_CHANGED:
            was, _to = facts_of(event).get("arrived_at") or (None, None)
        if was is not None:
            yield owners[event.index], day_of(datetime.fromisoformat(was))


def of_recordings(wanted: Q) -> Iterator[Day]:
    """Of the recordings themselves, of their activities, of what was owed for them, and of spot
    checks that had them."""
    rows = Recording.objects.filter(wanted)
    beside = rows.values_list(
        "agency_id", "recorded_at", "sealed_at", "activity_recording__activity__arrived_at"
    )
    for agency, *instants in beside:
        yield from ((agency, day_of(at)) for at in instants if at is not None)
    yield from of_duties(Q(recording__in=rows.values("pk")))
    yield from of_spots(Q(recording__in=rows.values("pk")))


def of_activities(named: dict[str, set[str]]) -> Iterator[Day]:
    wanted = Q(number__in=named["activity"])
    rows = Activity.objects.filter(wanted)
    for agency, at in rows.values_list("agency_id", "arrived_at"):
        if at is not None:
            yield agency, day_of(at)
    yield from of_spots(Q(activity__number__in=named["activity"]))


def of_duties(wanted: Q) -> Iterator[Day]:
    rows = Duty.objects.filter(wanted)
    for agency, at in rows.values_list("agency_id", "closed_at"):
        if at is not None:
            yield agency, day_of(at)


def of_spots(wanted: Q) -> Iterator[Day]:
    """A thing that was checked may become another's afterwards, or be kept secret."""
    rows = SpotItem.objects.filter(wanted).order_by()
    for agency, at in rows.values_list("check_of__agency", "check_of__closed_at").distinct():
        if at is not None:
            yield agency, day_of(at)


def of_checkouts(events: list[CustodyEvent]) -> Iterator[Day]:
    """A device comes back, or is lost, in its use's own day; the event names the use."""
    told = {facts_of(event).get("checkout") for event in events}
    rows = Checkout.objects.filter(pk__in=[pk for pk in told if pk is not None])
    for agency, at in rows.values_list("agency_id", "handed_at"):
        yield agency, day_of(at)


def day_of(at: datetime) -> date:
    return in_china(at).date()
