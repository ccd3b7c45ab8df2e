"""What takes a drive's time: burning, reading back, checking. Asked for on a page, done by the
worker, one at a time for each disc.

Done twice, or killed anywhere, a reading is simply done again; a disc that was half written is
refused by the drive, and a new one is put in.
"""

import secrets
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.recordings import locks
from liuhen.retention import disc_burning, disc_handling, disc_images, disc_reading
from liuhen.retention import disc_errors as errors
from liuhen.retention.disc_handling import check_keeps, move, record
from liuhen.retention.disc_identity import disc_no
from liuhen.retention.disc_reading import Read
from liuhen.retention.disc_states import Step, allows
from liuhen.retention.models import Disc, DiscCheck, DiscJob, DiscState, JobKind, Reading

STEPS = {JobKind.BURN: Step.WRITE, JobKind.READ_BACK: Step.READ_BACK, JobKind.CHECK: Step.SOUND}
TOLD_BYTES = 64 << 20


@transaction.atomic
def ask(
    disc: Disc, kind: JobKind, place: str, *, is_whole: bool = True, by: Officer, at: datetime
) -> DiscJob:
    """Have the worker do it. Reading back is always of the whole disc.

    Refuses: NotPermitted, NoSuchDisc, WrongStep, NoImage, NoDrive, PlaceNotAllowed, NoDiscThere,
    JobUnderWay.
    """
    from liuhen.retention import disc_tasks

    check_keeps(disc, by)
    log.wait_for_turn()
    disc.refresh_from_db()
    if not allows(STEPS[kind], disc.state):
        state = DiscState(disc.state).label
        raise errors.WrongStep(disc=disc_no(disc), state=state)
    disc_handling.check_idle(disc)
    if kind == JobKind.BURN:
        disc_burning.check(place)
        if not disc_images.is_there(disc):
            raise errors.NoImage()
    else:
        disc_reading.check_place(place, by.agency)
    try:
        with transaction.atomic():
            job = DiscJob.objects.create(
                disc=disc,
                kind=kind,
                place=place[:500],
                is_whole=is_whole or kind != JobKind.CHECK,
                asked_at=at,
                asked_by=by,
            )
    except IntegrityError:  # two at once
        raise errors.JobUnderWay(disc=disc_no(disc), job=kind.label) from None
    disc_tasks.do_job.enqueue(job.pk)
    return job


def run(job: DiscJob, *, clock: Callable[[], datetime]) -> None:
    """What stops it is kept on its row, for the page to show; the disc stays as it was."""
    with locks.held(f"disc_job{job.pk}") as is_ours:
        job.refresh_from_db()
        if is_ours and job.finished_at is None:
            do(job, clock)


def do(job: DiscJob, clock: Callable[[], datetime]) -> None:
    """Raises what nobody foresaw, for the worker's own record; the job has ended all the same, or
    the disc could never be handled again."""
    deeds = {JobKind.BURN: burn, JobKind.READ_BACK: read_back, JobKind.CHECK: check}
    try:
        deeds[JobKind(job.kind)](job, clock)
    except (Refusal, disc_burning.BurnFailed) as failed:
        stop(job, failed.text if isinstance(failed, Refusal) else str(failed), at=clock())
    except Exception as fault:
        why = f"{type(fault).__name__}: {fault}"
        stop(job, _("系统出错（%(why)s），没有完成，请报告系统管理员。") % {"why": why}, at=clock())
        raise


def stop(job: DiscJob, problem: str, *, at: datetime) -> None:
    DiscJob.objects.filter(pk=job.pk).update(finished_at=at, problem=problem[:500])


def burn(job: DiscJob, clock: Callable[[], datetime]) -> None:
    """Raises: BurnFailed. Refuses: NoDrive, NoImage, WrongStep."""
    disc = job.disc
    if not disc_images.is_there(disc):
        raise errors.NoImage()
    disc_burning.burn(disc_images.path_of(disc), job.place)
    with transaction.atomic():
        log.wait_for_turn()
        disc_handling.wrote(disc, "drive", by=job.asked_by, at=clock())
        finish(job, clock())


def read_back(job: DiscJob, clock: Callable[[], datetime]) -> None:
    """The whole disc against what was put on it: it is right, or it is spoilt."""
    found = reading(job, percent=100, seed="")
    with transaction.atomic():
        log.wait_for_turn()
        step = Step.SPOIL if found.errors else Step.READ_BACK
        conclude(job, Reading.BACK, step, found, seed="", at=clock())
        if not found.errors:
            disc_images.clear(job.disc)


def check(job: DiscJob, clock: Callable[[], datetime]) -> None:
    """A sample, or the whole; one file that no longer reads condemns the disc."""
    seed = "" if job.is_whole else secrets.token_hex(8)
    percent = 100 if job.is_whole else settings.LIUHEN_DISC_PERCENT
    found = reading(job, percent=percent, seed=seed)
    with transaction.atomic():
        log.wait_for_turn()
        step = Step.UNSOUND if found.errors else Step.SOUND
        conclude(job, Reading.CHECK, step, found, seed=seed, at=clock())


def reading(job: DiscJob, *, percent: int, seed: str) -> Read:
    place = disc_reading.check_place(job.place, job.disc.image.disc_set.agency)
    originals, beside = disc_reading.originals_on(job.disc.image), disc_reading.beside(job.disc)
    wanted = [*disc_reading.sample(originals, percent, seed), *beside]
    total = sum(job.disc.image.files.values_list("size_bytes", flat=True))
    DiscJob.objects.filter(pk=job.pk).update(done_bytes=0, total_bytes=total * percent // 100)
    told = 0

    def tell(done: int) -> None:
        nonlocal told
        if done - told >= TOLD_BYTES:
            told = done
            DiscJob.objects.filter(pk=job.pk).update(done_bytes=done)

    total_files = len(originals) + len(beside)
    return disc_reading.read(job.disc, place, wanted, total_files, tell)


def conclude(
    job: DiscJob, kind: Reading, step: Step, found: Read, *, seed: str, at: datetime
) -> None:
    """The disc's state, the reading's row, the event and the job's end: all or nothing."""
    disc = job.disc
    move(disc, step, **({} if found.errors else {"read_at": at}))
    DiscCheck.objects.create(
        disc=disc,
        reading=kind,
        at=at,
        by=job.asked_by,
        source=job.place,
        where=found.where,
        total_files=found.total_files,
        read_files=found.read_files,
        read_bytes=found.read_bytes,
        errors=found.errors,
        faults=found.faults,
        seed=seed,
    )
    event = Kind.DISC_READ_BACK if kind == Reading.BACK else Kind.DISC_CHECKED
    facts = {
        "source": job.place,
        "where": found.where,
        "files": found.total_files,
        "read": found.read_files,
        "bytes": found.read_bytes,
        "errors": found.errors,
        "faults": [list(one) for one in found.faults[:20]],
        "seed": seed,
        "mark": disc.mark,
    }
    record(event, disc, job.asked_by, at, **facts)
    finish(job, at)


def finish(job: DiscJob, at: datetime) -> None:
    DiscJob.objects.filter(pk=job.pk).update(finished_at=at)
