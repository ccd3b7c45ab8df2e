"""Discs of the demonstration bureau: one case in duplicate, the first copy read back and stored;
an activity's, whose first copy is lent.

An image file stands in for the disc that was written.
"""

import shutil
import tempfile
from datetime import datetime, timedelta
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
        for first, second in write(case, case.name, keeper, at=now()):
            read_back(first, keeper, at=now())
            note_written(second, keeper, at=now())
    lately = Activity.objects.filter(arrived_at__gte=of_late(now()))
    seen = lately.filter(activity_recordings__isnull=False).order_by("pk").first()
    if seen:
        for first, second in write(seen, seen.place, keeper, at=now()):
            read_back(first, keeper, at=now())
            read_back(second, keeper, at=now())
            lend(second, keeper, at=now())


def write(subject: Any, name: str, keeper: Any, *, at: datetime) -> list[tuple[Any, Any]]:
    """Their images made: the two copies of each disc."""
    from liuhen.retention import disc_images, discs
    from liuhen.retention.discs import Order
    from liuhen.retention.models import Medium

    order = Order(name, "长期保存", Medium.DVD, with_papers=True)
    made = discs.make(subject, order, by=keeper, at=at)
    pairs = []
    for image in made.images.all():
        pieces = image.discs.select_related("image__disc_set__agency").order_by("copy")
        first, second = pieces[:2]
        for piece in (first, second):
            disc_images.make(piece, at=at)
        pairs.append((first, second))
    return pairs


def lend(disc: Any, keeper: Any, *, at: datetime) -> None:
    """To the bureau above, whose letter the custodian has seen, on the request that was granted."""
    from dataclasses import asdict

    from liuhen.access import lending
    from liuhen.access.asking import Outsider
    from liuhen.access.lending import Lot
    from liuhen.kernel.clock import in_china
    from liuhen.ops.demo_access import HOUR, approve_all, ask, scan_in
    from liuhen.retention import disc_handling, disc_queries
    from liuhen.retention.discs import disc_subject

    films = disc_queries.recordings_on(disc.image)
    above = Outsider("何科员", "市局法制科", "示市监法函〔2026〕8号", "110101199001011237")
    asked = ask(
        films, "official", "案卷评查", keeper, at=at - HOUR, outsider=above, wants_copy=True
    )
    scan_in(asked, keeper, at=at - HOUR)
    approve_all(asked, at=at - HOUR / 2)
    back = in_china(at).date() + timedelta(days=14)

    def hand_out(basis: Any) -> Any:
        more: dict[str, Any] = {"purpose": "案卷评查", "back_by": back}
        return disc_handling.lend(disc, **asdict(basis), **more, by=keeper, at=at)

    lot = Lot(disc_subject(disc), films, disc.image.disc_set.case)
    lending.lent(lot, asked.number, hand_out, by=keeper, at=at)


def note_written(disc: Any, keeper: Any, *, at: datetime) -> None:
    from liuhen.retention import disc_handling

    disc_handling.note_written(disc, by=keeper, at=at)


def read_back(disc: Any, keeper: Any, *, at: datetime) -> None:
    """Where discs are mounted, for as long as it takes."""
    from django.conf import settings

    from liuhen.retention import disc_handling, disc_images, disc_jobs
    from liuhen.retention.models import JobKind

    note_written(disc, keeper, at=at)
    roots = settings.LIUHEN_INTAKE_ROOTS
    with tempfile.TemporaryDirectory(prefix="liuhen-demo-") as mounted:
        place = Path(mounted) / "disc.iso"
        shutil.copy(disc_images.path_of(disc), place)
        settings.LIUHEN_INTAKE_ROOTS = [*roots, Path(mounted)]
        try:
            job = disc_jobs.ask(disc, JobKind.READ_BACK, str(place), by=keeper, at=at)
            disc_jobs.run(job, clock=lambda: at)
        finally:
            settings.LIUHEN_INTAKE_ROOTS = roots
    disc.refresh_from_db()
    disc_handling.store(disc, place="档案室 2 号柜 3 层", by=keeper, at=at)
