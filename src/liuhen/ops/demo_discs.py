"""Discs of the demonstration bureau: one case in duplicate, the first copy read back and stored.

An image file stands in for the disc that was written.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any


def make() -> None:
    """After its cases are there; of the first one that has recordings."""
    from liuhen.cases.models import Case
    from liuhen.kernel.clock import now
    from liuhen.people.models import Officer
    from liuhen.retention import disc_images, discs
    from liuhen.retention.discs import Order
    from liuhen.retention.models import Medium

    keeper = Officer.objects.select_related("agency").get(login="baoguan")
    filmed = Case.objects.filter(activities__activity_recordings__isnull=False)
    case = filmed.order_by("pk").first()
    if case is None:
        return
    order = Order(case.name, "长期保存", Medium.DVD, with_papers=True)
    made = discs.make(case, order, by=keeper, at=now())
    for image in made.images.all():
        pieces = image.discs.select_related("image__disc_set__agency").order_by("copy")
        first, second = pieces[:2]
        for piece in (first, second):
            disc_images.make(piece, at=now())
        read_back(first, keeper)
        note_written(second, keeper)


def note_written(disc: Any, keeper: Any) -> None:
    from liuhen.kernel.clock import now
    from liuhen.retention import disc_handling

    disc_handling.note_written(disc, by=keeper, at=now())


def read_back(disc: Any, keeper: Any) -> None:
    """Where discs are mounted, for as long as it takes."""
    from django.conf import settings

    from liuhen.kernel.clock import now
    from liuhen.retention import disc_handling, disc_images, disc_jobs
    from liuhen.retention.models import JobKind

    note_written(disc, keeper)
    roots = settings.LIUHEN_INTAKE_ROOTS
    with tempfile.TemporaryDirectory(prefix="liuhen-demo-") as mounted:
        place = Path(mounted) / "disc.iso"
        shutil.copy(disc_images.path_of(disc), place)
        settings.LIUHEN_INTAKE_ROOTS = [*roots, Path(mounted)]
        try:
            job = disc_jobs.ask(disc, JobKind.READ_BACK, str(place), by=keeper, at=now())
            disc_jobs.run(job, clock=now)
        finally:
            settings.LIUHEN_INTAKE_ROOTS = roots
    disc.refresh_from_db()
    disc_handling.store(disc, place="档案室 2 号柜 3 层", by=keeper, at=now())
