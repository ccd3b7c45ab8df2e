"""Which step leads a paper on what was not recorded from which state to which: the one table."""

from collections.abc import Mapping
from enum import StrEnum

from liuhen.cases.models import PaperState

S = PaperState


class Step(StrEnum):
    """What is done to a work record, or to a consent asked for beforehand."""

    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"
    FILE = "file"


PAPER: Mapping[Step, tuple[frozenset[PaperState], PaperState]] = {
    Step.SUBMIT: (frozenset({S.DRAFT, S.RETURNED}), S.SUBMITTED),
    Step.APPROVE: (frozenset({S.SUBMITTED}), S.APPROVED),
    Step.RETURN: (frozenset({S.SUBMITTED}), S.RETURNED),
    Step.REFUSE: (frozenset({S.SUBMITTED}), S.REFUSED),
    Step.FILE: (frozenset({S.APPROVED}), S.FILED),
}
DECISIONS = (Step.APPROVE, Step.RETURN, Step.REFUSE)

OPEN = (S.DRAFT, S.SUBMITTED, S.RETURNED)
WRITTEN = (S.DRAFT, S.RETURNED)
"""Whoever entered it may still change what it says."""

GOOD = (S.APPROVED, S.FILED)


def allows(step: Step, state: str) -> bool:
    return state in PAPER[step][0]
