"""Tiles and entry bundles of C2SP tlog-tiles, height 8: https://c2sp.org/tlog-tiles

A tile of level L holds up to 256 hashes; each is the root over 256**L leaves, that is over one
full tile of level L-1. Tiles are plain bytes, the hashes put end to end.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from liuhen.engines.merkle.errors import TileInvalid
from liuhen.engines.merkle.tree import HASH_BYTES, MAX_SIZE, perfect_root

TILE_HEIGHT = 8
FULL_WIDTH = 1 << TILE_HEIGHT
MAX_LEVEL = 63
MAX_ENTRY_BYTES = 65_535
"""What the two length bytes of an entry bundle can say."""

_NUMBER = r"((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
_TILE_PATH = re.compile(r"tile/(0|[1-9][0-9]?)/" + _NUMBER, re.ASCII)
_BUNDLE_PATH = re.compile(r"tile/entries/" + _NUMBER, re.ASCII)


class HashReader(Protocol):
    """Where proofs read tiles from, e.g. a database table."""

    def tile(self, level: int, index: int, width: int) -> bytes:
        """The first `width` (1..256) hashes of this tile: width * 32 bytes.

        Asked only for what a tree of the size in question has; for an older size that may be
        less than is stored by now, and is then the beginning of it.
        """


@dataclass(frozen=True, slots=True, order=True)
class TileId:
    """Which tile: `index` counts within the level, `width` (1..256) is how full it is."""

    level: int
    index: int
    width: int = FULL_WIDTH

    def __post_init__(self) -> None:
        if not 0 <= self.level <= MAX_LEVEL:
            raise TileInvalid(f"levels run from 0 to {MAX_LEVEL}, not {self.level}")
        _check_place(self.index, self.width)

    @property
    def path(self) -> str:
        return f"tile/{self.level}/{_number(self.index, self.width)}"

    @classmethod
    def parse(cls, path: str) -> "TileId":
        """Raises TileInvalid for anything but the one canonical path of a tile."""
        found = _TILE_PATH.fullmatch(path)
        if found is None:
            raise TileInvalid("not the path of a tile")
        level, number, width = found.groups()
        tile = cls(int(level), _index(number), int(width or FULL_WIDTH))
        if tile.path != path:
            raise TileInvalid("not the canonical path of a tile")
        return tile


@dataclass(frozen=True, slots=True, order=True)
class BundleId:
    """Which bundle of entries: those whose hashes make up the level 0 tile of the same index."""

    index: int
    width: int = FULL_WIDTH

    def __post_init__(self) -> None:
        _check_place(self.index, self.width)

    @property
    def path(self) -> str:
        return f"tile/entries/{_number(self.index, self.width)}"

    @classmethod
    def parse(cls, path: str) -> "BundleId":
        """Raises TileInvalid for anything but the one canonical path of a bundle."""
        found = _BUNDLE_PATH.fullmatch(path)
        if found is None:
            raise TileInvalid("not the path of an entry bundle")
        number, width = found.groups()
        bundle = cls(_index(number), int(width or FULL_WIDTH))
        if bundle.path != path:
            raise TileInvalid("not the canonical path of an entry bundle")
        return bundle


def _check_place(index: int, width: int) -> None:
    if not 0 <= index <= MAX_SIZE:
        raise TileInvalid(f"no tile has index {index}")
    if not 1 <= width <= FULL_WIDTH:
        raise TileInvalid(f"a tile is 1 to {FULL_WIDTH} wide, not {width}")


def _number(index: int, width: int) -> str:
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    partial = "" if width == FULL_WIDTH else f".p/{width}"
    return "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]]) + partial


def _index(number: str) -> int:
    return int(number.replace("x", "").replace("/", ""))


def tile_width(level: int, index: int, size: int) -> int:
    """How many hashes this tile has in a tree of `size` leaves: 0 (no such tile) to 256."""
    below = (size >> (TILE_HEIGHT * level)) - index * FULL_WIDTH
    return max(0, min(FULL_WIDTH, below))


def completed_tiles(old_size: int, new_size: int) -> Iterator[TileId]:
    """The full tiles that a tree gains as it grows, each once, lower levels first.

    Lower first, so that the 256 tiles under a new tile of level 1 or more are always there already.
    """
    if not 0 <= old_size <= new_size <= MAX_SIZE:
        raise ValueError(f"a tree cannot grow from {old_size} to {new_size}")
    for level in range(MAX_LEVEL + 1):
        shift = TILE_HEIGHT * (level + 1)
        first, end = old_size >> shift, new_size >> shift
        if first == end:
            return
        for index in range(first, end):
            yield TileId(level, index)


def partial_tiles(size: int) -> Iterator[TileId]:
    """The tiles begun but not full in a tree of `size` leaves, lower levels first."""
    for level in range(MAX_LEVEL + 1):
        hashes = size >> (TILE_HEIGHT * level)
        if hashes == 0:
            return
        if hashes % FULL_WIDTH:
            yield TileId(level, hashes // FULL_WIDTH, hashes % FULL_WIDTH)


def tile_root(tile: bytes) -> bytes:
    """The one hash of a full tile (8192 bytes) that stands for it in the level above."""
    if len(tile) != FULL_WIDTH * HASH_BYTES:
        raise TileInvalid(f"only a full tile has a hash in the level above, not {len(tile)} bytes")
    return perfect_root(tile)


def tile_above(full_tiles: Iterable[bytes]) -> bytes:
    """The (full or partial) tile of level L over these neighbouring full tiles of level L-1."""
    return b"".join([tile_root(tile) for tile in full_tiles])


def encode_entries(entries: Sequence[bytes]) -> bytes:
    """An entry bundle: each of 1..256 entries (<= 65535 bytes) behind its big-endian length."""
    if not 1 <= len(entries) <= FULL_WIDTH:
        raise TileInvalid(f"a bundle holds 1 to {FULL_WIDTH} entries, not {len(entries)}")
    parts = []
    for entry in entries:
        if len(entry) > MAX_ENTRY_BYTES:
            raise TileInvalid(f"an entry has at most {MAX_ENTRY_BYTES} bytes, not {len(entry)}")
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def decode_entries(bundle: bytes) -> list[bytes]:
    """The entries of a bundle, in order. Raises TileInvalid where lengths and bytes disagree."""
    entries: list[bytes] = []
    at = 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if end > len(bundle):
            raise TileInvalid("the bundle ends inside an entry")
        entries.append(bundle[at + 2 : end])
        at = end
    if not 1 <= len(entries) <= FULL_WIDTH:
        raise TileInvalid(f"a bundle holds 1 to {FULL_WIDTH} entries, not {len(entries)}")
    return entries
