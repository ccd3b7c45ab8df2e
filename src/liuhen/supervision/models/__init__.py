"""The tables of supervision."""

from liuhen.supervision.models.correction import Correction, CorrectionSource, CorrectionState

__all__ = ["Correction", "CorrectionSource", "CorrectionState"]
