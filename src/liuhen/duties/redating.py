"""A handover is dated again where what stood in for a missing fact gives way to the fact.

Only that: a date once counted from the activity's end is not moved by another end entered
afterwards, nor by a later rule, nor by a clock read later. So a duty is dated again twice at most
for one activity: when the end is known, and when an excuse and the return are; and once more when
the recording is taken out of it, or nobody's lateness would outlast a wrong link. The event tells
both dates, and from which activity the new one comes; what the log said before stays.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from liuhen.cases.models import ActivityRecording
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.duties import overdue
from liuhen.duties.books import Books
from liuhen.duties.handing_in import Basis, handover_of, known_of
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.people.models import Agency
from liuhen.recordings.models import Recording, RecordingState
from liuhen.retention.terms import ended_at

OF_ACTIVITIES = (
    *(Kind.RECORDING_LINKED, Kind.RECORDING_UNLINKED),
    *(Kind.ACTIVITY_LEFT, Kind.ACTIVITY_CHANGED),
)


def handovers(
    events: Iterable[CustodyEvent], only: Agency | None, books: Books
) -> dict[Recording, Duty]:
    """What the recordings owe by now that these events' activities hold, or held. One query."""
    events = list(events)
    numbers = {event.subject.removeprefix("activity:") for event in events}
    if not numbers:
        return {}
    held = ActivityRecording.objects.filter(activity__number__in=numbers).values("recording")
    unlinked = [event for event in events if event.kind == Kind.RECORDING_UNLINKED]
    taken_out = Q(number__in={facts_of(event)["recording"] for event in unlinked})
    rows = Recording.objects.filter(Q(pk__in=held) | taken_out)
    rows = rows.exclude(state=RecordingState.SEALED).defer("examination", "search_text")
    if only is not None:
        rows = rows.filter(agency=only)
    beside = ("agency", "unit", "officer", "device", "activity_recording__activity")
    found = {}
    for recording in rows.select_related(*beside):
        duty = handover_of(recording, books.on(recording.agency, ended_at(recording)))
        if duty is not None:
            found[recording] = duty
    return found


def redate(owed: dict[Recording, Duty], *, books: Books, at: datetime) -> int:
    """Give those that are surer by now their date; answers how many. In the log's turn."""
    belongs = {recording: known_of(recording).number for recording in owed}
    kept = Duty.objects.filter(recording__in=owed, kind=DutyKind.HANDOVER)
    kept = kept.select_related("agency", "unit", "owner", "recording", "device")
    return sum(
        move(duty, owed[duty.recording], books=books, at=at)
        for duty in kept.order_by("pk")
        if duty.recording is not None
        and is_surer(owed[duty.recording], than=duty, belongs_to=belongs[duty.recording])
    )


def is_surer(duty: Duty, *, than: Duty, belongs_to: str | None) -> bool:
    """Counted from what was unknown then; or the other from an activity it does not belong to."""
    basis, before = basis_kept(duty), basis_kept(than)
    if before == Basis.OWN:
        return False
    return basis > before or than.facts.get("activity") not in (None, belongs_to)


def basis_kept(duty: Duty) -> int:
    """Of one made before activities were known, too."""
    usual = Basis.RECORDING if "stands_in" in duty.facts else Basis.OWN
    return int(duty.facts.get("basis", usual))


def move(duty: Duty, to: Duty, *, books: Books, at: datetime) -> bool:
    """Compare-and-set: of two rounds one does it. What is in time after all is no breach."""
    before = {
        "due_at": duty.due_at and duty.due_at.isoformat(),
        "state": duty.state,
        "basis": basis_kept(duty),
    }
    changes = {
        "started_at": to.started_at,
        "due_at": to.due_at,
        "state": to.state,
        "facts": {**to.facts},
        "article": to.article,
    }
    if to.state == DutyState.DONE:
        changes |= {"overdue_noted_at": None, "breach_article": None, "breach_no": None}
    rows = Duty.objects.filter(pk=duty.pk, due_at=duty.due_at, state=duty.state)
    if not rows.update(**changes):
        return False
    for name, value in changes.items():
        setattr(duty, name, value)
    told = {"before": before, "state": duty.state, "activity": duty.facts.get("activity")}
    log.record_all([overdue.act_of(Kind.DUTY_REDATED, duty, by=log.SYSTEM, at=at, **told)])
    if duty.state == DutyState.DONE_LATE and duty.overdue_noted_at is None:
        overdue.note([duty], books=books, at=at)
    return True
