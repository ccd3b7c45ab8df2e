"""Inclusion and consistency proofs: every small tree, a large one, and every way to be wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.merkle.cases import EVERY_SIZE, LARGE, STEADY, flip, leaves, root, tiles
from liuhen.engines.merkle.errors import ProofInvalid, TileInvalid
from liuhen.engines.merkle.proofs import (
    consistency_proof,
    inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from liuhen.engines.merkle.subtrees import MemoryTiles, frontier_from_tiles, root_from_tiles
from liuhen.engines.merkle.tree import EMPTY_ROOT, Frontier

SOME_SIZES = st.integers(1, 1000)


class CountingTiles(MemoryTiles):
    """Counts what it is asked for."""

    reads = 0

    def tile(self, level: int, index: int, width: int) -> bytes:
        self.reads += 1
        return super().tile(level, index, width)


class ShortTiles(MemoryTiles):
    """A store that lost the last hash of each tile."""

    def tile(self, level: int, index: int, width: int) -> bytes:
        return super().tile(level, index, width)[:-32]


def check_inclusion(index, size):
    path = inclusion_proof(index, size, tiles(size))
    verify_inclusion(leaves(size)[index], index=index, size=size, path=path, root=root(size))
    return path


def check_consistency(old, new, new_tiles):
    path = consistency_proof(old, new, new_tiles)
    verify_consistency(
        old_size=old, new_size=new, old_root=root(old), new_root=root(new), path=path
    )
    return path


@pytest.mark.parametrize("size", EVERY_SIZE)
def test_every_leaf_of_every_small_tree_is_provable(size):
    for index in range(size):
        check_inclusion(index, size)


@pytest.mark.parametrize("new", EVERY_SIZE)
def test_every_small_tree_grew_from_every_smaller_one(new):
    for old in range(new + 1):
        check_consistency(old, new, tiles(new))


@pytest.mark.parametrize("index", [0, 255, 256, 65_535, 65_536, 69_887, 69_888, LARGE - 1])
def test_leaves_of_a_large_tree_are_provable(index):
    check_inclusion(index, LARGE)


@pytest.mark.parametrize("old", [1, 255, 256, 257, 65_536, 65_537, LARGE - 1, LARGE])
def test_a_large_tree_grew_from_smaller_ones(old):
    check_consistency(old, LARGE, tiles(LARGE))


def test_a_proof_for_an_older_tree_reads_the_beginning_of_todays_tiles():
    path = inclusion_proof(300, 1000, tiles(LARGE))
    verify_inclusion(leaves(1000)[300], index=300, size=1000, path=path, root=root(1000))


def test_a_proof_reads_few_tiles_and_none_twice():
    reader = CountingTiles(leaves(LARGE))
    inclusion_proof(12_345, LARGE, reader)
    assert reader.reads <= 6


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_536, LARGE])
def test_the_right_edge_is_found_again_in_the_tiles(size):
    assert root_from_tiles(size, tiles(LARGE)) == root(size)
    grown = Frontier()
    for leaf in leaves(size):
        grown.append(leaf)
    assert frontier_from_tiles(size, tiles(LARGE)).nodes == grown.nodes


def test_a_store_that_lost_hashes_gives_no_proof():
    with pytest.raises(TileInvalid, match="should have"):
        inclusion_proof(3, 1000, ShortTiles(leaves(1000)))


@given(SOME_SIZES, st.data())
@STEADY
def test_any_changed_bit_spoils_an_inclusion_proof(size, data):
    index = data.draw(st.integers(0, size - 1))
    parts = [leaves(size)[index], root(size), *inclusion_proof(index, size, tiles(size))]
    chosen = data.draw(st.integers(0, len(parts) - 1))
    parts[chosen] = flip(parts[chosen], data.draw(st.integers(0, 255)))
    leaf, altered_root, *path = parts
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaf, index=index, size=size, path=path, root=altered_root)


@given(SOME_SIZES, SOME_SIZES, st.data())
@STEADY
def test_any_changed_bit_spoils_a_consistency_proof(one, other, data):
    old, new = sorted((one, other))
    parts = [root(old), root(new), *consistency_proof(old, new, tiles(new))]
    chosen = data.draw(st.integers(0, len(parts) - 1))
    parts[chosen] = flip(parts[chosen], data.draw(st.integers(0, 255)))
    old_root, new_root, *path = parts
    with pytest.raises(ProofInvalid):
        verify_consistency(
            old_size=old, new_size=new, old_root=old_root, new_root=new_root, path=path
        )


@given(SOME_SIZES, st.data())
@STEADY
def test_a_proof_holds_for_no_other_place(size, data):
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size).filter(lambda place: place != index))
    path = inclusion_proof(index, size, tiles(size))
    with pytest.raises(ProofInvalid):
        verify_inclusion(leaves(size)[index], index=other, size=size, path=path, root=root(size))


@pytest.mark.parametrize("size", [1, 2, 7, 64, 100])
def test_a_proof_too_long_or_too_short_is_refused(size):
    path = inclusion_proof(0, size, tiles(size))
    asked = {"index": 0, "size": size, "root": root(size)}
    with pytest.raises(ProofInvalid, match="too long"):
        verify_inclusion(leaves(size)[0], path=[*path, bytes(32)], **asked)
    if path:
        with pytest.raises(ProofInvalid, match="too short"):
            verify_inclusion(leaves(size)[0], path=path[:-1], **asked)


@pytest.mark.parametrize(("old", "new"), [(1, 2), (3, 4), (3, 7), (64, 100)])
def test_a_consistency_proof_too_long_or_too_short_is_refused(old, new):
    path = consistency_proof(old, new, tiles(new))
    asked = {"old_size": old, "new_size": new, "old_root": root(old), "new_root": root(new)}
    with pytest.raises(ProofInvalid, match="too long"):
        verify_consistency(path=[*path, bytes(32)], **asked)
    for shorter in (path[:-1], []):
        with pytest.raises(ProofInvalid, match="too short"):
            verify_consistency(path=shorter, **asked)


@pytest.mark.parametrize(("old_root", "size"), [(root(5), 5), (EMPTY_ROOT, 0)])
def test_a_path_where_nothing_is_to_be_shown_is_refused(old_root, size):
    with pytest.raises(ProofInvalid, match="is empty"):
        verify_consistency(
            old_size=size, new_size=5, old_root=old_root, new_root=root(5), path=[bytes(32)]
        )


@pytest.mark.parametrize(
    ("index", "size"), [(0, 0), (5, 5), (-1, 5), (2**63, 2**63 + 1), (1, 2**80)]
)
def test_a_place_outside_the_tree_is_refused(index, size):
    with pytest.raises(ProofInvalid, match="no leaf"):
        verify_inclusion(bytes(32), index=index, size=size, path=[], root=bytes(32))
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(index, size, tiles(9))


@pytest.mark.parametrize(("old", "new"), [(6, 5), (-1, 5), (1, 2**63)])
def test_a_tree_that_shrank_is_refused(old, new):
    with pytest.raises(ProofInvalid, match="cannot grow"):
        verify_consistency(
            old_size=old, new_size=new, old_root=bytes(32), new_root=bytes(32), path=[]
        )
    with pytest.raises(ValueError, match="cannot grow"):
        consistency_proof(old, new, tiles(9))


def test_a_huge_tree_is_refused_as_fast_as_a_small_one():
    with pytest.raises(ProofInvalid, match="too short"):
        verify_inclusion(bytes(32), index=0, size=2**63 - 1, path=[bytes(32)], root=bytes(32))


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_hash_of_another_length_is_refused(length):
    with pytest.raises(ProofInvalid, match="32 bytes"):
        verify_inclusion(leaves(2)[0], index=0, size=2, path=[bytes(length)], root=root(2))
    with pytest.raises(ProofInvalid, match="32 bytes"):
        verify_consistency(
            old_size=1, new_size=2, old_root=root(1), new_root=root(2), path=[bytes(length)]
        )


def test_two_roots_of_one_size_are_a_fork():
    with pytest.raises(ProofInvalid, match="forked"):
        verify_consistency(old_size=5, new_size=5, old_root=root(5), new_root=root(6), path=[])


def test_an_empty_tree_with_a_root_of_its_own_is_refused():
    verify_consistency(old_size=0, new_size=9, old_root=EMPTY_ROOT, new_root=root(9), path=[])
    with pytest.raises(ProofInvalid, match="empty tree"):
        verify_consistency(old_size=0, new_size=9, old_root=root(1), new_root=root(9), path=[])
