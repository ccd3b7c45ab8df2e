"""Which step leads a breach from which state to which: the one table. Beside it, what may be said
in which state without leading anywhere."""

from collections.abc import Mapping
from enum import StrEnum

from liuhen.custody.kinds import Kind
from liuhen.supervision.models import STANDING, BreachState

S = BreachState


class Step(StrEnum):
    DISMISS = "dismiss"
    REOPEN = "reopen"
    CONFIRM = "confirm"
    PROPOSE = "propose"
    RETURN = "return"
    DECIDE = "decide"
    CLEAR = "clear"
    APPEAL = "appeal"
    UPHOLD = "uphold"
    REVOKE = "revoke"


BREACH: Mapping[Step, tuple[frozenset[BreachState], BreachState]] = {
    Step.DISMISS: (frozenset({S.CANDIDATE}), S.DISMISSED),
    Step.REOPEN: (frozenset({S.DISMISSED}), S.CANDIDATE),
    Step.CONFIRM: (frozenset({S.CANDIDATE}), S.INQUIRY),
    Step.PROPOSE: (frozenset({S.INQUIRY}), S.PROPOSED),
    Step.RETURN: (frozenset({S.PROPOSED}), S.INQUIRY),
    Step.DECIDE: (frozenset({S.PROPOSED}), S.DECIDED),
    Step.CLEAR: (frozenset({S.PROPOSED}), S.CLEARED),
    Step.APPEAL: (frozenset({S.DECIDED}), S.APPEALED),
    Step.UPHOLD: (frozenset({S.APPEALED}), S.UPHELD),
    Step.REVOKE: (frozenset(STANDING), S.REVOKED),
}

INQUIRING = frozenset({S.INQUIRY})
UNDER_WAY = frozenset({S.INQUIRY, S.PROPOSED})
WITHIN: Mapping[Kind, frozenset[BreachState]] = {
    Kind.BREACH_NOTED: INQUIRING,
    Kind.BREACH_PAPER_KEPT: frozenset({S.INQUIRY, S.PROPOSED, *STANDING, S.CLEARED}),
    Kind.BREACH_COMPENSATION: frozenset({S.INQUIRY, S.PROPOSED, *STANDING}),
    Kind.BREACH_TOLD: INQUIRING,
    Kind.BREACH_STATED: INQUIRING,
    Kind.BREACH_NOT_STATED: INQUIRING,
    Kind.BREACH_CONSULTED: INQUIRING,
    Kind.BREACH_ADVISED: UNDER_WAY,
    Kind.BREACH_DELIVERED: frozenset({*STANDING, S.CLEARED}),
    Kind.BREACH_CARRIED_OUT: frozenset(STANDING),
}
"""What is written down without moving it."""


def allows(step: Step, state: str) -> bool:
    return state in BREACH[step][0]
