"""Witnesses' timestamped signatures on checkpoints, cosignature/v1: https://c2sp.org/tlog-cosignature

A cosignature says: at this time, the largest tree I have seen of this log is this one, and it was
consistent with all I had seen before. Checking that consistency is the witness's work (`proofs`);
here it is signed and verified.
"""

from dataclasses import dataclass
from typing import ClassVar

from liuhen.engines.merkle.checkpoints import Checkpoint, open_checkpoint
from liuhen.engines.merkle.keys import COSIGNATURE_V1, SecretKey
from liuhen.engines.merkle.notes import NoteSignature, Verifier, open_note, split_note

MAX_TIMESTAMP = 2**63 - 1

_TIME_BYTES = 8


class CosignatureVerifier(Verifier):
    """Checks one witness's cosignatures; its vkey has type 0x04."""

    signature_type: ClassVar[int] = COSIGNATURE_V1

    def verifies(self, text: str, signature: bytes) -> bool:
        at = _timestamp(signature)
        if at > MAX_TIMESTAMP:
            return False
        return self.verifies_raw(_message(text, at), signature[_TIME_BYTES:])


class Cosigner(SecretKey):
    """A witness's key. Its skey has type 0x04, so that it is never taken for a log's key."""

    verifier_class: ClassVar[type[Verifier]] = CosignatureVerifier

    def cosign(self, text: str, at: int) -> NoteSignature:
        """Over the text of a checkpoint; `at` in seconds since 1970 (UTC).

        Raises:
            NoteInvalid: the text is no checkpoint. ValueError: no timestamp can say `at`.
        """
        Checkpoint.parse(text)
        if not 0 <= at <= MAX_TIMESTAMP:
            raise ValueError(f"no timestamp says {at}")
        signature = self._key.sign(_message(text, at))
        return NoteSignature(self.name, self.key_id, at.to_bytes(_TIME_BYTES, "big") + signature)


@dataclass(frozen=True, slots=True)
class Cosignature:
    """Which witness saw the checkpoint, and when: seconds since 1970 (UTC), the witness's claim."""

    name: str
    timestamp: int


def cosign_checkpoint(note: str | bytes, log: Verifier, cosigner: Cosigner, *, at: int) -> str:
    """The note with the witness's line added, once the log's own signature is verified.

    Raises:
        NoteInvalid: not a checkpoint this log signed. ValueError: no timestamp can say `at`.
    """
    open_checkpoint(note, log)
    text, signatures = split_note(note)
    lines = [signature.line for signature in (*signatures, cosigner.cosign(text, at))]
    return text + "\n" + "".join(lines)


def verify_cosignatures(
    note: str | bytes, *witnesses: CosignatureVerifier
) -> tuple[Cosignature, ...]:
    """Whom of these witnesses the checkpoint convinced, each once. The log's key is not asked.

    Raises:
        NoteInvalid: no checkpoint, none of these cosigned it, or one of their lines is wrong.
    """
    opened = open_note(note, *witnesses)
    Checkpoint.parse(opened.text)
    return tuple([Cosignature(line.name, _timestamp(line.signature)) for line in opened.verified])


def _message(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _timestamp(signature: bytes) -> int:
    return int.from_bytes(signature[:_TIME_BYTES], "big")
