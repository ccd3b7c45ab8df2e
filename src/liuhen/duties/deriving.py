"""Read the custody log on and make of it what is owed. The same events twice change nothing.

A duty is made once, by the rules of its own day, under a key that says what it comes from; so a
later rule changes none, reading the log again makes none twice, and a round that was killed or
ran beside another is simply done again. What was missing when a handover was made may date it
again (`redating`).
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.custody.queries import log_size
from liuhen.devices.models import BudgetYear
from liuhen.duties import (
    budgets,
    corrections,
    disc_checks,
    discharging,
    handing_in,
    mending,
    overdue,
    redating,
    unrecorded,
)
from liuhen.duties.books import Books
from liuhen.duties.models import Cursor, Duty, DutyKind, DutyState
from liuhen.people.models import Agency, Officer
from liuhen.recordings.models import Recording
from liuhen.retention.terms import ended_at

CHUNK = 500
CHUNKS_A_ROUND = 20
"""The worker has other rounds to go; a long log is read on in the next one."""

OF_RECORDINGS = (
    Kind.RECORDING_SEALED,
    Kind.RECORDING_EXAMINED,
    Kind.RECORDING_ASSIGNED,
    Kind.RECORDING_PLACED,
)
OF_THE_HOUSE = (
    Kind.AGENCY_SET_UP,
    Kind.UNIT_ADDED,
    Kind.UNIT_CHANGED,
    Kind.OFFICER_ADDED,
    Kind.OFFICERS_IMPORTED,
    Kind.OFFICER_CHANGED,
    Kind.OFFICER_DISABLED,
    Kind.OFFICER_ENABLED,
    Kind.ROLE_GRANTED,
    Kind.ROLE_TAKEN,
    Kind.DEVICE_REGISTERED,
    Kind.DEVICES_IMPORTED,
    Kind.DEVICE_CHANGED,
    Kind.DEVICE_SCRAPPED,
    Kind.DEVICE_LOST,
    Kind.DEVICE_FOUND,
    Kind.DEVICES_ALLOCATED,
    Kind.QUOTAS_IMPORTED,
    Kind.REGULATION_ADOPTED,
    Kind.RULE_CHANGE_APPROVED,
    Kind.CALENDAR_IMPORTED,
    Kind.BUDGET_SUBMITTED,
)
"""What may change whether a unit has enough devices, or what the calendar asks of whom."""


def catch_up(*, at: datetime, rest: Callable[[], object] = lambda: None) -> bool:
    """Read the log on, some chunks at most; answers whether anything of the house has changed."""
    house_changed = False
    for _ in range(CHUNKS_A_ROUND):
        cursor, _new = Cursor.objects.get_or_create(pk=1)
        size = log_size()
        if cursor.next_index > size:
            start_over(cursor.next_index)
        elif cursor.next_index == size:
            break
        else:
            house_changed |= read_on(cursor.next_index, at=at)
            rest()
    return house_changed


def start_over(beyond: int) -> None:
    """The log ends before `beyond`: it is another log, e.g. an earlier one brought back.

    What it holds is read from the first event on; what was made of it before is made once only.
    """
    Cursor.objects.filter(pk=1, next_index=beyond).update(next_index=0)


@transaction.atomic
def read_on(first: int, *, at: datetime) -> bool:
    """One chunk from `first` on, and the cursor moved behind it, together.

    Nothing is done when another round has moved the cursor meanwhile.
    """
    # The log's turn before any row, as everything that writes duties takes it: no deadlock.
    log.wait_for_turn()
    after = min(first + CHUNK, log_size())
    moved = Cursor.objects.filter(pk=1, next_index=first).update(next_index=after)
    if not moved:
        return False
    events = events_between(first, after)
    derive(events, at=at)
    return any(event.kind in OF_THE_HOUSE for event in events)


def events_between(first: int, after: int) -> list[CustodyEvent]:
    wanted = CustodyEvent.objects.filter(index__gte=first, index__lt=after)
    kinds = (
        *OF_RECORDINGS,
        *redating.OF_ACTIVITIES,
        *mending.OF_DEVICES,
        *unrecorded.OF_PAPERS,
        *disc_checks.OF_DISCS,
        *corrections.OF_CORRECTIONS,
        *OF_THE_HOUSE,
    )
    return list(wanted.filter(kind__in=kinds).order_by("index"))


def recompute(agency: Agency, *, at: datetime) -> int:
    """Read the whole log again for one bureau; answers how many duties were missing: 0."""
    size, made = log_size(), 0
    for first in range(0, size, CHUNK):
        with transaction.atomic():
            log.wait_for_turn()
            events = events_between(first, min(first + CHUNK, size))
            made += derive(events, at=at, only=agency)
    return made


def derive(events: Iterable[CustodyEvent], *, at: datetime, only: Agency | None = None) -> int:
    """Make what these events owe and close what they discharge; answers how many were made."""
    events, books = list(events), Books()
    of_recordings = [event for event in events if event.kind in OF_RECORDINGS]
    of_devices = [event for event in events if event.kind in mending.OF_DEVICES]
    of_papers = [event for event in events if event.kind in unrecorded.OF_PAPERS]
    recordings, rows = recordings_of(of_recordings, only), mending.rows_of(of_devices, only)
    of_activities = [event for event in events if event.kind in redating.OF_ACTIVITIES]
    papers = unrecorded.rows_of(of_papers, only)
    handovers = redating.handovers(of_activities, only, books)
    owed = [owed_by(event, recordings, books) for event in of_recordings]
    owed += [mending.owed_by(event, rows, books) for event in of_devices]
    for event in of_papers:
        owed += unrecorded.owed_by(event, papers, books)
    of_corrections = [event for event in events if event.kind in corrections.OF_CORRECTIONS]
    owed += corrections.owed_by(of_corrections, only)
    owed += handovers.values()
    made = keep_new([duty for duty in owed if duty is not None], books, at=at)
    redating.redate(handovers, books=books, at=at)
    budgets.settle(plans_of(events, only), books=books, at=at)
    for event in of_recordings:
        if event.subject in recordings and says_who_made_it(event):
            assigned(recordings[event.subject], event, books, at=at)
    for event in of_devices:
        mending.discharge(event, rows)
    for event in of_papers:
        unrecorded.discharge(event, papers)
    for event in of_corrections:
        if event.kind in corrections.FOLLOWED:
            corrections.follow(event, books, at=at)
    if any(event.kind in disc_checks.OF_DISCS for event in events):
        disc_checks.settle(at=at)
    return made


def plans_of(events: list[CustodyEvent], only: Agency | None) -> list[BudgetYear]:
    """The yearly plans these events submitted, in one query; none is asked for without events.

    Oldest first: a plan takes the oldest duty that is open, so another order is another outcome.
    """
    numbers = [
        int(event.subject.removeprefix("budget:"))
        for event in events
        if event.kind == Kind.BUDGET_SUBMITTED
    ]
    if not numbers:
        return []
    plans = BudgetYear.objects.filter(pk__in=numbers, submitted_at__isnull=False)
    plans = plans.select_related("submitted_by").order_by("submitted_at", "pk")
    return list(plans.filter(agency=only) if only else plans)


def recordings_of(events: list[CustodyEvent], only: Agency | None) -> dict[str, Recording]:
    """By the events' subject, in one query."""
    numbers = {event.subject.removeprefix("recording:") for event in events}
    rows = Recording.objects.filter(number__in=numbers).defer("examination", "search_text")
    if only is not None:
        rows = rows.filter(agency=only)
    beside = ("agency", "unit", "officer", "device", "activity_recording__activity")
    rows = rows.select_related(*beside)
    return {f"recording:{row.number}": row for row in rows}


