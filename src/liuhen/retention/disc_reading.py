"""Reading a disc and comparing it, file by file, with what was put on it."""

import hashlib
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from liuhen.engines.paper.disc_reading import DiscSource, NoDisc, opened
from liuhen.people.models import Agency
from liuhen.recordings import own_folders
from liuhen.recordings.batches import allowed_places
from liuhen.recordings.errors import OwnFolder
from liuhen.recordings.names import shown
from liuhen.retention import disc_errors as errors
from liuhen.retention.models import DiscImage

CHUNK_BYTES = 1 << 20
FAULTS_KEPT = 50

MISSING, DIFFERS, UNREADABLE = "missing", "differs", "unreadable"


@dataclass(frozen=True, slots=True)
class Wanted:
    path: str
    sha256: str


@dataclass
class Read:
    """What a reading came to. `faults`: (path, what) of the first FAULTS_KEPT of `errors`."""

    where: str
    total_files: int
    read_files: int = 0
    read_bytes: int = 0
    errors: int = 0
    faults: list[tuple[str, str]] = field(default_factory=list)

    def fault(self, path: str, what: str) -> None:
        self.errors += 1
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append((path, what))


def wanted_on(image: DiscImage) -> list[Wanted]:
    """All that stands on the disc: the originals' copies, and the tables beside them."""
    rows = image.files.order_by("path").values_list("path", "sha256")
    beside = sorted(image.texts.items())
    return [Wanted(path, sha256) for path, sha256 in (*rows, *beside)]


def sample(of: Sequence[Wanted], percent: int, seed: str) -> list[Wanted]:
    """At least one, and at least `percent` of all; the same ones for the same seed."""
    count = max(1, -(-len(of) * percent // 100))
    if count >= len(of):
        return list(of)
    chosen = random.Random(seed).sample(range(len(of)), count)  # noqa: S311 -- no secret
    return [of[n] for n in sorted(chosen)]


def drives() -> list[str]:
    """The drives this computer has, of those a page may use.

    `stdio:/a/file` is xorriso's name for a file in a drive's place.
    """
    named = settings.LIUHEN_DISC_DRIVES
    return [drive for drive in named if Path(drive.removeprefix("stdio:")).exists()]


def check_place(place: str, agency: Agency) -> Path:
    """A drive, or a mounted disc or an image file below the folders a page may read.

    What this installation keeps itself is no disc: its own image would always be right.
    Refuses: PlaceNotAllowed, NoDiscThere.
    """
    roots, path = allowed_places(agency), shown(os.fsencode(place))
    no = errors.PlaceNotAllowed(
        path=path, drives="、".join(drives()) or "—", roots="、".join(map(str, roots))
    )
    if "\0" in place:
        raise no
    real = Path(os.path.realpath(place))
    below = any(real.is_relative_to(os.path.realpath(root)) for root in roots)
    if place not in drives() and not below:
        raise no
    if not real.exists():
        raise errors.NoDiscThere(path=path)
    try:
        own_folders.check_outside(os.fsencode(real))
    except OwnFolder:
        raise no from None
    return real


def read(
    place: Path,
    wanted: Sequence[Wanted],
    total_files: int,
    tell: Callable[[int], None] = lambda done: None,
) -> Read:
    """Read these files and compare each. A file that fails is told of, and the next one read.

    Refuses: NoDiscThere.
    """
    try:
        with opened(place) as source:
            found = Read(source.where, total_files)
            for one in wanted:
                compare(source, one, found, tell)
            return found
    except (NoDisc, OSError):
        raise errors.NoDiscThere(path=str(place)) from None


def compare(source: DiscSource, one: Wanted, found: Read, tell: Callable[[int], None]) -> None:
    found.read_files += 1
    try:
        with source.open(one.path) as stream:
            digest = digest_of(stream, found, tell)
    except FileNotFoundError:
        found.fault(one.path, MISSING)
    except OSError:
        found.fault(one.path, UNREADABLE)
    else:
        if digest != one.sha256:
            found.fault(one.path, DIFFERS)


def digest_of(stream: BinaryIO, found: Read, tell: Callable[[int], None]) -> str:
    hasher = hashlib.sha256()
    while chunk := stream.read(CHUNK_BYTES):
        hasher.update(chunk)
        found.read_bytes += len(chunk)
        tell(found.read_bytes)
    return hasher.hexdigest()
