"""By when a recording must be handed in, and from when that counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from liuhen.engines.policy.answers import Ground, Why, joined
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import Handover, HandoverExcused
from liuhen.engines.policy.vocabulary import Clock, Excuse, Limit, Post
from liuhen.kernel.clock import in_china


@dataclass(frozen=True)
class HandoverFacts:
    """Aware instants; None: not known (yet), so a clock that starts there has not started."""

    recording_ended: datetime
    activity_ended: datetime | None = None
    matter_ended: datetime | None = None
    returned: datetime | None = None
    excuses: frozenset[Excuse] = frozenset()

    def __post_init__(self) -> None:
        for at in (self.recording_ended, self.activity_ended, self.matter_ended, self.returned):
            if at is not None and at.tzinfo is None:
                raise ValueError(f"{at} has no zone")

    def start_of(self, clock: Clock) -> datetime | None:
        starts = {
            Clock.RECORDING_END: self.recording_ended,
            Clock.ACTIVITY_END: self.activity_ended,
            Clock.MATTER_END: self.matter_ended,
            Clock.RETURN_TO_UNIT: self.returned,
        }
        return starts[clock]


@dataclass(frozen=True)
class Deadline:
    """`due_at` is the first instant that is too late (China's zone); None while `waiting_for`."""

    due_at: datetime | None
    clock: Clock
    started_at: datetime | None
    waiting_for: Clock | None
    is_excused: bool
    receiver: Post
    grounds: tuple[Ground, ...]


def due(rules: Rules, facts: HandoverFacts) -> Deadline | None:
    """None: the regulation sets no time, or the bureau followed none yet, so nothing was owed."""
    stated = rules.get(Handover)
    if stated is None or rules.is_before_adoption:
        return None
    later = rules.get(HandoverExcused)
    counted = facts.excuses & frozenset(later.excuses if later else ())
    refused = facts.excuses - counted
    grounds = [ground_of(stated)]
    if refused:
        grounds.append(Ground.of(later or stated, Why.EXCUSE_NOT_LISTED, excuses=joined(refused)))
    if later is None or not counted:
        return deadline(stated, facts, grounds, is_excused=False)
    excused_by = Ground.of(later, Why.HANDOVER_EXCUSED, excuses=joined(counted))
    grounds += [excused_by, ground_of(later)]
    excused = deadline(later, facts, grounds, is_excused=True)
    ordinary = deadline(stated, facts, grounds, is_excused=True)
    # An excuse gives time, it never takes any: back early, the ordinary time still counts.
    if excused.due_at and ordinary.due_at and ordinary.due_at > excused.due_at:
        return ordinary
    return excused


def deadline(
    rule: Handover, facts: HandoverFacts, grounds: list[Ground], *, is_excused: bool
) -> Deadline:
    started = facts.start_of(rule.clock)
    if started is None:
        waits = Ground.of(rule, Why.CLOCK_NOT_STARTED, clock=rule.clock)
        return Deadline(
            None, rule.clock, None, rule.clock, is_excused, rule.receiver, (*grounds, waits)
        )
    return Deadline(
        limit_of(rule, started),
        rule.clock,
        started,
        None,
        is_excused,
        rule.receiver,
        tuple(grounds),
    )


def limit_of(rule: Handover, started: datetime) -> datetime:
    """Clock hours, not working hours; the day is China's calendar day, over at its midnight."""
    start = in_china(started)
    if rule.limit == Limit.HOURS:
        assert rule.hours is not None
        return start + timedelta(hours=rule.hours)
    next_day = start.date() + timedelta(days=1)
    return datetime(next_day.year, next_day.month, next_day.day, tzinfo=start.tzinfo)


def ground_of(rule: Handover) -> Ground:
    if rule.limit == Limit.HOURS:
        return Ground.of(rule, Why.HANDOVER_HOURS, clock=rule.clock, hours=rule.hours or 0)
    return Ground.of(rule, Why.HANDOVER_SAME_DAY, clock=rule.clock)
