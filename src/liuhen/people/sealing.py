"""Secrets at rest: AES-256-GCM under a key outside the database, bound to whose they are.

A stolen copy of the database alone opens nobody's second factor, and a secret moved to another
officer's row does not open.
"""

import hashlib
import hmac
import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from liuhen.kernel.datadir import DataDir
from liuhen.people.errors import SecretUnreadable

NONCE_BYTES = 12


@cache
def key_of(data: DataDir) -> bytes:
    """Refuses: SecretUnreadable."""
    try:
        return bytes.fromhex(data.second_factor_file.read_text().strip())
    except (OSError, ValueError):
        raise SecretUnreadable() from None


def seal(secret: bytes, *, of: str) -> str:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return (nonce + AESGCM(key_of(settings.DATA)).encrypt(nonce, secret, of.encode())).hex()


def unseal(sealed: str, *, of: str) -> bytes:
    """Refuses: SecretUnreadable (another key, another owner, or altered)."""
    try:
        raw = bytes.fromhex(sealed)
        nonce, rest = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
        return AESGCM(key_of(settings.DATA)).decrypt(nonce, rest, of.encode())
    except (InvalidTag, ValueError):
        raise SecretUnreadable() from None


def digest(text: str, *, of: str) -> str:
    """What is kept of a short code: without the key nobody can try all of them against it."""
    return hmac.new(key_of(settings.DATA), f"{of}\n{text}".encode(), hashlib.sha256).hexdigest()
