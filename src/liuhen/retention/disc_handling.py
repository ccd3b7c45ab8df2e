"""What is done to one disc by hand: written elsewhere, stored, lent, taken back, replaced."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may
from liuhen.retention import disc_errors as errors
from liuhen.retention import disc_identity, disc_images, discs
from liuhen.retention.disc_identity import disc_no
from liuhen.retention.disc_states import DISC, Step, allows
from liuhen.retention.discs import need
from liuhen.retention.models import Disc, DiscLoan, DiscState


def check_keeps(disc: Disc, by: Officer) -> None:
    """Refuses: NotPermitted, NoSuchDisc."""
    disc_images.check_keeps(disc.image, by)


def may_take(step: Step, disc: Disc, by: Officer) -> bool:
    mine = disc.image.disc_set.agency_id == by.agency_id
    return mine and may(by, Permission.KEEP_DISCS) and allows(step, disc.state)


def move(disc: Disc, step: Step, **said: Any) -> None:
    """Compare-and-set by the table: of two at once one is told how it stands. Refuses: WrongStep"""
    sources, target = DISC[step]
    moved = Disc.objects.filter(pk=disc.pk, state__in=sources).update(state=target, **said)
    disc.refresh_from_db(fields=["state", *said])
    if not moved:
        state = DiscState(disc.state).label
        raise errors.WrongStep(disc=disc_no(disc), state=state)


def check_idle(disc: Disc) -> None:
    """Nothing is done by hand while a drive has it. Refuses: JobUnderWay."""
    under_way = disc.jobs.filter(finished_at=None).first()
    if under_way is not None:
        job = under_way.get_kind_display()
        raise errors.JobUnderWay(disc=disc_no(disc), job=job)


def record(kind: Kind, disc: Disc, by: Officer, at: datetime, **facts: Any) -> None:
    log.record(kind, subject=discs.disc_subject(disc), by=by, at=at, **facts)


@transaction.atomic
def note_written(disc: Disc, *, by: Officer, at: datetime) -> None:
    """It was written on another computer from the image. It counts for nothing before it is read.

    Refuses: NotPermitted, NoSuchDisc, JobUnderWay, NoImage, WrongStep.
    """
    check_keeps(disc, by)
    log.wait_for_turn()
    check_idle(disc)
    if disc.made_at is None:
        raise errors.NoImage()
    wrote(disc, "by_hand", by=by, at=at)


def wrote(disc: Disc, how: str, *, by: Officer, at: datetime) -> None:
    """In the caller's transaction and the log's turn."""
    move(disc, Step.WRITE, written_at=at, written_by=by)
    record(Kind.DISC_WRITTEN, disc, by, at, how=how, image_sha256=disc.sha256, mark=disc.mark)


@transaction.atomic
def store(disc: Disc, *, place: str, by: Officer, at: datetime) -> None:
    """Put where it is kept from now on; a stored one is moved.

    Refuses: NotPermitted, NoSuchDisc, WordsMissing, JobUnderWay, WrongStep.
    """
    check_keeps(disc, by)
    place = need(place, _("存放地点"))[:100]
    log.wait_for_turn()
    check_idle(disc)
    move(disc, Step.STORE, place=place, stored_at=at)
    record(Kind.DISC_STORED, disc, by, at, place=place)


@transaction.atomic
def lend(
    disc: Disc,
    *,
    to_whom: str,
    purpose: str,
    request_no: str = "",
    pack_id: str = "",
    article: int | None = None,
    back_by: date | None = None,
    by: Officer,
    at: datetime,
) -> DiscLoan:
    """Give it into somebody's hands, on the approved request, or by the article that needs none;
    whether that one allows it `access.lending` asks.

    Refuses: NotPermitted, NoSuchDisc, WordsMissing, JobUnderWay, WrongStep, LentTwice.
    """
    check_keeps(disc, by)
    if article is None:
        request_no = need(request_no, _("调阅申请编号"))
    said: dict[str, Any] = {
        "to_whom": need(to_whom, _("借用人"))[:100],
        "purpose": need(purpose, _("用途"))[:200],
        "request_no": request_no,
        "pack_id": pack_id,
        "article": article,
    }
    log.wait_for_turn()
    check_idle(disc)
    move(disc, Step.LEND)
    try:
        with transaction.atomic():
            loan = DiscLoan.objects.create(
                disc=disc, back_by_date=back_by, lent_at=at, lent_by=by, **said
            )
    except IntegrityError:
        raise errors.LentTwice(disc=disc_no(disc)) from None
    back = back_by.isoformat() if back_by else None
    record(Kind.DISC_LENT, disc, by, at, back_by=back, **said)
    return loan


@transaction.atomic
def take_back(disc: Disc, *, condition: str = "", by: Officer, at: datetime) -> None:
    """Refuses: NotPermitted, NoSuchDisc, WrongStep."""
    check_keeps(disc, by)
    log.wait_for_turn()
    move(disc, Step.TAKE_BACK)
    said = {"returned_at": at, "returned_to": by, "condition": condition.strip()[:200]}
    disc.loans.filter(returned_at=None).update(**said)
    record(Kind.DISC_RETURNED, disc, by, at, condition=said["condition"])


@transaction.atomic
def replace(disc: Disc, *, reason: str, by: Officer, at: datetime) -> Disc:
    """A new piece for one that no longer reads, or was lost; the old one is told apart for good.

    Refuses: NotPermitted, NoSuchDisc, WordsMissing, JobUnderWay, WrongStep.
    """
    from liuhen.retention import disc_tasks

    check_keeps(disc, by)
    reason = need(reason, _("原因"))[:200]
    log.wait_for_turn()
    check_idle(disc)
    move(disc, Step.REPLACE)
    disc.loans.filter(returned_at=None).update(returned_at=at, returned_to=by, condition=reason)
    of = disc.image.disc_set.images.count()
    new = disc_identity.piece(disc.image, of, disc.copy, replaces=disc)
    new.save()
    record(Kind.DISC_REPLACED, disc, by, at, reason=reason, new=new.pk, mark=new.mark)
    disc_images.clear(disc)
    disc_tasks.make_image.enqueue(new.pk)
    return new
