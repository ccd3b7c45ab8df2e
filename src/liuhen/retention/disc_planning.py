"""Which file goes on which disc: first fit, in the order given. Pure arithmetic.

What the file systems and the catalogue take is reckoned from above, so that a planned disc always
fits; a test writes such discs and measures them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from liuhen.retention.disc_errors import FileFitsNoDisc, FileTooLarge
from liuhen.retention.models import Medium

CAPACITY_BYTES: dict[str, int] = {
    Medium.CD: 359_847 * 2048,
    Medium.DVD: 2_295_104 * 2048,
    Medium.DVD_DL: 4_171_712 * 2048,
    Medium.BD: 12_219_392 * 2048,
    Medium.BD_DL: 24_438_784 * 2048,
}
"""Sectors a drive writes: of DVD-R and DVD+R the smaller one, of BD-R without spare areas."""

SECTOR_BYTES = 2048
FIXED_BYTES = 2 << 20
"""Volume descriptors, anchors, path tables of an image with nothing on it: 0.6 MB, rounded up."""

FILE_BYTES, FOLDER_BYTES = 2 * SECTOR_BYTES, 8 * SECTOR_BYTES
"""One's entries in four directories, and what describes it in UDF."""

LISTED_BYTES = 2048
"""One row in each table of contents and manifest, without its names."""

TIMES_NAMED = 20
"""How often a path's bytes stand in those, each sign escaped at its longest."""


@dataclass(frozen=True, slots=True)
class Item:
    path: str
    size_bytes: int


@dataclass
class Load:
    """One disc under way: which items (by their place in the order), and what it takes."""

    items: list[int] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    used_bytes: int = 0

    def needs(self, item: Item) -> int:
        new = set(folders_of(item.path)) - self.folders
        return on_disc(item.size_bytes) + FILE_BYTES + FOLDER_BYTES * len(new)

    def add(self, no: int, item: Item) -> None:
        self.used_bytes += self.needs(item)
        self.folders |= set(folders_of(item.path))
        self.items.append(no)


def planned(items: Sequence[Item], medium: str) -> list[list[int]]:
    """For each disc the places of its items. Refuses: FileTooLarge, FileFitsNoDisc."""
    room = CAPACITY_BYTES[medium] - taken_by_tables(items)
    loads: list[Load] = []
    for no, item in enumerate(items):
        load = next((one for one in loads if one.used_bytes + one.needs(item) <= room), None)
        if load is None:
            load = Load()
            if load.needs(item) > room:
                raise too_large(item, medium, taken_by_tables(items) + Load().needs(item))
            loads.append(load)
        load.add(no, item)
    return [one.items for one in loads]


def check_one_disc(items: Sequence[Item], medium: str, name: str) -> None:
    """What cannot be split fits on one disc of that medium. Refuses: FileTooLarge,
    FileFitsNoDisc."""
    load = Load()
    for no, item in enumerate(items):
        load.add(no, item)
    needed = load.used_bytes + FIXED_BYTES
    if needed > CAPACITY_BYTES[medium]:
        raise too_large(Item(name, sum(one.size_bytes for one in items)), medium, needed)


def taken_by_tables(items: Iterable[Item]) -> int:
    """Each disc lists the whole set."""
    rows = sum(LISTED_BYTES + TIMES_NAMED * len(item.path.encode()) for item in items)
    return FIXED_BYTES + rows


def folders_of(path: str) -> list[str]:
    """All folders it lies in: "a/b/c.mp4" in "a" and "a/b"."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: n + 1]) for n in range(len(parts))]


def on_disc(size_bytes: int) -> int:
    return -(-size_bytes // SECTOR_BYTES) * SECTOR_BYTES


def too_large(item: Item, medium: str, needed_bytes: int) -> FileTooLarge | FileFitsNoDisc:
    facts: dict[str, Any] = {
        "name": item.path.rpartition("/")[2],
        "size": f"{item.size_bytes / 1e9:.1f} GB",
    }
    for other, capacity_bytes in CAPACITY_BYTES.items():
        if needed_bytes <= capacity_bytes:
            facts |= {"medium": Medium(medium).label, "larger": Medium(other).label}
            return FileTooLarge(**facts)
    return FileFitsNoDisc(**facts)
