"""Which step leads a disc from which state to which: the one table."""

from collections.abc import Mapping
from enum import StrEnum

from liuhen.retention.models import DiscState

S = DiscState


class Step(StrEnum):
    """What is done to a disc. `sound` and `unsound` are what a check came to."""

    WRITE = "write"
    SPOIL = "spoil"
    READ_BACK = "read_back"
    STORE = "store"
    LEND = "lend"
    TAKE_BACK = "take_back"
    SOUND = "sound"
    UNSOUND = "unsound"
    REPLACE = "replace"


DISC: Mapping[Step, tuple[frozenset[DiscState], DiscState]] = {
    Step.WRITE: (frozenset({S.MADE}), S.WRITTEN),
    Step.SPOIL: (frozenset({S.WRITTEN}), S.MADE),
    Step.READ_BACK: (frozenset({S.WRITTEN}), S.READ_BACK),
    Step.STORE: (frozenset({S.READ_BACK, S.STORED}), S.STORED),
    Step.LEND: (frozenset({S.STORED}), S.LENT),
    Step.TAKE_BACK: (frozenset({S.LENT}), S.STORED),
    Step.SOUND: (frozenset({S.STORED}), S.STORED),
    Step.UNSOUND: (frozenset({S.STORED}), S.FAULTY),
    Step.REPLACE: (frozenset({S.STORED, S.LENT, S.FAULTY}), S.REPLACED),
}


def allows(step: Step, state: str) -> bool:
    return state in DISC[step][0]
