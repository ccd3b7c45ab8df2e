"""The tables of supervision."""

from liuhen.supervision.models.breach import (
    BY_HAND,
    STANDING,
    Breach,
    BreachCursor,
    BreachSanction,
    BreachSource,
    BreachState,
    BreachStep,
)
from liuhen.supervision.models.spot import (
    Answer,
    SpotAnswer,
    SpotCheck,
    SpotChecker,
    SpotItem,
    SpotState,
    Stratum,
)

__all__ = [
    "BY_HAND",
    "STANDING",
    "Answer",
    "Breach",
    "BreachCursor",
    "BreachSanction",
    "BreachSource",
    "BreachState",
    "BreachStep",
    "SpotAnswer",
    "SpotCheck",
    "SpotChecker",
    "SpotItem",
    "SpotState",
    "Stratum",
]
