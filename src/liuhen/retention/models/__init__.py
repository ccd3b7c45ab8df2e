"""The tables of keeping: holds, complaints, terms, appraisals, disposal registers."""

from liuhen.retention.models.complaints import (
    Channel,
    Complaint,
    Outcome,
)
from liuhen.retention.models.disposals import (
    Appraisal,
    DisposalItem,
    DisposalList,
    DisposalState,
    DisposalWitness,
    ItemState,
    LogTime,
    Worth,
)
from liuhen.retention.models.holds import (
    SUBJECTS,
    Hold,
    HoldGround,
    HoldRecording,
    HoldScope,
    HoldState,
)
from liuhen.retention.models.terms import (
    Term,
    TermCursor,
)

__all__ = [
    "SUBJECTS",
    "Appraisal",
    "Channel",
    "Complaint",
    "DisposalItem",
    "DisposalList",
    "DisposalState",
    "DisposalWitness",
    "Hold",
    "HoldGround",
    "HoldRecording",
    "HoldScope",
    "HoldState",
    "ItemState",
    "LogTime",
    "Outcome",
    "Term",
    "TermCursor",
    "Worth",
]
