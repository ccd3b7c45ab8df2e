"""Which step leads where: repair tickets and compensation cases, each as one table."""

from collections.abc import Mapping
from enum import StrEnum

from liuhen.devices.models import CompensationState, TicketState

T, C = TicketState, CompensationState


class Step(StrEnum):
    """What is done to a repair ticket once it is reported."""

    TAKE_UP = "take_up"
    FINISH = "finish"
    GIVE_UP = "give_up"
    CLOSE = "close"


class Ruling(StrEnum):
    """What is done to a compensation case once it is opened."""

    DECIDE = "decide"
    WAIVE = "waive"
    PAY = "pay"


TICKET: Mapping[Step, tuple[frozenset[TicketState], TicketState]] = {
    Step.TAKE_UP: (frozenset({T.REPORTED}), T.UNDER_WAY),
    Step.FINISH: (frozenset({T.UNDER_WAY}), T.FINISHED),
    Step.GIVE_UP: (frozenset({T.REPORTED, T.UNDER_WAY}), T.GIVEN_UP),
    Step.CLOSE: (frozenset({T.FINISHED}), T.CLOSED),
}
# What was decided is waived when e.g. the device has been found before anything was paid.
CASE: Mapping[Ruling, tuple[frozenset[CompensationState], CompensationState]] = {
    Ruling.DECIDE: (frozenset({C.OPEN}), C.DECIDED),
    Ruling.WAIVE: (frozenset({C.OPEN, C.DECIDED}), C.WAIVED),
    Ruling.PAY: (frozenset({C.DECIDED}), C.PAID),
}

OPEN_TICKETS = (T.REPORTED, T.UNDER_WAY, T.FINISHED)
"""A device has at most one of these; the database says so as well (`repair_open_once`)."""
OPEN_CASES = (C.OPEN, C.DECIDED)


def allows(step: Step, state: str) -> bool:
    return state in TICKET[step][0]


def allows_ruling(ruling: Ruling, state: str) -> bool:
    return state in CASE[ruling][0]
