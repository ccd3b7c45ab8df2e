"""Checkpoints, a log's signed statement of size and root. https://c2sp.org/tlog-checkpoint"""

from dataclasses import dataclass

from liuhen.engines.merkle.encoding import as_text, from_base64, from_decimal, to_base64
from liuhen.engines.merkle.errors import NoteInvalid
from liuhen.engines.merkle.notes import Signer, Verifier, open_note, sign_note
from liuhen.engines.merkle.tree import EMPTY_ROOT, HASH_BYTES, MAX_SIZE


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The tree of the log called `origin` has `size` leaves and this 32-byte root.

    Raises:
        NoteInvalid: no checkpoint can say this.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for line in (self.origin, *self.extensions):
            _check_line(line)
        if not 0 <= self.size <= MAX_SIZE:
            raise NoteInvalid(f"no tree has {self.size} leaves")
        if len(self.root) != HASH_BYTES:
            raise NoteInvalid(f"a root has 32 bytes, not {len(self.root)}")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise NoteInvalid("an empty tree has one root only, and this is another")

    def text(self) -> str:
        """The text to sign, with its last newline."""
        return "\n".join([self.origin, str(self.size), to_base64(self.root), *self.extensions, ""])

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """From the text of a note. Raises NoteInvalid for any other spelling than `text()`'s."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() != "":
            raise NoteInvalid("a checkpoint has at least three lines, each with its newline")
        origin, size, root, *extensions = lines
        try:
            return cls(origin, from_decimal(size), from_base64(root), tuple(extensions))
        except NoteInvalid:
            raise
        except ValueError as error:
            raise NoteInvalid(f"the checkpoint holds {error}") from error


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> str:
    """The signed note.

    The signer's name must be the origin: the specification says SHOULD, and for one log with one
    name nothing else makes sense.

    Raises:
        ValueError: the signer is not this log.
    """
    if signer.name != checkpoint.origin:
        raise ValueError(f"{signer.name} does not sign for {checkpoint.origin}")
    return sign_note(checkpoint.text(), signer)


def open_checkpoint(
    note: str | bytes, verifier: Verifier, *, origin: str | None = None
) -> Checkpoint:
    """The checkpoint, once its log's signature is verified. Other signatures are not looked at.

    Args:
        origin: the log expected; None means the one named as the key is.
    Raises:
        NoteInvalid: malformed, not signed by this key, or the checkpoint of another log.
    """
    checkpoint = Checkpoint.parse(open_note(note, verifier).text)
    if checkpoint.origin != (verifier.name if origin is None else origin):
        raise NoteInvalid("the checkpoint is of another log")
    return checkpoint


def _check_line(line: str) -> None:
    try:
        as_text(line)
    except ValueError as error:
        raise NoteInvalid(f"a line of the checkpoint holds {error}") from error
    if not line or "\n" in line:
        raise NoteInvalid("no line of a checkpoint is empty")
