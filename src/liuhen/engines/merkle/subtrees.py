from collections.abc import Sequence

from liuhen.engines.merkle.errors import TileInvalid
from liuhen.engines.merkle.tiles import FULL_WIDTH, TILE_HEIGHT, HashReader, tile_width
from liuhen.engines.merkle.tree import HASH_BYTES, MAX_SIZE, Frontier, fold, perfect_root


class Subtrees:
    """The subtrees of a tree of `size` leaves, hashed from tiles; each tile is read once.

    Make one per question: it remembers partial tiles, which go stale as the tree grows.
    """

    def __init__(self, size: int, reader: HashReader) -> None:
        if not 0 <= size <= MAX_SIZE:
            raise ValueError(f"no tree has {size} leaves")
        self._size = size
        self._reader = reader
        self._tiles: dict[tuple[int, int], bytes] = {}

    def perfect(self, height: int, index: int) -> bytes:
        """The root of the `index`-th perfect subtree of 2**height leaves."""
        level, height_in_tile = divmod(height, TILE_HEIGHT)
        first = index << height_in_tile
        tile = self._tile(level, first // FULL_WIDTH)
        start = first % FULL_WIDTH * HASH_BYTES
        return perfect_root(tile[start : start + (HASH_BYTES << height_in_tile)])

    def parts(self, start: int, end: int) -> list[bytes]:
        """Roots of the perfect subtrees that leaves [start, end) split into, largest first.

        `start` lies where a subtree at least as large as the range begins, as in every RFC 9162
        range.
        """
        roots = []
        while start < end:
            height = (end - start).bit_length() - 1
            roots.append(self.perfect(height, start >> height))
            start += 1 << height
        return roots

    def over(self, start: int, end: int) -> bytes:
        """MTH(D[start:end]) of RFC 9162 for a range that is not empty; see `parts`."""
        return fold(self.parts(start, end))

    def _tile(self, level: int, index: int) -> bytes:
        tile = self._tiles.get((level, index))
        if tile is None:
            width = tile_width(level, index, self._size)
            tile = self._reader.tile(level, index, width)
            if len(tile) != width * HASH_BYTES:
                raise TileInvalid(
                    f"tile {level}/{index} should have {width * HASH_BYTES} bytes, not {len(tile)}"
                )
            self._tiles[level, index] = tile
        return tile


def frontier_from_tiles(size: int, reader: HashReader) -> Frontier:
    """The right edge of a tree of `size` leaves, to go on appending after a restart."""
    return Frontier(size, Subtrees(size, reader).parts(0, size))


def root_from_tiles(size: int, reader: HashReader) -> bytes:
    """The root of a tree of `size` leaves, reading one tile of each level or two."""
    return frontier_from_tiles(size, reader).root()


class MemoryTiles:
    """A HashReader over leaf hashes held in memory, every level built on the first reading."""

    def __init__(self, leaf_hashes: Sequence[bytes]) -> None:
        self._levels = [b"".join(leaf_hashes)]

    def tile(self, level: int, index: int, width: int) -> bytes:
        while len(self._levels) <= level:
            self._levels.append(self._level_above(self._levels[-1]))
        start = index * FULL_WIDTH * HASH_BYTES
        return self._levels[level][start : start + width * HASH_BYTES]

    @staticmethod
    def _level_above(hashes: bytes) -> bytes:
        step = FULL_WIDTH * HASH_BYTES
        full = range(0, len(hashes) - step + 1, step)
        return b"".join([perfect_root(hashes[at : at + step]) for at in full])
