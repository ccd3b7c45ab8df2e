"""The log's tiles and right edge, read from and kept in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from liuhen.custody.models import CustodyEvent, Tile
from liuhen.custody.tile_rows import LEAF_HASHES, TileRows
from liuhen.engines.merkle.subtrees import frontier_from_tiles
from liuhen.engines.merkle.tiles import FULL_WIDTH, completed_tiles, tile_root
from liuhen.engines.merkle.tree import Frontier

# Plain SQL where every act passes: the ORM's own work would be two thirds of an append.
INSERT_EVENT = (
    'INSERT INTO custody_custodyevent ("index", kind, subject, actor, "at", entry, leaf_hash) '
    "VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
INSERT_CHECKPOINT = (
    'INSERT INTO custody_checkpoint (size, root, note, "at") VALUES (%s, %s, %s, %s)'
)
NEWEST = "SELECT size, root FROM custody_checkpoint ORDER BY size DESC LIMIT 1"


@dataclass
class Remembered:
    """The frontier this process last wrote; good only while the log's head is still that one."""

    size: int
    root: bytes
    nodes: tuple[bytes, ...]


_remembered: Remembered | None = None


def remember(frontier: Frontier, root: bytes) -> None:
    global _remembered
    _remembered = Remembered(frontier.size, root, frontier.nodes)


def frontier() -> Frontier:
    """The right edge of the log as this transaction sees it.

    A rolled-back append leaves a remembered head that no checkpoint row bears out, so size and
    root are compared first; then the edge is computed again from tiles and last leaves.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        head = cursor.fetchone()
    if head is None:
        return Frontier()
    size, root = head[0], bytes(head[1])
    if _remembered and (_remembered.size, _remembered.root) == (size, root):
        return Frontier(size, _remembered.nodes)
    return frontier_from_tiles(size, Reader())


class Reader(TileRows):
    """A HashReader over this process's own database connection."""

    def __init__(self) -> None:
        super().__init__(one_column)


def leaf_hashes(start: int, count: int) -> bytes:
    """The hashes of `count` events from `start`, side by side; fewer where the log ends."""
    return one_column(LEAF_HASHES, start, start + count)


def one_column(query: str, *values: int) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return b"".join([bytes(row[0]) for row in cursor.fetchall()])


def keep_events(events: Sequence[CustodyEvent]) -> None:
    rows: list[tuple[Any, ...]] = [
        (e.index, e.kind, e.subject, e.actor, stored(e.at), e.entry, e.leaf_hash) for e in events
    ]
    with connection.cursor() as cursor:
        cursor.executemany(INSERT_EVENT, rows)


def keep_checkpoint(size: int, root: bytes, note: str, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSERT_CHECKPOINT, (size, root, note, stored(at)))


def stored(at: datetime) -> Any:
    """An instant as this database keeps it."""
    return connection.ops.adapt_datetimefield_value(at)


def keep_full_tiles(old_size: int, new_size: int) -> None:
    """Write each tile that became full when the log grew, lowest level first."""
    reader = Reader()
    for tile in completed_tiles(old_size, new_size):
        hashes = reader.read(tile.level, tile.index, FULL_WIDTH)
        Tile.objects.bulk_create(
            [Tile(level=tile.level, index=tile.index, hashes=hashes, root=tile_root(hashes))]
        )
