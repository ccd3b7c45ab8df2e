"""The file an outsider checks alone: entry index, path, signed checkpoint. https://c2sp.org/tlog-proof"""

from dataclasses import dataclass

from liuhen.engines.merkle.checkpoints import Checkpoint, open_checkpoint
from liuhen.engines.merkle.encoding import as_text, from_base64, from_decimal, to_base64
from liuhen.engines.merkle.errors import ProofInvalid
from liuhen.engines.merkle.notes import MAX_NOTE_CHARS, Verifier, split_note
from liuhen.engines.merkle.proofs import verify_inclusion
from liuhen.engines.merkle.tree import HASH_BYTES, MAX_SIZE, leaf_hash

FILE_SUFFIX = ".tlog-proof"

_FIRST_LINE = "c2sp.org/tlog-proof@v1"
_MAX_PATH = 63
"""Hashes on the way to the root of the largest tree."""


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That the entry at `index` is in the tree of the checkpoint; nothing of it verified yet.

    Args:
        index: of the entry, from 0.
        path: 32-byte hashes from the leaf's sibling up, as `inclusion_proof` returns them.
        checkpoint_note: the signed checkpoint, word for word, cosignatures and all.
        extra: not empty; for the application, and **not authenticated**. None where absent.
    Raises:
        ProofInvalid, NoteInvalid: no proof file can say this.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint_note: str
    extra: bytes | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.index <= MAX_SIZE:
            raise ProofInvalid(f"no tree has a leaf {self.index}")
        if len(self.path) > _MAX_PATH or any(len(step) != HASH_BYTES for step in self.path):
            raise ProofInvalid(f"a path has at most {_MAX_PATH} hashes of 32 bytes")
        if self.extra is not None and not self.extra:
            raise ProofInvalid("extra data that is empty is left out")
        Checkpoint.parse(split_note(self.checkpoint_note)[0])

    def encode(self) -> str:
        extra = [] if self.extra is None else [f"extra {to_base64(self.extra)}"]
        path = [to_base64(step) for step in self.path]
        lines = [_FIRST_LINE, *extra, f"index {self.index}", *path, "", self.checkpoint_note]
        return "\n".join(lines)

    @classmethod
    def parse(cls, text: str | bytes) -> "InclusionProof":
        """Raises ProofInvalid or NoteInvalid for any other spelling than `encode()`'s."""
        if len(text) > 2 * MAX_NOTE_CHARS:
            raise ProofInvalid("the proof is too long")
        try:
            head, _, note = as_text(text).partition("\n\n")
            lines = head.split("\n")
            if lines.pop(0) != _FIRST_LINE:
                raise ProofInvalid(f"the first line is not {_FIRST_LINE}")
            encoded_extra = _value("extra ", lines)
            index = _value("index ", lines)
            if index is None:
                raise ProofInvalid("the line with the index is missing")
            extra = None if encoded_extra is None else from_base64(encoded_extra)
            path = tuple([from_base64(line) for line in lines])
            number = from_decimal(index)
        except ProofInvalid:
            raise
        except ValueError as error:
            raise ProofInvalid(f"the proof holds {error}") from error
        return cls(number, path, note, extra)


def verify_proof(text: str | bytes, entry: bytes, log: Verifier) -> Checkpoint:
    """The checkpoint that holds this entry, once signature and path are verified.

    Witnesses are asked separately, by `verify_cosignatures` on the proof's `checkpoint_note`.

    Raises:
        NoteInvalid: the log did not sign the checkpoint.
        ProofInvalid: the proof is malformed, or is of another entry.
    """
    proof = InclusionProof.parse(text)
    checkpoint = open_checkpoint(proof.checkpoint_note, log)
    verify_inclusion(
        leaf_hash(entry),
        index=proof.index,
        size=checkpoint.size,
        path=proof.path,
        root=checkpoint.root,
    )
    return checkpoint


def _value(keyword: str, lines: list[str]) -> str | None:
    """What follows the keyword on the next line, which is then taken; None if it has another."""
    if lines and lines[0].startswith(keyword):
        return lines.pop(0).removeprefix(keyword)
    return None
