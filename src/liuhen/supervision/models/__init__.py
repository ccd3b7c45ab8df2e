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

__all__ = [
    "BY_HAND",
    "STANDING",
    "Breach",
    "BreachCursor",
    "BreachSanction",
    "BreachSource",
    "BreachState",
    "BreachStep",
]
