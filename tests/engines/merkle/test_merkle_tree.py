"""RFC 9162 hashing: known answers, the definition, and the growing edge."""

from collections.abc import Sequence
from hashlib import sha256

import pytest

from engines.merkle.cases import EVERY_SIZE, LARGE, leaves, root
from liuhen.engines.merkle.tree import (
    EMPTY_ROOT,
    Frontier,
    leaf_hash,
    node_hash,
    perfect_root,
    root_hash,
)

# The inputs and roots of the reference tests of Certificate Transparency (RFC 6962).
CT_ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def defined_root(hashes: Sequence[bytes]) -> bytes:
    """MTH as RFC 9162 section 2.1.1 defines it, word for word."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(defined_root(hashes[:split]), defined_root(hashes[split:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size):
    assert root_hash([leaf_hash(entry) for entry in CT_ENTRIES[:size]]).hex() == CT_ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing():
    assert root_hash([]) == Frontier().root() == EMPTY_ROOT == sha256(b"").digest()


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_every_root_is_the_one_defined(size):
    assert root(size) == defined_root(leaves(size))


def test_a_frontier_has_the_root_of_the_tree_at_every_size():
    edge = Frontier()
    for size in EVERY_SIZE:
        edge.append(leaves(size)[-1])
        assert (edge.size, edge.root()) == (size, root(size))


def test_a_stored_frontier_goes_on_growing():
    edge = Frontier()
    for leaf in leaves(LARGE)[:-1]:
        edge.append(leaf)
    restored = Frontier(edge.size, edge.nodes)
    restored.append(leaves(LARGE)[-1])
    assert restored.root() == root(LARGE)


def test_a_copy_grows_alone():
    edge = Frontier(1, [leaves(1)[0]])
    edge.copy().append(leaves(2)[1])
    assert (edge.size, edge.root()) == (1, root(1))


@pytest.mark.parametrize(
    ("size", "nodes"),
    [(3, [bytes(32)]), (1, [bytes(31)]), (0, [bytes(32)]), (-1, []), (2**63, [bytes(32)])],
)
def test_a_frontier_that_fits_no_tree_is_refused(size, nodes):
    with pytest.raises(ValueError):
        Frontier(size, nodes)


def test_a_leaf_that_is_no_hash_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        Frontier().append(b"an entry, not its hash")


@pytest.mark.parametrize("size", [0, 31, 3 * 32, 33])
def test_only_a_power_of_two_of_hashes_has_a_perfect_root(size):
    with pytest.raises(ValueError, match="power of two"):
        perfect_root(bytes(size))


def test_an_entry_cannot_pass_for_a_node():
    left, right = leaves(2)
    assert leaf_hash(left + right) != node_hash(left, right)
