"""Ed25519 keys in the text forms of Go's sumdb/note and C2SP signed-note.

A verifier key (vkey) is `<name>+<key id>+<base64(type || public key)>`, a signer key (skey) is
`PRIVATE+KEY+<name>+<key id>+<base64(type || seed)>`: https://c2sp.org/signed-note#verifier-keys
"""

import re
from hashlib import sha256
from typing import ClassVar, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from liuhen.engines.merkle.encoding import as_text, from_base64, to_base64
from liuhen.engines.merkle.errors import NoteInvalid

ED25519 = 0x01
COSIGNATURE_V1 = 0x04

_KEY_BYTES = 32
_KEY_ID = re.compile(r"[0-9a-f]{8}", re.ASCII)
_SIGNER_PREFIX = "PRIVATE+KEY+"


def key_id(name: str, signature_type: int, public_key: bytes) -> int:
    """The 32-bit number that, with the name, says which key signed. No hash to rely on."""
    material = name.encode() + b"\n" + bytes([signature_type]) + public_key
    return int.from_bytes(sha256(material).digest()[:4], "big")


class Verifier:
    """Checks the signatures of one key: Ed25519 over the text of a note.

    Raises:
        NoteInvalid: no note could carry this name.
    """

    signature_type: ClassVar[int] = ED25519

    def __init__(self, name: str, key: Ed25519PublicKey) -> None:
        check_name(name)
        self.name = name
        self._key = key
        self.key_id = key_id(name, self.signature_type, key.public_bytes_raw())

    @classmethod
    def from_vkey(cls, text: str) -> Self:
        """Raises NoteInvalid for another key type, a wrong key id or anything malformed."""
        name, claimed_id, material = _parse(text, cls.signature_type)
        verifier = cls(name, Ed25519PublicKey.from_public_bytes(material))
        if verifier.key_id != claimed_id:
            raise NoteInvalid("the key id does not belong to this key")
        return verifier

    @property
    def vkey(self) -> str:
        return _format(self.name, self.key_id, self.signature_type, self._key.public_bytes_raw())

    @property
    def pem(self) -> str:
        """The public key for `openssl pkeyutl -verify -pubin -rawin`."""
        return self._key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether this key made this signature (without its key id) over the text of a note."""
        return self.verifies_raw(text.encode(), signature)

    def verifies_raw(self, message: bytes, signature: bytes) -> bool:
        """Whether `signature` is this key's 64-byte Ed25519 signature over these very bytes."""
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Verifier) and self.vkey == other.vkey

    def __hash__(self) -> int:
        return hash(self.vkey)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.vkey}>"


class SecretKey:
    """A loaded private key with a name; what it signs, its kinds say. Shows itself to no log."""

    verifier_class: ClassVar[type[Verifier]] = Verifier

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.verifier = self.verifier_class(name, key.public_key())

    @classmethod
    def generate(cls, name: str) -> Self:
        """A new key from the system's randomness. Raises NoteInvalid for an impossible name."""
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def from_skey(cls, text: str) -> Self:
        """Raises NoteInvalid for another key type, a wrong key id or anything malformed."""
        if not text.startswith(_SIGNER_PREFIX):
            raise NoteInvalid("not a signer key")
        name, claimed_id, seed = _parse(
            text.removeprefix(_SIGNER_PREFIX), cls.verifier_class.signature_type
        )
        signer = cls(name, Ed25519PrivateKey.from_private_bytes(seed))
        if signer.key_id != claimed_id:
            raise NoteInvalid("the key id does not belong to this key")
        return signer

    @property
    def name(self) -> str:
        return self.verifier.name

    @property
    def key_id(self) -> int:
        return self.verifier.key_id

    @property
    def skey(self) -> str:
        """The secret itself: for a file only its owner can read."""
        seed = self._key.private_bytes_raw()
        return _SIGNER_PREFIX + _format(self.name, self.key_id, self.verifier.signature_type, seed)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.verifier.vkey}>"


def check_name(name: str) -> None:
    """Raises NoteInvalid for a key name that no signed note may carry."""
    try:
        as_text(name)
    except ValueError as error:
        raise NoteInvalid(f"the key name holds {error}") from error
    if not name or "+" in name or any(letter.isspace() for letter in name):
        raise NoteInvalid("a key name is not empty and holds neither space nor plus")


def _format(name: str, identifier: int, signature_type: int, material: bytes) -> str:
    return f"{name}+{identifier:08x}+{to_base64(bytes([signature_type]) + material)}"


def _parse(text: str, signature_type: int) -> tuple[str, int, bytes]:
    """Name, key id and the 32 bytes of the key. The base64 may itself hold a plus."""
    name, _, rest = text.partition("+")
    identifier, _, encoded = rest.partition("+")
    check_name(name)
    try:
        material = from_base64(encoded)
    except ValueError as error:
        raise NoteInvalid("the key is not canonical base64") from error
    if _KEY_ID.fullmatch(identifier) is None or len(material) != 1 + _KEY_BYTES:
        raise NoteInvalid("not a key of the form name+id+key")
    if material[0] != signature_type:
        raise NoteInvalid(f"a key of type {material[0]:#04x}, not {signature_type:#04x}")
    return name, int(identifier, 16), material[1:]
