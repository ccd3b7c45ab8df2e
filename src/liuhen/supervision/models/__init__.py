"""The tables of supervision."""

from liuhen.supervision.models.correction import Correction, CorrectionSource, CorrectionState
from liuhen.supervision.models.review import (
    ObjectionState,
    Review,
    ReviewForm,
    ReviewItem,
    ReviewObjection,
    ReviewScore,
    ReviewState,
)
from liuhen.supervision.models.watching import DailyCheck, Lookback

__all__ = [
    "Correction", "CorrectionSource", "CorrectionState", "DailyCheck", "Lookback",
    "ObjectionState", "Review", "ReviewForm", "ReviewItem",
    "ReviewObjection", "ReviewScore", "ReviewState",
]  # fmt: skip
