"""What a recording makes owed: that it be handed in in time, and that its maker be known.

A recording's own time is known for good only when it has been examined: until then it is a guess
from the file's name or date, and the examination may move it by hours. So the handover is derived
from `recording.examined`, never before, and is not dated again. Where nothing was owed then, it is
derived from `recording.placed`: a later reading of the clock may bring the recording into a time of
which handing in is owed. Nobody waits for it: the sealing that discharges it lies in the past by
then.

Most regulations count from the end of the activity, or from the return. Until the recording belongs
to an activity whose end is known, the recording's own end stands in; `redating` puts the true one
in its place.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from liuhen.cases.models import Activity
from liuhen.devices.models import DeviceKind
from liuhen.duties import grounds
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.duties.overdue import is_late
from liuhen.engines.policy import handover
from liuhen.engines.policy.answers import Ground, Why
from liuhen.engines.policy.handover import Deadline, HandoverFacts
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import ArchiveFields, Ledger
from liuhen.engines.policy.vocabulary import Clock, Excuse, Field, Post
from liuhen.people.models import Agency
from liuhen.recordings.models import Recording, TimeOrigin
from liuhen.retention.terms import ended_at

IDENTIFY_WITHIN = timedelta(hours=24)
"""No article says how soon a recording's user must be known; the usual time for handing in."""


def handover_of(recording: Recording, rules: Rules | None) -> Duty | None:
    """Done or done late by the sealing. None: nothing was owed, or no source tells the time.

    A bureau without a regulation, or before it had one, owed nothing. What was recorded before
    the bureau worked with this system was handed in elsewhere: an archive taken in afterwards
    says nothing about who was late. Where one start of the clock stands in for another, the duty
    says so. What a fixed camera recorded nobody owed.
    """
    if rules is None or recording.recorded_at_origin == TimeOrigin.INTAKE:
        return None
    if is_of_a_window(recording):
        return None
    if not had_begun(recording.agency, ended_at(recording)):
        return None
    known = known_of(recording)
    dated = deadline_of(rules, ended_at(recording), known)
    if dated is None or dated.deadline.started_at is None:
        return None
    deadline, started_at = dated.deadline, dated.deadline.started_at
    late = is_late(deadline.due_at, recording.sealed_at)
    return Duty(
        agency=recording.agency,
        key=f"handover:{recording.number}",
        kind=DutyKind.HANDOVER,
        pack_id=rules.pack.pack_id,
        article=deadline.grounds[0].article,
        recording=recording,
        unit=recording.unit,
        owner=recording.officer,
        post=Post.OFFICER,
        started_at=started_at,
        due_at=deadline.due_at,
        state=DutyState.DONE_LATE if late else DutyState.DONE,
        closed_at=recording.sealed_at,
        facts=facts_of(dated, known),
    )


def is_of_a_window(recording: Recording) -> bool:
    """A fixed camera's: nobody used it, nobody hands it in, it comes by itself."""
    return recording.device is not None and recording.device.kind == DeviceKind.FIXED_CAMERA


def had_begun(agency: Agency, at: datetime) -> bool:
    """Whether the bureau worked with this system by then."""
    return agency.set_up_at is not None and at >= agency.set_up_at


class Basis(IntEnum):
    """What a deadline was counted from, the surer the higher. Kept in the duty's facts."""

    RECORDING = 0  # its end stands in for the activity's
    ACTIVITY = 1
    RETURN = 2  # an excuse counts, and the return is known
    OWN = 3  # the regulation itself counts from the recording's end


@dataclass(frozen=True)
class Known:
    """Of the activity a recording belongs to; None: unknown, or it belongs to none."""

    number: str | None = None
    left_at: datetime | None = None
    returned_at: datetime | None = None
    excuse: str = ""


NOTHING = Known()


@dataclass(frozen=True)
class Dated:
    """`stands_in`: the clock whose start is not known, so that an earlier one stands in."""

    deadline: Deadline
    basis: Basis
    stands_in: Clock | None = None


def known_of(recording: Recording) -> Known:
    """No query where the caller has selected the activity with it."""
    link = getattr(recording, "activity_recording", None)
    if link is None:
        return NOTHING
    activity: Activity = link.activity
    return Known(activity.number, activity.left_at, activity.returned_at, activity.excuse)


def deadline_of(rules: Rules, ended: datetime, known: Known = Known()) -> Dated | None:
    """None: the regulation sets no time.

    The matter (执法事项) is what the matter list names and an activity carries out: it ends with
    the activity. Nothing can be handed in before it was recorded, so what was still recorded after
    the leaving counts from its own end. The stricter of two clocks stands in for one that is not
    known to have started.
    """
    activity_ended = max(known.left_at, ended) if known.left_at else ended
    excuses = frozenset({Excuse(known.excuse)} if known.excuse else ())
    facts = HandoverFacts(ended, activity_ended, activity_ended, known.returned_at, excuses)
    deadline = handover.due(rules, facts)
    if deadline is None:
        return None
    stands_in = None
    if deadline.waiting_for is not None:
        stands_in = deadline.waiting_for
        facts = HandoverFacts(ended, activity_ended, activity_ended)
        deadline = handover.due(rules, facts) or deadline
    if deadline.clock in (Clock.ACTIVITY_END, Clock.MATTER_END) and known.left_at is None:
        stands_in = deadline.clock
    return Dated(deadline, basis_of(deadline, known), stands_in)


def basis_of(deadline: Deadline, known: Known) -> Basis:
    if deadline.is_excused:
        return Basis.RETURN
    if deadline.clock == Clock.RECORDING_END:
        return Basis.OWN
    return Basis.RECORDING if known.left_at is None else Basis.ACTIVITY


def facts_of(dated: Dated, known: Known) -> dict[str, object]:
    said: dict[str, object] = {
        "grounds": grounds.to_json(dated.deadline.grounds),
        "basis": int(dated.basis),
    }
    if dated.stands_in is not None:
        said["stands_in"] = str(dated.stands_in)
    if dated.basis in (Basis.ACTIVITY, Basis.RETURN):
        said["activity"] = known.number
    return said


def identify_of(recording: Recording, rules: Rules | None) -> Duty | None:
    """That somebody say who made it, where the regulation wants the user on record."""
    if rules is None or rules.is_before_adoption or is_of_a_window(recording):
        return None
    rule = next(
        (
            rule
            for rule in (rules.get(ArchiveFields), rules.get(Ledger))
            if rule is not None and Field.OFFICER in rule.fields
        ),
        None,
    )
    if rule is None:
        return None
    ground = Ground.of(rule, Why.FIELDS_MISSING, fields=str(Field.OFFICER))
    return Duty(
        agency=recording.agency,
        key=f"identify:{recording.number}",
        kind=DutyKind.IDENTIFY,
        pack_id=rules.pack.pack_id,
        article=rule.article,
        recording=recording,
        unit=recording.unit,
        post=Post.CUSTODIAN,
        started_at=recording.sealed_at,
        due_at=recording.sealed_at + IDENTIFY_WITHIN,
        facts={"grounds": grounds.to_json([ground])},
    )
