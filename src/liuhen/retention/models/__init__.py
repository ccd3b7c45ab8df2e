"""The tables of keeping: holds, complaints, terms."""

from liuhen.retention.models.complaints import Channel, Complaint, Outcome
from liuhen.retention.models.holds import (
    SUBJECTS,
    Hold,
    HoldGround,
    HoldRecording,
    HoldScope,
    HoldState,
)
from liuhen.retention.models.terms import Term, TermCursor

__all__ = [
    "SUBJECTS",
    "Channel",
    "Complaint",
    "Hold",
    "HoldGround",
    "HoldRecording",
    "HoldScope",
    "HoldState",
    "Outcome",
    "Term",
    "TermCursor",
]
