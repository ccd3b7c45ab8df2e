"""Which step leads a disposal register from which state to which: the one table."""

from collections.abc import Mapping
from enum import StrEnum

from liuhen.retention.models import DisposalState

S = DisposalState


class Step(StrEnum):
    """`REVOKE` is open to the end of the waiting period, and beyond it until two have confirmed."""

    SUBMIT = "submit"
    REVIEW = "review"
    APPROVE = "approve"
    RETURN = "return"
    REVOKE = "revoke"
    EXECUTE = "execute"
    FINISH = "finish"


DISPOSAL: Mapping[Step, tuple[frozenset[DisposalState], DisposalState]] = {
    Step.SUBMIT: (frozenset({S.DRAFT, S.RETURNED}), S.SUBMITTED),
    Step.REVIEW: (frozenset({S.SUBMITTED}), S.REVIEWED),
    Step.APPROVE: (frozenset({S.REVIEWED}), S.WAITING),
    Step.RETURN: (frozenset({S.SUBMITTED, S.REVIEWED}), S.RETURNED),
    Step.REVOKE: (
        frozenset({S.DRAFT, S.RETURNED, S.SUBMITTED, S.REVIEWED, S.WAITING}),
        S.REVOKED,
    ),
    Step.EXECUTE: (frozenset({S.WAITING}), S.EXECUTING),
    Step.FINISH: (frozenset({S.EXECUTING}), S.DONE),
}
OPEN = (S.DRAFT, S.RETURNED, S.SUBMITTED, S.REVIEWED, S.WAITING, S.EXECUTING)
WRITTEN = (S.DRAFT, S.RETURNED)
"""Lines may still be taken out."""


def allows(step: Step, state: str) -> bool:
    return state in DISPOSAL[step][0]
