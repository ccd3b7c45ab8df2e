"""Where an intake from a page can start: mounted cards and the folders a bureau allows."""

import base64
import binascii
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from liuhen.people.models import Agency
from liuhen.recordings import errors
from liuhen.recordings.batches import allowed_places, check_place
from liuhen.recordings.names import shown

CARD_FILESYSTEMS = frozenset(
    {"vfat", "exfat", "msdos", "ntfs", "ntfs3", "fuseblk", "udf", "iso9660", "hfsplus"}
)
MOUNTS = Path("/proc/mounts")
LABELS = Path("/dev/disk/by-label")
MOST_ENTRIES = 500
"""Folders listed at once; a page with more helps nobody."""


@dataclass(frozen=True)
class Place:
    """A folder that can be chosen. `token` names it in a form whatever its bytes are."""

    path: bytes

    @property
    def token(self) -> str:
        return base64.urlsafe_b64encode(self.path).decode().rstrip("=")

    @property
    def shown(self) -> str:
        return shown(self.path)

    @property
    def name(self) -> str:
        return shown(os.path.basename(self.path)) or self.shown


@dataclass(frozen=True)
class Card:
    """A mounted card: its label if it has one, its file system, bytes in all and free."""

    place: Place
    label: str | None
    filesystem: str
    total_bytes: int
    free_bytes: int

    @property
    def used_bytes(self) -> int:
        return self.total_bytes - self.free_bytes


@dataclass(frozen=True)
class Folder:
    """One folder's inside: what can be entered, and how many files it holds itself."""

    place: Place
    parent: Place | None
    folders: list[Place]
    files: int


def place_named(token: str) -> str:
    """The path a token names, as `os.fsdecode` gives it. Refuses: NothingThere."""
    try:
        path = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        path = b"\0"
    if b"\0" in path:  # no path the system could open
        raise errors.NothingThere(path="?")
    return os.fsdecode(path)


def is_allowed(path: bytes, agency: Agency) -> bool:
    try:
        check_place(os.fsdecode(path), agency)
    except errors.PlaceNotAllowed:
        return False
    return True


def cards(agency: Agency, mounts: Path = MOUNTS, labels: Path = LABELS) -> list[Card]:
    """Mounted cards below the allowed folders, by mount point."""
    labelled = dict(labels_of(labels))
    found = []
    for line in mounts.read_bytes().splitlines():
        device, point, filesystem = map(unescaped, line.split(b" ")[:3])
        if os.fsdecode(filesystem) not in CARD_FILESYSTEMS or not is_allowed(point, agency):
            continue
        try:
            space = os.statvfs(point)
        except OSError:  # pulled out a moment ago
            continue
        label = labelled.get(os.path.realpath(device))
        total, free = space.f_blocks * space.f_frsize, space.f_bfree * space.f_frsize
        found.append(Card(Place(point), label, os.fsdecode(filesystem), total, free))
    return sorted(found, key=lambda card: card.place.path)


def labels_of(folder: Path) -> Iterator[tuple[bytes, str]]:
    """(device, label) as udev links them; `\\x20` stands for a blank there."""
    try:
        links = list(os.scandir(os.fsencode(folder)))
    except OSError:
        return
    for link in links:
        name = re.sub(rb"\\x([0-9a-fA-F]{2})", lambda m: bytes([int(m[1], 16)]), link.name)
        yield os.path.realpath(link.path), shown(name)


def unescaped(field: bytes) -> bytes:
    """proc(5): blank, tab, newline and backslash stand as three octal digits."""
    return re.sub(rb"\\([0-7]{3})", lambda m: bytes([int(m[1], 8) & 0xFF]), field)


def roots(agency: Agency) -> list[Place]:
    """The allowed folders that are there."""
    return [Place(os.fsencode(root)) for root in allowed_places(agency) if root.is_dir()]


def browse(place: str, agency: Agency) -> Folder:
    """Look into a folder. Refuses: PlaceNotAllowed, NothingThere."""
    check_place(place, agency)
    path = os.fsencode(place)
    folders, files = [], 0
    try:
        with os.scandir(path) as listing:
            for entry in listing:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(Place(entry.path))
                else:
                    files += 1
    except OSError:
        raise errors.NothingThere(path=shown(path)) from None
    above = os.path.dirname(path.rstrip(b"/"))
    return Folder(
        place=Place(path),
        parent=Place(above) if above and is_allowed(above, agency) else None,
        folders=sorted(folders, key=lambda one: one.path)[:MOST_ENTRIES],
        files=files,
    )
