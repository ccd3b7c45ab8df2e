"""The tables of keeping: holds, complaints, terms, discs, folder trees."""

from liuhen.retention.models.complaints import Channel, Complaint, Outcome
from liuhen.retention.models.discs import (
    Disc,
    DiscCheck,
    DiscFile,
    DiscImage,
    DiscJob,
    DiscLoan,
    DiscSet,
    DiscState,
    JobKind,
    Medium,
    Reading,
)
from liuhen.retention.models.holds import (
    SUBJECTS,
    Hold,
    HoldGround,
    HoldRecording,
    HoldScope,
    HoldState,
)
from liuhen.retention.models.terms import Term, TermCursor
from liuhen.retention.models.trees import TreeExport, TreeState

__all__ = [
    "SUBJECTS",
    "Channel",
    "Complaint",
    "Disc",
    "DiscCheck",
    "DiscFile",
    "DiscImage",
    "DiscJob",
    "DiscLoan",
    "DiscSet",
    "DiscState",
    "Hold",
    "HoldGround",
    "HoldRecording",
    "HoldScope",
    "HoldState",
    "JobKind",
    "Medium",
    "Outcome",
    "Reading",
    "Term",
    "TermCursor",
    "TreeExport",
    "TreeState",
]
