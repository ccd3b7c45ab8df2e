"""A witness: judges whether a log only grew, remembers what it saw, cosigns it.

What tlog-witness (https://c2sp.org/tlog-witness) asks of a witness, but this one comes to the log
and reads its tiles itself, so that it can run from a USB stick.
"""

from liuhen.engines.merkle.checkpoints import Checkpoint, open_checkpoint
from liuhen.engines.merkle.cosignatures import cosign_checkpoint
from liuhen.engines.merkle.errors import LogRewritten, LogRolledBack, ProofInvalid, TileInvalid
from liuhen.engines.merkle.notes import Verifier, open_note
from liuhen.engines.merkle.proofs import consistency_proof, verify_consistency
from liuhen.engines.merkle.subtrees import root_from_tiles
from liuhen.engines.merkle.tiles import HashReader
from liuhen.engines.merkle.witness_state import WitnessState


def check_growth(seen: Checkpoint | None, head: Checkpoint, reader: HashReader) -> None:
    """That `head` is `seen` with entries appended, proved from the log's own tiles.

    Raises:
        LogRolledBack: the log is shorter than it was.
        LogRewritten: the log cannot show that it continues what was seen.
        TileInvalid: the tiles are incomplete or not those of `head`; nothing said of the past.
    """
    if seen is not None and head.size < seen.size:
        raise LogRolledBack(f"{seen.size} entries were seen, {head.size} are shown")
    # First: tiles that are not those of `head` prove nothing about what came before.
    if root_from_tiles(head.size, reader) != head.root:
        raise TileInvalid("the tiles do not lead to the signed root")
    if seen is None:
        return
    try:
        verify_consistency(
            old_size=seen.size,
            new_size=head.size,
            old_root=seen.root,
            new_root=head.root,
            path=consistency_proof(seen.size, head.size, reader),
        )
    except ProofInvalid as problem:
        raise LogRewritten(str(problem)) from problem


def witness(note: str, log: Verifier, reader: HashReader, state: WitnessState, *, at: int) -> str:
    """The checkpoint with this witness's line, kept durably before it is returned.

    A checkpoint seen already is returned as it was cosigned then: what a killed round had kept
    and not handed over is handed over by the next.

    Args:
        note: the log's newest signed checkpoint; cosignatures on it are dropped.
        at: seconds since 1970 (UTC), for the cosignature.
    Raises:
        NoteInvalid: not signed by this log.
        LogRolledBack, LogRewritten: the log contradicts what was seen. The signed contradiction
            is kept beside the state, which stays as it was.
        TileInvalid: the log's tiles are unfit.
        StateInvalid: another log than the one pinned, or damaged records.
    """
    head = open_checkpoint(note, log)
    state.pin(log)
    seen = state.newest()
    own = log_signed(note, log)
    try:
        check_growth(seen.head if seen else None, head, reader)
    except (LogRolledBack, LogRewritten):
        state.keep_contradiction(own)
        raise
    if seen and seen.head == head:
        return seen.note
    cosigned = cosign_checkpoint(own, log, state.cosigner(), at=at)
    state.keep(cosigned)
    return cosigned


def log_signed(note: str, log: Verifier) -> str:
    """The note with the log's own signature only. Raises NoteInvalid."""
    opened = open_note(note, log)
    return opened.text + "\n" + opened.verified[0].line
