"""Signed notes: text, a blank line, and a line for each signature. https://c2sp.org/signed-note"""

from collections.abc import Iterable
from dataclasses import dataclass

from liuhen.engines.merkle.encoding import as_text, from_base64, to_base64
from liuhen.engines.merkle.errors import NoteInvalid
from liuhen.engines.merkle.keys import SecretKey, Verifier, check_name

__all__ = ["NoteSignature", "OpenedNote", "Signer", "Verifier", "open_note", "sign_note"]

MAX_SIGNATURES = 100
"""Go's sumdb/note stops here too; the specification wants at least 16."""
MAX_NOTE_CHARS = 1 << 20

_EM_DASH = "\u2014 "
_ID_BYTES = 4


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: by whom, and the bytes after the key id (their form is the key's)."""

    name: str
    key_id: int
    signature: bytes

    @property
    def line(self) -> str:
        blob = self.key_id.to_bytes(_ID_BYTES, "big") + self.signature
        return f"{_EM_DASH}{self.name} {to_base64(blob)}\n"

    @classmethod
    def parse(cls, line: str) -> "NoteSignature":
        """Raises NoteInvalid unless `line`, without its newline, is a signature line."""
        name, gap, encoded = line.removeprefix(_EM_DASH).partition(" ")
        if not line.startswith(_EM_DASH) or not gap:
            raise NoteInvalid("not a signature line")
        check_name(name)
        try:
            blob = from_base64(encoded)
        except ValueError as error:
            raise NoteInvalid("the signature is not canonical base64") from error
        if len(blob) <= _ID_BYTES:
            raise NoteInvalid("the signature is too short")
        return cls(name, int.from_bytes(blob[:_ID_BYTES], "big"), blob[_ID_BYTES:])


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note at least one trusted key signed: one signature of each, and those of strangers."""

    text: str
    verified: tuple[NoteSignature, ...]
    unknown: tuple[NoteSignature, ...]


class Signer(SecretKey):
    """Signs notes with Ed25519. Keep it: loading the key costs more than signing."""

    def sign(self, text: str) -> NoteSignature:
        """Over the text of a note (with its last newline); see `sign_note`."""
        return NoteSignature(self.name, self.key_id, self._key.sign(text.encode()))


def sign_note(text: str, *signers: Signer) -> str:
    """The signed note. `text` ends in a newline.

    Raises:
        NoteInvalid: no note may hold this text.
    """
    _check_text(text)
    if not signers:
        raise NoteInvalid("nobody signs this note")
    return text + "\n" + "".join([signer.sign(text).line for signer in signers])


def split_note(note: str | bytes) -> tuple[str, tuple[NoteSignature, ...]]:
    """The text and the signature lines, none of them checked: believe nothing yet.

    Raises:
        NoteInvalid: not the form of a signed note.
    """
    if len(note) > MAX_NOTE_CHARS:
        raise NoteInvalid("the note is too long")
    try:
        note = as_text(note)
    except ValueError as error:
        raise NoteInvalid(f"the note holds {error}") from error
    text, blank_line, lines = note.rpartition("\n\n")
    if not blank_line or not lines.endswith("\n"):
        raise NoteInvalid("the note has no signature lines, or they do not end in a newline")
    signed = lines[:-1].split("\n")
    if len(signed) > MAX_SIGNATURES:
        raise NoteInvalid("the note has too many signatures")
    return text + "\n", tuple([NoteSignature.parse(line) for line in signed])


def open_note(note: str | bytes, *verifiers: Verifier) -> OpenedNote:
    """Verify every signature of a known key; one that fails spoils the note.

    A key that signed twice counts once, by its first signature.

    Raises:
        NoteInvalid: malformed, wrongly signed, or signed by none of the verifiers.
        ValueError: two different verifiers claim the same name and key id.
    """
    known = _by_identity(verifiers)
    text, signatures = split_note(note)
    verified: dict[tuple[str, int], NoteSignature] = {}
    unknown: dict[NoteSignature, None] = {}
    for signature in signatures:
        identity = signature.name, signature.key_id
        verifier = known.get(identity)
        if verifier is None:
            unknown[signature] = None
        elif verifier.verifies(text, signature.signature):
            verified.setdefault(identity, signature)
        else:
            raise NoteInvalid(f"the signature of {signature.name} is wrong")
    if not verified:
        raise NoteInvalid("no trusted key signed this note")
    return OpenedNote(text, tuple(verified.values()), tuple(unknown))


def _by_identity(verifiers: Iterable[Verifier]) -> dict[tuple[str, int], Verifier]:
    known: dict[tuple[str, int], Verifier] = {}
    for verifier in verifiers:
        first = known.setdefault((verifier.name, verifier.key_id), verifier)
        if first != verifier:
            raise ValueError(f"two keys of {verifier.name} share the id {verifier.key_id:08x}")
    return known


def _check_text(text: str) -> None:
    try:
        as_text(text)
    except ValueError as error:
        raise NoteInvalid(f"the text holds {error}") from error
    if not text.endswith("\n"):
        raise NoteInvalid("the text of a note ends in a newline")
