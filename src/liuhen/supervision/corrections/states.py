"""Which step leads an order of correction from which state to which: the one table."""

from collections.abc import Mapping
from enum import StrEnum

from liuhen.supervision.models import CorrectionState as S


class Step(StrEnum):
    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return"
    WITHDRAW = "withdraw"


CORRECTION: Mapping[Step, tuple[frozenset[S], S]] = {
    Step.SUBMIT: (frozenset({S.ORDERED}), S.SUBMITTED),
    Step.ACCEPT: (frozenset({S.SUBMITTED}), S.ACCEPTED),
    Step.RETURN: (frozenset({S.SUBMITTED}), S.ORDERED),
    Step.WITHDRAW: (frozenset({S.ORDERED, S.SUBMITTED}), S.WITHDRAWN),
}


def allows(step: Step, state: str) -> bool:
    return state in CORRECTION[step][0]