def owed_by(event: CustodyEvent, recordings: dict[str, Recording], books: Books) -> Duty | None:
    recording = recordings.get(event.subject)
    if recording is None:
        return None
    # Placed anew, a recording may come into a time of which handing in is owed; one that is owed
    # already has its key and stays as it is.
    if event.kind in (Kind.RECORDING_EXAMINED, Kind.RECORDING_PLACED):
        rules = books.on(recording.agency, ended_at(recording))
        return handing_in.handover_of(recording, rules)
    if event.kind == Kind.RECORDING_SEALED and facts_of(event).get("officer") is None:
        return handing_in.identify_of(recording, books.on(recording.agency, recording.sealed_at))
    return None


def says_who_made_it(event: CustodyEvent) -> bool:
    """A person does, or the register of who had the device; placing tells only what it changed."""
    if event.kind == Kind.RECORDING_PLACED:
        return "officer" in facts_of(event)
    return event.kind == Kind.RECORDING_ASSIGNED


def keep_new(owed: list[Duty], books: Books, *, at: datetime) -> int:
    """Those whose key is new; what was late from the start is noted at once."""
    wanted = {(duty.agency_id, duty.key): duty for duty in owed}
    there = Duty.objects.filter(
        agency__in={agency for agency, _ in wanted}, key__in=[key for _, key in wanted]
    )
    for known in there.values_list("agency_id", "key"):
        wanted.pop(known, None)
    new = list(wanted.values())
    Duty.objects.bulk_create(new)
    overdue.note([duty for duty in new if duty.state == DutyState.DONE_LATE], books=books, at=at)
    return len(new)


def assigned(recording: Recording, event: CustodyEvent, books: Books, *, at: datetime) -> None:
    """The maker is known: whose handover it was follows, and nobody need say so any more.

    By the recording as it is now: an assignment that was corrected since ends with the last one.
    Where nobody is known after all, the duty to say so stays as it is.
    """
    Duty.objects.filter(recording=recording, kind=DutyKind.HANDOVER).update(
        owner=recording.officer, unit=recording.unit
    )
    if recording.officer is None:
        return
    waiting = Duty.objects.filter(recording=recording, kind=DutyKind.IDENTIFY, state=DutyState.OPEN)
    for duty in waiting.select_related("agency", "unit", "owner", "recording"):
        person = person_of(event, duty.agency)
        discharging.close(duty, event.at, person, books=books, at=at)


def person_of(event: CustodyEvent, agency: Agency) -> Officer | None:
    """None: the system itself."""
    if event.kind == Kind.RECORDING_PLACED:
        return None
    return Officer.objects.filter(agency=agency, login=event.actor).first()
