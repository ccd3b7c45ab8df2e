"""Merkle tree hashing after RFC 9162 section 2.1 with SHA-256. Every hash is 32 raw bytes."""

from collections.abc import Sequence
from hashlib import sha256

HASH_BYTES = 32
MAX_SIZE = 2**63 - 1
"""Leaves a tree may have: what Go's sumdb and C2SP's 63-bit integers can count."""

EMPTY_ROOT = sha256(b"").digest()

# Different prefixes keep a node from being passed off as an entry (RFC 9162 section 2.1.1).
_LEAF = b"\x00"
_NODE = b"\x01"


def leaf_hash(entry: bytes) -> bytes:
    """The hash under which this entry stands in the tree."""
    return sha256(_LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node over two subtrees, given their hashes."""
    return sha256(_NODE + left + right).digest()


def root_hash(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over all leaves, O(n). For a growing log keep a `Frontier` instead."""
    if not leaf_hashes:
        return EMPTY_ROOT
    level = list(leaf_hashes)
    while len(level) > 1:
        # Carrying an odd last node up unchanged gives the split at the largest power of two.
        odd = level[-1:] if len(level) % 2 else []
        pairs = zip(level[0::2], level[1::2], strict=False)
        level = [sha256(_NODE + left + right).digest() for left, right in pairs] + odd
    return level[0]


def perfect_root(hashes: bytes) -> bytes:
    """The root over 2**k concatenated hashes (the layout of a tile)."""
    count, rest = divmod(len(hashes), HASH_BYTES)
    if rest or count.bit_count() != 1:
        raise ValueError(f"{len(hashes)} bytes are not a power of two of hashes")
    pair = 2 * HASH_BYTES
    while len(hashes) > HASH_BYTES:
        starts = range(0, len(hashes), pair)
        hashes = b"".join([sha256(_NODE + hashes[at : at + pair]).digest() for at in starts])
    return hashes


def fold(subtrees: Sequence[bytes]) -> bytes:
    """The hash over adjoining perfect subtrees, largest (leftmost) first; at least one."""
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = node_hash(left, root)
    return root


class Frontier:
    """The right edge of a tree: all that appending and the root need, O(log n) to keep.

    Args:
        size: leaves so far.
        nodes: roots of the perfect subtrees the tree splits into, largest (leftmost) first;
            one for each bit set in `size`.
    Raises:
        ValueError: the nodes do not fit the size.
    """

    __slots__ = ("_nodes", "_size")

    def __init__(self, size: int = 0, nodes: Sequence[bytes] = ()) -> None:
        if not 0 <= size <= MAX_SIZE:
            raise ValueError(f"no tree has {size} leaves")
        if len(nodes) != size.bit_count() or any(len(node) != HASH_BYTES for node in nodes):
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} nodes of 32 bytes")
        self._size = size
        self._nodes = list(nodes)

    @property
    def size(self) -> int:
        return self._size

    @property
    def nodes(self) -> tuple[bytes, ...]:
        return tuple(self._nodes)

    def append(self, leaf: bytes) -> None:
        """Add one leaf by its hash (`leaf_hash(entry)`)."""
        if len(leaf) != HASH_BYTES:
            raise ValueError(f"a leaf hash has 32 bytes, not {len(leaf)}")
        node, carry = leaf, self._size
        while carry & 1:
            node = node_hash(self._nodes.pop(), node)
            carry >>= 1
        self._nodes.append(node)
        self._size += 1

    def root(self) -> bytes:
        return fold(self._nodes) if self._nodes else EMPTY_ROOT

    def copy(self) -> "Frontier":
        """Another edge to grow on trial, e.g. inside a transaction that may fail."""
        return Frontier(self._size, self._nodes)
