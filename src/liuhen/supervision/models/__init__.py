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

__all__ = [
    "Correction", "CorrectionSource", "CorrectionState", "ObjectionState", "Review", "ReviewForm",
    "ReviewItem", "ReviewObjection", "ReviewScore", "ReviewState",
]  # fmt: skip
