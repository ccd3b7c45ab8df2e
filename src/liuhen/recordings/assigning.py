"""Whose recording is it? Set by hand where intake could not know."""

from datetime import datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer
from liuhen.recordings.errors import AssignedMeanwhile, AssignedToYourself
from liuhen.recordings.models import Recording
from liuhen.recordings.search import keeping


@transaction.atomic
def assign(recording: Recording, officer: Officer, *, by: Officer, at: datetime) -> None:
    """Say who made the recording; the unit follows. The event keeps who it was before.

    Not oneself: what one made, one may play. Refuses: AssignedToYourself, AssignedMeanwhile.
    """
    log.wait_for_turn()
    if officer.pk == by.pk:
        raise AssignedToYourself(number=recording.number)
    before = recording.officer.officer_cert_no if recording.officer else None
    moved = Recording.objects.filter(pk=recording.pk, officer=recording.officer).update(
        officer=officer,
        unit=officer.unit,
        search_text=f"{recording.search_text} {officer.name} {officer.officer_cert_no or ''}",
    )
    if not moved:
        raise AssignedMeanwhile(number=recording.number)
    keeping.refresh([recording.pk])
    log.record(
        Kind.RECORDING_ASSIGNED,
        subject=f"recording:{recording.number}",
        by=by,
        at=at,
        officer=officer.officer_cert_no or officer.login,
        before=before,
    )
