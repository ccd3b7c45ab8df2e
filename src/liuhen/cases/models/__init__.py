"""The tables of enforcement: matters, parties, cases, papers, activities, what went unrecorded."""

from liuhen.cases.models.activities import (
    Activity,
    ActivityDevice,
    ActivityOfficer,
    ActivityRecording,
    Aside,
    Declined,
    ExcuseKind,
    Part,
    Tick,
    Verdict,
)
from liuhen.cases.models.case_files import (
    Case,
    CaseOfficer,
    CaseParty,
    Document,
    DocumentKind,
    StagedDocument,
)
from liuhen.cases.models.exhibits import Exhibit
from liuhen.cases.models.judged import JudgingCursor
from liuhen.cases.models.long_term import LongTermMark, TriggerKind
from liuhen.cases.models.matters import ListedMatter, MatterKind
from liuhen.cases.models.parties import IdKind, Party, PartyKind, PartyMerge, PartyTwin
from liuhen.cases.models.unrecorded import (
    CauseKind,
    Exemption,
    Interruption,
    PaperState,
    StopReport,
)

__all__ = [
    "Activity",
    "ActivityDevice",
    "ActivityOfficer",
    "ActivityRecording",
    "Aside",
    "Case",
    "CaseOfficer",
    "CaseParty",
    "CauseKind",
    "Declined",
    "Document",
    "DocumentKind",
    "ExcuseKind",
    "Exemption",
    "Exhibit",
    "IdKind",
    "Interruption",
    "JudgingCursor",
    "ListedMatter",
    "LongTermMark",
    "MatterKind",
    "PaperState",
    "Part",
    "Party",
    "PartyKind",
    "PartyMerge",
    "PartyTwin",
    "StagedDocument",
    "StopReport",
    "Tick",
    "TriggerKind",
    "Verdict",
]
