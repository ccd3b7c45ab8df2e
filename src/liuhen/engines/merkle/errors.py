class EvidenceInvalid(ValueError):
    """What was handed in proves nothing; never believe any part of it.

    A plain ValueError so that this engine stays a library: custody decides what an officer is told.
    """


class TileInvalid(EvidenceInvalid):
    """A tile, an entry bundle or the path of one breaks the C2SP tlog-tiles format."""


class NoteInvalid(EvidenceInvalid):
    """A key, a signed note or a checkpoint is malformed, or no trusted key signed it."""


class ProofInvalid(EvidenceInvalid):
    """A proof is malformed, or does not lead to the root it should."""


class LogRolledBack(EvidenceInvalid):
    """The log shows fewer entries than it had signed for before."""


class LogRewritten(EvidenceInvalid):
    """The log's tree does not continue the one it had signed before."""


class StateInvalid(EvidenceInvalid):
    """A witness's own records are damaged, or are those of another log or witness."""
