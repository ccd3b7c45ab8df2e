"""An evidence package on disc, in duplicate, for the case's file (chengde-safety 21,
luohe-livestock 16, weidong-market 11).

It is one whole that proves itself, so it lies on one disc and is not split; its own page and
manifests stand in for the tables other discs have.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.db import transaction

from liuhen.cases.dossier_files import FOOTAGE, DossierFile
from liuhen.cases.models import Case
from liuhen.custody import log
from liuhen.people.models import Officer
from liuhen.recordings import derived
from liuhen.recordings.models import Recording
from liuhen.retention import disc_planning, discs
from liuhen.retention.disc_contents import Content
from liuhen.retention.disc_planning import Item
from liuhen.retention.discs import Order
from liuhen.retention.models import DiscSet


class PackageFile(Protocol):
    """`key`: in the vault; else `where` it lies among what was made from recording `number`."""

    @property
    def path(self) -> str: ...
    @property
    def size_bytes(self) -> int: ...
    @property
    def sha256(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def where(self) -> Path | None: ...


class Package(Protocol):
    """As `access.packages` puts it together: `name` is its folder's, `texts` are by path."""

    @property
    def name(self) -> str: ...
    @property
    def files(self) -> Sequence[PackageFile]: ...
    @property
    def texts(self) -> Mapping[str, bytes]: ...


@transaction.atomic
def make(
    package: Package, extraction_no: str, case: Case, order: Order, *, by: Officer, at: datetime
) -> DiscSet:
    """Plan the disc with its copies, keep the package's texts as they are now, and have the
    worker write the images.

    Refuses: NotPermitted, NoSuchDisc, WordsMissing, TooFewCopies, FileTooLarge, FileFitsNoDisc.
    """
    order, asked = discs.checked(case, order, by=by, at=at)
    log.wait_for_turn()
    texts = {f"{package.name}/{path}": content for path, content in package.texts.items()}
    contents = contents_of(package, case)
    items = [Item(one.file.path, one.file.size_bytes) for one in contents]
    items += [Item(path, len(content)) for path, content in texts.items()]
    disc_planning.check_one_disc(items, order.medium, package.name)
    made = discs.enter(order, asked, case=case, extraction_no=extraction_no, by=by, at=at)
    image = discs.keep(made, 1, contents)
    discs.keep_texts(image, texts)
    discs.plan_pieces(image, 1)
    log.record_all(discs.acts_of(made, [range(len(contents))], contents, by=by, at=at))
    discs.have_made(made)
    return made


def contents_of(package: Package, case: Case) -> list[Content]:
    numbers = {one.number for one in package.files}
    rows = Recording.objects.filter(number__in=numbers).defer("examination")
    known = {row.number: row for row in rows}
    return [content_of(one, package.name, known[one.number], case) for one in package.files]


def content_of(one: PackageFile, folder: str, recording: Recording, case: Case) -> Content:
    derived_name = ""
    if one.where is not None:
        derived_name = one.where.relative_to(derived.folder(recording)).as_posix()
    file = DossierFile(
        path=f"{folder}/{one.path}",
        key=one.key,
        size_bytes=one.size_bytes,
        sha256=one.sha256,
        sm3=recording.sm3 if one.sha256 == recording.sha256 else "",
        at=recording.recorded_at,
        sort=FOOTAGE,
        case=case.case_no,
        activity="",
        title=recording.number,
        subject=f"recording:{recording.number}",
    )
    return Content(file, recording=recording, derived_name=derived_name)
