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
from liuhen.supervision.models.correction import Correction, CorrectionSource, CorrectionState
from liuhen.supervision.models.review import (
    ObjectionState,
    Review,
    ReviewForm,
    ReviewItem,
    ReviewObjection,
    ReviewReplacement,
    ReviewScore,
    ReviewState,
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
from liuhen.supervision.models.watching import DailyCheck, Lookback

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
    "Correction",
    "CorrectionSource",
    "CorrectionState",
    "DailyCheck",
    "Lookback",
    "ObjectionState",
    "Review",
    "ReviewForm",
    "ReviewItem",
    "ReviewObjection",
    "ReviewReplacement",
    "ReviewScore",
    "ReviewState",
    "SpotAnswer",
    "SpotCheck",
    "SpotChecker",
    "SpotItem",
    "SpotState",
    "Stratum",
]
