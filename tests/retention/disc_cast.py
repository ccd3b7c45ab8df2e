"""What tests of discs say in a word: a case with two films, a set of it, a disc and its steps.

An image file copied elsewhere stands in for a written disc; a worker's task is done at once.
"""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

import factories
from cases.paper_cast import PDF
from cases.paper_cast import keep as keep_paper
from factories import NOON
from liuhen.cases.models import Activity, ActivityRecording, Case
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording
from liuhen.regulations.models import Adoption
from liuhen.retention import disc_handling, disc_images, disc_jobs, discs
from liuhen.retention.discs import Order
from liuhen.retention.models import Disc, DiscImage, DiscJob, DiscSet, JobKind, Medium

LATER = NOON + timedelta(hours=1)
DAY = timedelta(days=1)
FILM = b"film of 2026-00000"


def keeper() -> Officer:
    return factories.officer("zhou")


def under(pack_id: str) -> None:
    """The bureau follows this regulation."""
    factories.agency()
    Adoption.objects.update(pack_id=pack_id)


def film(n: int = 1, activity: Activity | None = None, content: bytes | None = None) -> Recording:
    recording = factories.recording(f"2026-00000{n}", content or FILM + str(n).encode())
    if activity is not None:
        ActivityRecording.objects.create(
            activity=activity, recording=recording, was_proposed=False, linked_at=NOON,
            linked_by=factories.officer("li"),
        )  # fmt: skip
    return recording


def case(films: int = 2) -> Case:
    """With an activity, films of it, and a paper."""
    made = factories.case()
    activity = factories.activity(case=made)
    for n in range(1, films + 1):
        film(n, activity)
    keep_paper(PDF + b"1", case=made, title="决定书")
    return made


def order(**more: Any) -> Order:
    facts = {"title": "未公示卫生许可证案", "purpose": "长期保存", "medium": Medium.DVD}
    return Order(**facts | more)


def make(subject: Any = None, *, by: str = "zhou", **more: Any) -> DiscSet:
    whose = factories.officer(by)
    return discs.make(subject or case(), order(**more), by=whose, at=NOON)


def imaged(made: DiscSet | None = None, **more: Any) -> Disc:
    """The first disc's first copy; the images of all its copies are written."""
    image = (made or make(**more)).images.get(no=1)
    for piece in image.discs.exclude(state="replaced"):
        disc_images.make(fresh(piece.pk), at=NOON)
    return disc(image)


def disc(image: DiscImage | None = None, copy: int = 1) -> Disc:
    """One whose image is there, not written yet."""
    image = image or imaged().image
    return fresh(image.discs.exclude(state="replaced").get(copy=copy).pk)


def fresh(pk: int) -> Disc:
    return Disc.objects.select_related("image__disc_set__agency").get(pk=pk)


def drive(one: Disc, into: Path, name: str = "disc.iso") -> Path:
    """The image as it came onto a disc, below a folder that pages may read."""
    settings.LIUHEN_INTAKE_ROOTS = [into]
    return Path(shutil.copy(disc_images.path_of(one), into / name))


def written(into: Path, copy: int = 1) -> tuple[Disc, Path]:
    one = disc(copy=copy)
    place = drive(one, into)
    disc_handling.note_written(one, by=keeper(), at=NOON)
    return one, place


def job(one: Disc, kind: JobKind, place: Path | str, **more: Any) -> DiscJob:
    """Asked for and done."""
    asked = disc_jobs.ask(one, kind, str(place), by=keeper(), at=NOON, **more)
    disc_jobs.run(asked, clock=lambda: LATER)
    asked.refresh_from_db()
    one.refresh_from_db()
    return asked


def stored(into: Path, copy: int = 1) -> tuple[Disc, Path]:
    one, place = written(into, copy)
    job(one, JobKind.READ_BACK, place)
    disc_handling.store(one, place="档案室2号柜", by=keeper(), at=LATER)
    return one, place
