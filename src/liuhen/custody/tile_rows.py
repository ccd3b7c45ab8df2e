"""Tiles read from the log's tables by plain SQL: in the running program, or from the file alone."""

from collections.abc import Callable

from liuhen.engines.merkle.tiles import FULL_WIDTH
from liuhen.engines.merkle.tree import HASH_BYTES

FULL_TILE = 'SELECT hashes FROM custody_tile WHERE level = %s AND "index" = %s'
TILE_ROOTS = (
    'SELECT root FROM custody_tile WHERE level = %s AND "index" >= %s AND "index" < %s '
    'ORDER BY "index"'
)
LEAF_HASHES = (
    'SELECT leaf_hash FROM custody_custodyevent WHERE "index" >= %s AND "index" < %s '
    'ORDER BY "index"'
)

Column = Callable[..., bytes]
"""`(query, *values)` → the one column of all rows found, side by side."""


class TileRows:
    """A HashReader: full tiles from their rows, partial ones from what lies below them."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.cache: dict[tuple[int, int, int], bytes] = {}

    def tile(self, level: int, index: int, width: int) -> bytes:
        wanted = (level, index, width)
        if wanted not in self.cache:
            self.cache[wanted] = self.read(level, index, width)
        return self.cache[wanted]

    def read(self, level: int, index: int, width: int) -> bytes:
        if full := self.column(FULL_TILE, level, index):
            return full[: width * HASH_BYTES]
        start = index * FULL_WIDTH
        if level == 0:
            return self.column(LEAF_HASHES, start, start + width)
        return self.column(TILE_ROOTS, level - 1, start, start + width)
