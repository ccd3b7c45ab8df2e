"""What a recording makes owed: that it be handed in in time, and that its maker be known.

A recording's own time is known for good only when it has been examined: until then it is a guess
from the file's name or date, and the examination may move it by hours. So the handover is derived
from `recording.examined`, never before, and is not dated again. Where nothing was owed then, it is
derived from `recording.placed`: a later reading of the clock may bring the recording into a time of
which handing in is owed. Nobody waits for it: the sealing that discharges it lies in the past by
then.
"""

from datetime import datetime, timedelta

from liuhen.devices.models import DeviceKind
from liuhen.duties import grounds
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.duties.overdue import is_late
from liuhen.engines.policy import handover
from liuhen.engines.policy.answers import Ground, Why
from liuhen.engines.policy.handover import Deadline, HandoverFacts
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import ArchiveFields, Ledger
from liuhen.engines.policy.vocabulary import Clock, Field, Post
from liuhen.people.models import Agency
from liuhen.recordings.models import Recording, TimeOrigin
from liuhen.retention.terms import ended_at

IDENTIFY_WITHIN = timedelta(hours=24)
"""No article says how soon a recording's user must be known; the usual time for handing in."""


def handover_of(recording: Recording, rules: Rules | None) -> Duty | None:
    """Done or done late by the sealing. None: nothing was owed, or no source tells the time.

    A bureau without a regulation, or before it had one, owed nothing. What was recorded before
    the bureau worked with this system was handed in elsewhere: an archive taken in afterwards
    says nothing about who was late. Where the recording's end stands in for another start of
    the clock, the duty says so. What a fixed camera recorded nobody owed.
    """
    if rules is None or recording.recorded_at_origin == TimeOrigin.INTAKE:
        return None
    if is_of_a_window(recording):
        return None
    if not had_begun(recording.agency, ended_at(recording)):
        return None
    deadline = deadline_of(rules, ended_at(recording))
    if deadline is None or deadline.started_at is None:
        return None
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
        started_at=deadline.started_at,
        due_at=deadline.due_at,
        state=DutyState.DONE_LATE if late else DutyState.DONE,
        closed_at=recording.sealed_at,
        facts=facts_of(deadline),
    )


def is_of_a_window(recording: Recording) -> bool:
    """A fixed camera's: nobody used it, nobody hands it in, it comes by itself."""
    return recording.device is not None and recording.device.kind == DeviceKind.FIXED_CAMERA


def had_begun(agency: Agency, at: datetime) -> bool:
    """Whether the bureau worked with this system by then."""
    return agency.set_up_at is not None and at >= agency.set_up_at


def deadline_of(rules: Rules, ended: datetime) -> Deadline | None:
    """The end of the activity or matter and the return to the unit are not recorded yet: the
    recording's end stands in for the first two. None: the regulation sets no time."""
    facts = HandoverFacts(ended, activity_ended=ended, matter_ended=ended)
    return handover.due(rules, facts)


def facts_of(deadline: Deadline) -> dict[str, object]:
    said: dict[str, object] = {"grounds": grounds.to_json(deadline.grounds)}
    if deadline.clock != Clock.RECORDING_END:
        said["stands_in"] = str(deadline.clock)
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
