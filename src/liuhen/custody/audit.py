"""Read the whole log again and name everything that does not fit."""

import json
from collections.abc import Iterator
from datetime import datetime

from liuhen.custody import keys, timestamps
from liuhen.custody.deviations import Deviation
from liuhen.custody.models import Checkpoint, CustodyEvent, Tile
from liuhen.custody.sightings import Sightings
from liuhen.engines.merkle.checkpoints import Checkpoint as Head
from liuhen.engines.merkle.checkpoints import open_checkpoint
from liuhen.engines.merkle.errors import EvidenceInvalid
from liuhen.engines.merkle.tiles import FULL_WIDTH, TileId, completed_tiles, tile_root
from liuhen.engines.merkle.tree import Frontier, leaf_hash, perfect_root
from liuhen.engines.merkle.witness_state import WitnessState

EVENTS_AT_ONCE = 2000


def audit(witness: WitnessState | None = None) -> Iterator[Deviation]:
    """Replay all events: indexes, hashes, columns, tiles, every checkpoint's root and signature.

    Work goes on meanwhile: the log is replayed as far as it was signed when the audit began.

    Args:
        witness: what a witness elsewhere has seen, to compare the log with.
    """
    seen = Sightings(witness)
    yield from seen.problems
    newest = Checkpoint.objects.order_by("-size").first()
    limit = newest.size if newest else 0
    checkpoints = Checkpoint.objects.filter(size__lte=limit).order_by("size").iterator()
    due = next(checkpoints, None)
    frontier = Frontier()
    leaves: list[bytes] = []
    events = CustodyEvent.objects.filter(index__lt=limit).order_by("index")
    for event in events.iterator(chunk_size=EVENTS_AT_ONCE):
        if event.index != frontier.size:
            yield Deviation(
                "log.hole", f"event:{frontier.size}", f"the next event is number {event.index}"
            )
            return
        hashed = leaf_hash(bytes(event.entry))
        yield from check_event(event, hashed)
        frontier.append(hashed)
        leaves.append(hashed)
        if len(leaves) == FULL_WIDTH:
            yield from check_tiles(frontier.size, leaves)
            leaves.clear()
        yield from seen.check(frontier)
        while due is not None and due.size == frontier.size:
            yield from check_checkpoint(due, frontier)
            due = next(checkpoints, None)
    if due is not None:
        said = f"{limit} events were signed for, {frontier.size} are left"
        yield Deviation("log.cut_off", f"checkpoint:{due.size}", said)
    yield from seen.check_left(frontier.size)
    yield from timestamps.check_stored()
    yield from check_unsigned()


def check_event(event: CustodyEvent, hashed: bytes) -> Iterator[Deviation]:
    where = f"event:{event.index}"
    if hashed != bytes(event.leaf_hash):
        yield Deviation("log.entry_changed", where, "the entry does not have its recorded hash")
    try:
        said = json.loads(bytes(event.entry))
        by = said["by"]
        columns = (said["kind"], said["subject"], by if isinstance(by, str) else by["login"])
        at = datetime.fromisoformat(said["at"])
    except (ValueError, KeyError, TypeError):
        yield Deviation("log.entry_unreadable", where, "the entry is not an event's JSON")
        return
    if columns != (event.kind, event.subject, event.actor) or at != event.at:
        yield Deviation("log.columns_changed", where, "look-up columns differ from the entry")


def check_tiles(size: int, leaves: list[bytes]) -> Iterator[Deviation]:
    """The tiles that became full at `size`: level 0 against the leaves, higher ones below."""
    for tile in completed_tiles(size - FULL_WIDTH, size):
        row = Tile.objects.filter(level=tile.level, index=tile.index).first()
        if row is None:
            yield Deviation("log.tile_missing", tile.path, "no such tile")
        elif bytes(row.hashes) != expected_tile(tile, leaves) or bytes(row.root) != tile_root(
            bytes(row.hashes)
        ):
            yield Deviation("log.tile_changed", tile.path, "hashes differ from the entries'")


def expected_tile(tile: TileId, leaves: list[bytes]) -> bytes:
    if tile.level == 0:
        return b"".join(leaves)
    first = tile.index * FULL_WIDTH
    below = Tile.objects.filter(
        level=tile.level - 1, index__gte=first, index__lt=first + FULL_WIDTH
    ).order_by("index")
    return b"".join(perfect_root(bytes(row.hashes)) for row in below)


def check_checkpoint(stored: Checkpoint, frontier: Frontier) -> Iterator[Deviation]:
    where = f"checkpoint:{stored.size}"
    try:
        head: Head = open_checkpoint(stored.note, keys.verifier())
    except EvidenceInvalid as problem:
        yield Deviation("log.signature_bad", where, str(problem))
        return
    if (head.size, head.root) != (stored.size, bytes(stored.root)):
        yield Deviation("log.columns_changed", where, "columns differ from the signed note")
    if head.root != frontier.root():
        yield Deviation("log.root_differs", where, "the entries do not have the signed root")


def check_unsigned() -> Iterator[Deviation]:
    """An event and its checkpoint are one transaction: the last event read first is signed for."""
    last = CustodyEvent.objects.order_by("-index").values_list("index", flat=True).first()
    signed = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    if last is not None and signed <= last:
        yield Deviation("log.unsigned", f"event:{signed}", f"event {last} is not signed for")
