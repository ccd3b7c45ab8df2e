"""Which step leads a hold from which state to which: the one table."""

from collections.abc import Mapping
from enum import StrEnum

from liuhen.retention.models import HoldState

S = HoldState


class Step(StrEnum):
    """What is done to a hold: lifting it takes two people, one who asks and one who agrees."""

    ASK = "ask_lift"
    REFUSE = "refuse_lift"
    LIFT = "lift"


HOLD: Mapping[Step, tuple[frozenset[HoldState], HoldState]] = {
    Step.ASK: (frozenset({S.LIVE}), S.LIFT_ASKED),
    Step.REFUSE: (frozenset({S.LIFT_ASKED}), S.LIVE),
    Step.LIFT: (frozenset({S.LIFT_ASKED}), S.LIFTED),
}


def allows(step: Step, state: str) -> bool:
    return state in HOLD[step][0]
