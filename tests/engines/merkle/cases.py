"""Trees every test agrees on: leaf i is the entry b"entry <i>"."""

from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import settings

from liuhen.engines.merkle.cosignatures import Cosigner
from liuhen.engines.merkle.notes import Signer
from liuhen.engines.merkle.subtrees import MemoryTiles
from liuhen.engines.merkle.tree import leaf_hash, root_hash

STEADY = settings(derandomize=True, deadline=None, max_examples=150)
"""Property tests that find the same cases on every machine."""

EVERY_SIZE = range(1, 131)
LARGE = 70_000
"""The example of the tlog-tiles specification: partial tiles on three levels."""


def signer(name: str, seed: str = "") -> Signer:
    """A log's key that is the same in every run; another seed, another key of the name."""
    return Signer(name, _key(name + seed))


def cosigner(name: str) -> Cosigner:
    """A witness's key that is the same in every run."""
    return Cosigner(name, _key(name))


def _key(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(sha256(seed.encode()).digest())


def entry(index: int) -> bytes:
    return b"entry %d" % index


@cache
def leaves(size: int) -> tuple[bytes, ...]:
    return tuple([leaf_hash(entry(index)) for index in range(size)])


@cache
def root(size: int) -> bytes:
    return root_hash(leaves(size))


@cache
def tiles(size: int) -> MemoryTiles:
    return MemoryTiles(leaves(size))


def flip(data: bytes, place: int) -> bytes:
    """The same bytes with one bit of one of them changed."""
    at = place % len(data)
    changed = data[at] ^ (1 << place // len(data) % 8)
    return data[:at] + bytes([changed]) + data[at + 1 :]
