"""Who else took part in what a recording shows: they see it as their own."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.queries import those_who_record
from liuhen.recordings import errors
from liuhen.recordings.models import Recording, Share


@transaction.atomic
def share(recording: Recording, officer: Officer, *, by: Officer, at: datetime) -> Share:
    """Enter `officer` beside the one who recorded; another person than `by`, who would let
    themselves in.

    Refuses: NotYoursToShare, SharedWithYourself, CannotShareWith, SharedAlready.
    """
    current = check_may_share(recording, by)
    if officer.pk == by.pk and recording.officer_id != by.pk:
        raise errors.SharedWithYourself(number=current.number)
    named = {"officer": officer.name, "number": current.number}
    if not candidates(current).filter(pk=officer.pk).exists():
        raise errors.CannotShareWith(**named)
    try:
        with transaction.atomic():
            made = Share.objects.create(
                recording=current, officer=officer, shared_at=at, shared_by=by
            )
    except IntegrityError:
        raise errors.SharedAlready(**named) from None
    record(Kind.RECORDING_SHARED, current, officer, by=by, at=at)
    return made


@transaction.atomic
def unshare(recording: Recording, officer: Officer, *, by: Officer, at: datetime) -> None:
    """Strike `officer` out again; the log keeps both. Refuses: NotYoursToShare, NotShared."""
    current = check_may_share(recording, by)
    gone, _rows = Share.objects.filter(recording=current, officer=officer).delete()
    if not gone:
        raise errors.NotShared(officer=officer.name, number=current.number)
    record(Kind.RECORDING_UNSHARED, current, officer, by=by, at=at)


def record(
    kind: Kind, recording: Recording, officer: Officer, *, by: Officer, at: datetime
) -> None:
    log.record(
        kind,
        subject=f"recording:{recording.number}",
        by=by,
        at=at,
        officer=officer.officer_cert_no or officer.login,
        officer_row=officer.pk,
        name=officer.name,
    )


def may_share(recording: Recording, officer: Officer) -> bool:
    """Whoever recorded it, the head of its unit, and the bureau's custodian."""
    if recording.agency_id != officer.agency_id:
        return False
    granted = permissions_of(officer)
    is_custodian = {Permission.SEE_AGENCY, Permission.TAKE_IN} <= granted
    is_maker = Permission.SEE_OWN in granted and recording.officer_id == officer.pk
    heads = Permission.SEE_UNIT in granted and officer.unit_id is not None
    return is_custodian or is_maker or (heads and recording.unit_id == officer.unit_id)


def check_may_share(recording: Recording, officer: Officer) -> Recording:
    """The recording as it stands now. Refuses: NotYoursToShare."""
    current = Recording.objects.get(pk=recording.pk)
    if not may_share(current, officer):
        raise errors.NotYoursToShare(number=current.number)
    return current


def candidates(recording: Recording) -> QuerySet[Officer]:
    """Who can have taken part: the bureau's own active officers, no administrator, not the maker.

    Those entered already are among them.
    """
    return but_the_maker(those_who_record(recording.agency), recording)


def shared_with(recording: Recording) -> QuerySet[Officer]:
    """The others who took part, by name. Its maker, if assigned meanwhile, is no longer one."""
    rows = Officer.objects.filter(shares__recording=recording).order_by("name", "pk")
    return but_the_maker(rows, recording)


def but_the_maker(rows: QuerySet[Officer], recording: Recording) -> QuerySet[Officer]:
    return rows if recording.officer_id is None else rows.exclude(pk=recording.officer_id)
