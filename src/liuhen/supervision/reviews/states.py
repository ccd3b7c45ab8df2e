"""Which step leads a review from which state to which: the one table."""

from collections.abc import Mapping
from enum import StrEnum

from liuhen.supervision.models import ReviewState as S


class Step(StrEnum):
    DRAW = "draw"
    ANNOUNCE = "announce"
    CLOSE = "close"
    ABANDON = "abandon"


REVIEW: Mapping[Step, tuple[frozenset[S], S]] = {
    Step.DRAW: (frozenset({S.OPENED}), S.SCORING),
    Step.ANNOUNCE: (frozenset({S.SCORING}), S.ANNOUNCED),
    Step.CLOSE: (frozenset({S.ANNOUNCED}), S.CLOSED),
    Step.ABANDON: (frozenset({S.OPENED, S.SCORING}), S.ABANDONED),
}
