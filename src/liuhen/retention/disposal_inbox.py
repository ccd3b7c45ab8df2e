"""What of appraisal and disposal waits for an officer now: the figures of the first page."""

from dataclasses import dataclass
from datetime import datetime

from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.retention import due, log_time
from liuhen.retention.disposal_queries import TAKING_PART, visible_to, waiting_for
from liuhen.retention.models import DisposalList, DisposalState

MOST = 999
"""Counted no further: the first page is opened all day, an old bureau has much that is over."""


@dataclass(frozen=True)
class Waiting:
    """`to_appraise` and `to_list` recordings (MOST + 1: more); registers by the state they are in.

    `stopped`: registers whose execution stands still.
    """

    to_appraise: int = 0
    to_list: int = 0
    lists: tuple[tuple[DisposalState, int], ...] = ()
    stopped: int = 0

    def __bool__(self) -> bool:
        return bool(self.to_appraise or self.to_list or self.lists or self.stopped)


def of(officer: Officer, *, at: datetime) -> Waiting:
    """Nothing is asked of the database for who has no part in it."""
    granted = permissions_of(officer)
    if not granted & set(TAKING_PART):
        return Waiting()
    lists = lists_of(officer, at=at)
    if Permission.APPRAISE_RECORDINGS not in granted:
        return Waiting(lists=lists)
    agency = officer.agency
    over = due.to_appraise(agency, log_time.clocks(at=at)).order_by()
    stopped = visible_to(officer).filter(state=DisposalState.EXECUTING).exclude(problem="")
    return Waiting(
        to_appraise=over[: MOST + 1].count(),
        to_list=due.of_no_worth(agency).order_by()[: MOST + 1].count(),
        lists=lists,
        stopped=stopped.count(),
    )


def lists_of(officer: Officer, *, at: datetime) -> tuple[tuple[DisposalState, int], ...]:
    """Registers whose next step is the officer's and can be taken; those under way are few."""
    states = [found.state for found in waiting_for(officer) if can_go_on(found, at=at)]
    return tuple((state, states.count(state)) for state in DisposalState if state in states)


def can_go_on(found: DisposalList, *, at: datetime) -> bool:
    """Unless it still waits out its time, by the machine's clock; the step asks the log's, too."""
    if found.state != DisposalState.WAITING:
        return True
    until = found.waits_until(found.approved_at)
    return until is not None and at >= until
