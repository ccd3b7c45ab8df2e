"""The tables of keeping: holds, complaints, terms, disposal, discs, folder trees."""

from liuhen.retention.models.complaints import (
    Channel,
    Complaint,
    Outcome,
)
from liuhen.retention.models.discs import (
    Disc,
    DiscCheck,
    DiscFile,
    DiscImage,
    DiscJob,
    DiscLoan,
    DiscSet,
    DiscState,
    DiscText,
    JobKind,
    Medium,
    Reading,
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
from liuhen.retention.models.trees import (
    TreeExport,
    TreeState,
)

__all__ = [
    "SUBJECTS",
    "Appraisal",
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
    "DiscText",
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
    "JobKind",
    "LogTime",
    "Medium",
    "Outcome",
    "Reading",
    "Term",
    "TermCursor",
    "TreeExport",
    "TreeState",
    "Worth",
]
