"""The tables of keeping: discs, and the folder tree on an external disk."""

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
from liuhen.retention.models.trees import TreeExport, TreeState

__all__ = [
    "Disc",
    "DiscCheck",
    "DiscFile",
    "DiscImage",
    "DiscJob",
    "DiscLoan",
    "DiscSet",
    "DiscState",
    "JobKind",
    "Medium",
    "Reading",
    "TreeExport",
    "TreeState",
]
