"""Which step leads a request from which state to which: the one table."""

from collections.abc import Mapping
from enum import StrEnum

from liuhen.access.models import RequestState

S = RequestState


class Move(StrEnum):
    RETURN = "return"
    RESUBMIT = "resubmit"
    REFUSE = "refuse"
    GRANT = "grant"
    NO_SUCH = "no_such"
    WITHDRAW = "withdraw"
    END = "end"


REQUEST: Mapping[Move, tuple[frozenset[RequestState], RequestState]] = {
    Move.RETURN: (frozenset({S.ASKED}), S.RETURNED),
    Move.RESUBMIT: (frozenset({S.RETURNED}), S.ASKED),
    Move.REFUSE: (frozenset({S.ASKED}), S.REFUSED),
    Move.GRANT: (frozenset({S.ASKED}), S.GRANTED),
    Move.NO_SUCH: (frozenset({S.ASKED}), S.NO_SUCH),
    Move.WITHDRAW: (frozenset({S.ASKED, S.RETURNED}), S.WITHDRAWN),
    Move.END: (frozenset({S.GRANTED}), S.ENDED),
}

OPEN = (S.ASKED, S.RETURNED)


def allows(move: Move, state: str) -> bool:
    return state in REQUEST[move][0]
