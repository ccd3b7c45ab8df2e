"""Inclusion and consistency proofs of RFC 9162 sections 2.1.3 and 2.1.4, read from tiles.

A proof is a list of 32-byte hashes, the one nearest the leaves first. Making one reads O(log n)
tiles; verifying one needs nothing but the proof and the roots.
"""

from collections.abc import Sequence

from liuhen.engines.merkle.errors import ProofInvalid
from liuhen.engines.merkle.subtrees import Subtrees
from liuhen.engines.merkle.tiles import HashReader
from liuhen.engines.merkle.tree import EMPTY_ROOT, HASH_BYTES, MAX_SIZE, node_hash


def inclusion_proof(index: int, size: int, reader: HashReader) -> list[bytes]:
    """PATH(index, D[size]): that leaf `index` (from 0) is in the tree of `size` leaves.

    Raises:
        ValueError: the tree has no such leaf.
    """
    if not 0 <= index < size <= MAX_SIZE:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    siblings = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_leaves(end - start)
        if index < middle:
            siblings.append((middle, end))
            end = middle
        else:
            siblings.append((start, middle))
            start = middle
    subtrees = Subtrees(size, reader)
    return [subtrees.over(start, end) for start, end in reversed(siblings)]


def consistency_proof(old_size: int, new_size: int, reader: HashReader) -> list[bytes]:
    """PROOF(old_size, D[new_size]): that the tree grew from the old one by appending only.

    Empty when there is nothing to show: from the empty tree, or between equal sizes
    (https://c2sp.org/tlog-witness asks for the same).

    Raises:
        ValueError: the new tree is smaller than the old one.
    """
    if not 0 <= old_size <= new_size <= MAX_SIZE:
        raise ValueError(f"a tree cannot grow from {old_size} to {new_size}")
    if old_size in (0, new_size):
        return []
    ranges = []
    start, end = 0, new_size
    while end != old_size:
        middle = start + _left_leaves(end - start)
        if old_size <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    if start > 0:  # else the last range is the old tree itself, whose root the verifier has
        ranges.append((start, end))
    subtrees = Subtrees(new_size, reader)
    return [subtrees.over(start, end) for start, end in reversed(ranges)]


def _left_leaves(leaves: int) -> int:
    """The largest power of two smaller than this number of leaves (>= 2)."""
    return 1 << ((leaves - 1).bit_length() - 1)


def verify_inclusion(
    leaf: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes
) -> None:
    """Check that the leaf of this hash stands at `index` in the tree of `size` leaves and `root`.

    Raises:
        ProofInvalid: it does not, or the proof is malformed.
    Source: RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size <= MAX_SIZE:
        raise ProofInvalid(f"a tree of {size} leaves has no leaf {index}")
    _check_hashes(leaf, root, *path)
    node, last = index, size - 1
    computed = leaf
    for sibling in path:
        if last == 0:
            raise ProofInvalid("the inclusion proof is too long")
        if node & 1 or node == last:
            computed = node_hash(sibling, computed)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise ProofInvalid("the inclusion proof is too short")
    if computed != root:
        raise ProofInvalid("the inclusion proof leads to another root")


def verify_consistency(
    *, old_size: int, new_size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> None:
    """Check that the new tree is the old one with leaves appended.

    Raises:
        ProofInvalid: it is not, or the proof is malformed.
    Source: RFC 9162 section 2.1.4.2.
    """
    if not 0 <= old_size <= new_size <= MAX_SIZE:
        raise ProofInvalid(f"a tree cannot grow from {old_size} to {new_size}")
    _check_hashes(old_root, new_root, *path)
    if old_size in (0, new_size):
        _verify_trivial(old_size, new_size, old_root, new_root, path)
        return
    steps = list(path)
    if old_size.bit_count() == 1:
        steps.insert(0, old_root)
    if not steps:
        raise ProofInvalid("the consistency proof is too short")
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise ProofInvalid("the consistency proof is too long")
        if node & 1 or node == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, step)
        node, last = node >> 1, last >> 1
    if last != 0:
        raise ProofInvalid("the consistency proof is too short")
    if old != old_root or new != new_root:
        raise ProofInvalid("the consistency proof leads to other roots")


def _verify_trivial(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> None:
    if path:
        raise ProofInvalid("between these sizes a consistency proof is empty")
    if old_size == 0 and old_root != EMPTY_ROOT:
        raise ProofInvalid("an empty tree has one root only, and this is another")
    if old_size == new_size and old_root != new_root:
        raise ProofInvalid("two roots of one size: the log forked")


def _check_hashes(*hashes: bytes) -> None:
    if any(len(value) != HASH_BYTES for value in hashes):
        raise ProofInvalid("a hash has 32 bytes")
