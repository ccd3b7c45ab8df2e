"""Reading a disc and comparing it, file by file, with what was put on it."""

import hashlib
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from liuhen.engines.paper.disc_reading import DiscSource, LinkOnDisc, NoDisc, opened
from liuhen.people.models import Agency
from liuhen.recordings import own_folders
from liuhen.recordings.batches import allowed_places
from liuhen.recordings.errors import OwnFolder
from liuhen.recordings.names import shown
from liuhen.retention import disc_errors as errors
from liuhen.retention import disc_identity
from liuhen.retention.disc_identity import copy_name, disc_no
from liuhen.retention.models import Disc, DiscImage, DiscState

CHUNK_BYTES = 1 << 20
FAULTS_KEPT = 50

MISSING, DIFFERS, UNREADABLE, LINK = "missing", "differs", "unreadable", "link"


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


def originals_on(image: DiscImage) -> list[Wanted]:
    rows = image.files.order_by("path").values_list("path", "sha256")
    return [Wanted(path, sha256) for path, sha256 in rows]


def beside(disc: Disc) -> list[Wanted]:
    """The tables, the manifests and what tells the piece apart: read every time, for without them
    nobody finds or verifies the rest."""
    rows = disc.image.texts.order_by("path").values_list("path", "sha256")
    # A disc written before pieces had one of their own bears none.
    mark = hashlib.sha256(disc.identity.encode()).hexdigest()
    own = [Wanted(disc_identity.PATH, mark)] if disc.identity else []
    return [*own, *(Wanted(path, sha256) for path, sha256 in rows)]


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
    disc: Disc,
    place: Path,
    wanted: Sequence[Wanted],
    total_files: int,
    tell: Callable[[int], None] = lambda done: None,
) -> Read:
    """Read these files and compare each. A file that fails is told of, and the next one read.

    Refuses: NoDiscThere, OtherDisc.
    """
    try:
        with opened(place) as source:
            check_piece(source, disc)
            found = Read(source.where, total_files)
            for one in wanted:
                compare(source, one, found, tell)
            return found
    except (NoDisc, OSError):
        raise errors.NoDiscThere(path=str(place)) from None


def check_piece(source: DiscSource, disc: Disc) -> None:
    """It is this very piece, not its twin, nor any other disc. Refuses: OtherDisc.

    One whose identity does not read, or is nobody's, is damaged: reading tells.
    """
    try:
        with source.open(disc_identity.PATH) as stream:
            content = stream.read(disc_identity.MOST_BYTES)
    except OSError:
        return
    mark = disc_identity.mark_in(content)
    if mark is None or mark == disc.mark:
        return
    mine = Disc.objects.filter(image__disc_set__agency=disc.image.disc_set.agency_id, mark=mark)
    other = mine.select_related("image__disc_set").first()
    if other is None and disc_identity.claims_number(content, disc):
        return
    strange = _("其他单位或者系统的光盘（标识码 %(mark)s）") % {"mark": mark}
    raise errors.OtherDisc(found=told_of(other) if other else strange, disc=disc_no(disc))


def told_of(disc: Disc) -> str:
    told = f"{disc_no(disc)}（{copy_name(disc.copy)}）"
    is_old = disc.state == DiscState.REPLACED
    return _("%(disc)s，已更换的旧盘") % {"disc": told} if is_old else told


def compare(source: DiscSource, one: Wanted, found: Read, tell: Callable[[int], None]) -> None:
    found.read_files += 1
    try:
        with source.open(one.path) as stream:
            digest = digest_of(stream, found, tell)
    except FileNotFoundError:
        found.fault(one.path, MISSING)
    except LinkOnDisc:
        found.fault(one.path, LINK)
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
