"""The tables of supervision."""

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
    "Answer", "SpotAnswer", "SpotCheck", "SpotChecker", "SpotItem", "SpotState", "Stratum",
]  # fmt: skip
