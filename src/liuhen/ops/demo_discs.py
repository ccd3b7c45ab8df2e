"""Discs of the demonstration bureau: one case in duplicate, the first copy read back and stored;
an activity's, whose first copy is lent.

An image file stands in for the disc that was written.
"""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any


def make() -> None:
    """After its cases are there: of the first one that has recordings, and of an activity."""
    from liuhen.cases.models import Activity, Case
    from liuhen.kernel.clock import now
    from liuhen.ops.demo_past import of_late
    from liuhen.people.models import Officer

    keeper = Officer.objects.select_related("agency").get(login="baoguan")
    filmed = Case.objects.filter(activities__activity_recordings__isnull=False)
    if case := filmed.order_by("pk").first():
        for first, second in write(case, case.name, keeper):
            read_back(first, keeper)
            note_written(second, keeper)
    lately = Activity.objects.filter(arrived_at__gte=of_late(now()))
    seen = lately.filter(activity_recordings__isnull=False).order_by("pk").first()
    if seen:
        for first, second in write(seen, seen.place, keeper):
            read_back(first, keeper)
            read_back(second, keeper)
            lend(second, keeper)


def write(subject: Any, name: str, keeper: Any) -> list[tuple[Any, Any]]:
    """Their images made: the two copies of each disc."""
    from liuhen.kernel.clock import now
    from liuhen.retention import disc_images, discs
    from liuhen.retention.discs import Order
    from liuhen.retention.models import Medium

    order = Order(name, "长期保存", Medium.DVD, with_papers=True)
    made = discs.make(subject, order, by=keeper, at=now())
    pairs = []
    for image in made.images.select_related("disc_set__agency"):
        disc_images.make(image, at=now())
        pieces = image.discs.select_related("image__disc_set__agency").order_by("copy")
        first, second = pieces[:2]
        pairs.append((first, second))
    return pairs


def lend(disc: Any, keeper: Any) -> None:
    from liuhen.kernel.clock import in_china, now
    from liuhen.retention import disc_handling

    back = in_china(now()).date() + timedelta(days=14)
    disc_handling.lend(
        disc, to_whom="市局法制科 何某", purpose="案卷评查", basis="局领导批示（2026）第 8 号",
        back_by=back, by=keeper, at=now(),
    )  # fmt: skip


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
        shutil.copy(disc_images.path_of(disc.image), place)
        settings.LIUHEN_INTAKE_ROOTS = [*roots, Path(mounted)]
        try:
            job = disc_jobs.ask(disc, JobKind.READ_BACK, str(place), by=keeper, at=now())
            disc_jobs.run(job, clock=now)
        finally:
            settings.LIUHEN_INTAKE_ROOTS = roots
    disc.refresh_from_db()
    disc_handling.store(disc, place="档案室 2 号柜 3 层", by=keeper, at=now())
