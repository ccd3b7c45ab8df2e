"""Tiles and entry bundles as C2SP tlog-tiles has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.merkle.cases import LARGE, STEADY, leaves
from liuhen.engines.merkle.errors import TileInvalid
from liuhen.engines.merkle.subtrees import MemoryTiles
from liuhen.engines.merkle.tiles import (
    BundleId,
    TileId,
    completed_tiles,
    decode_entries,
    encode_entries,
    partial_tiles,
    tile_above,
    tile_root,
    tile_width,
)
from liuhen.engines.merkle.tree import root_hash


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (TileId(0, 0), "tile/0/000"),
        (TileId(0, 1_234_067), "tile/0/x001/x234/067"),
        (TileId(2, 1_000, 17), "tile/2/x001/000.p/17"),
        (TileId(63, 999, 255), "tile/63/999.p/255"),
        (BundleId(273, 112), "tile/entries/273.p/112"),
        (BundleId(1_234_067), "tile/entries/x001/x234/067"),
    ],
)
def test_paths_are_those_of_the_specification(tile, path):
    assert tile.path == path
    assert type(tile).parse(path) == tile


@given(st.integers(0, 63), st.integers(0, 2**63 - 1), st.integers(1, 256))
@STEADY
def test_a_path_read_back_is_the_same_tile(level, index, width):
    assert TileId.parse(TileId(level, index, width).path) == TileId(level, index, width)
    assert BundleId.parse(BundleId(index, width).path) == BundleId(index, width)


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/1",
        "tile/0/0001",
        "tile/0/x000/001",
        "tile/00/001",
        "tile/64/001",
        "tile/0/x001/234/067",
        "tile/0/x001",
        "tile/0/001.p/0",
        "tile/0/001.p/007",
        "tile/0/001.p/256",
        "tile/0/001.p/",
        "tile/0/001\n",
        "/tile/0/001",
        "tile/0/../001",
        "tile/0/٠٠١",
        "tile/-1/001",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/" + "x001/" * 5000 + "001",
    ],
)
def test_any_other_path_is_refused(path):
    with pytest.raises(TileInvalid):
        TileId.parse(path)
    with pytest.raises(TileInvalid):
        BundleId.parse(path.replace("tile/0/", "tile/entries/"))


@pytest.mark.parametrize("place", [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)])
def test_a_tile_outside_every_tree_is_refused(place):
    with pytest.raises(TileInvalid):
        TileId(*place)


def test_the_tiles_of_70000_leaves_are_those_the_specification_counts():
    full = list(completed_tiles(0, 70_000))
    assert [sum(tile.level == level for tile in full) for level in range(3)] == [273, 1, 0]
    assert list(partial_tiles(70_000)) == [TileId(0, 273, 112), TileId(1, 1, 17), TileId(2, 0, 1)]


def test_256_leaves_fill_one_tile_and_begin_the_next_level():
    assert list(completed_tiles(255, 256)) == [TileId(0, 0)]
    assert list(partial_tiles(256)) == [TileId(1, 0, 1)]


def test_the_leaf_that_fills_a_tile_of_level_1_fills_its_last_child_first():
    assert list(completed_tiles(65_535, 65_536)) == [TileId(0, 255), TileId(1, 0)]


@given(st.lists(st.integers(0, 3 * 65_536), min_size=3, max_size=3).map(sorted))
@STEADY
def test_growing_in_two_steps_fills_the_same_tiles_as_in_one(sizes):
    first, middle, last = sizes
    steps = [*completed_tiles(first, middle), *completed_tiles(middle, last)]
    assert sorted(steps) == sorted(completed_tiles(first, last))


def test_a_tree_does_not_shrink():
    with pytest.raises(ValueError, match="cannot grow"):
        list(completed_tiles(2, 1))


@given(st.integers(0, 2**63 - 1))
@STEADY
def test_the_right_edge_is_as_wide_as_the_size_says(size):
    for tile in partial_tiles(size):
        assert tile_width(tile.level, tile.index, size) == tile.width
        assert tile_width(tile.level, tile.index + 1, size) == 0


def test_a_tile_above_holds_the_roots_of_the_full_tiles_below():
    reader = MemoryTiles(leaves(LARGE))
    lower = [reader.tile(0, index, 256) for index in range(256)]
    assert tile_above(lower) == reader.tile(1, 0, 256)
    assert tile_root(lower[0]) == root_hash(leaves(256))


def test_a_partial_tile_is_never_hashed_into_the_level_above():
    with pytest.raises(TileInvalid, match="only a full tile"):
        tile_root(bytes(32 * 255))


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
@STEADY
def test_a_bundle_read_back_has_the_same_entries(entries):
    assert decode_entries(encode_entries(entries)) == entries


def test_an_entry_stands_behind_its_big_endian_length():
    longest = bytes(65_535)
    bundle = encode_entries([b"", b"abc", longest])
    assert bundle == b"\x00\x00" + b"\x00\x03abc" + b"\xff\xff" + longest


@pytest.mark.parametrize("entries", [[], [b""] * 257, [bytes(65_536)]])
def test_what_no_bundle_holds_is_refused(entries):
    with pytest.raises(TileInvalid):
        encode_entries(entries)


@pytest.mark.parametrize("bundle", [b"", b"\x00", b"\x00\x03ab", b"\x00\x00\x00", bytes(2 * 257)])
def test_a_bundle_cut_or_overfull_is_refused(bundle):
    with pytest.raises(TileInvalid):
        decode_entries(bundle)
