"""Which step leads a spot check from which state to which: the one table."""

from collections.abc import Mapping
from enum import StrEnum

from liuhen.supervision.models import SpotState

S = SpotState


class Step(StrEnum):
    DRAW = "draw"
    CLOSE = "close"
    ABANDON = "abandon"


SPOT: Mapping[Step, tuple[frozenset[SpotState], SpotState]] = {
    Step.DRAW: (frozenset({S.ANNOUNCED}), S.DRAWN),
    Step.CLOSE: (frozenset({S.DRAWN}), S.CLOSED),
    Step.ABANDON: (frozenset({S.ANNOUNCED, S.DRAWN}), S.ABANDONED),
}
