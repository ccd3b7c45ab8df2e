"""An original leaves the house: only what a copy's grant covers, and the register says so."""

from datetime import datetime

from django.db import transaction

from liuhen.access import rights, viewing
from liuhen.access.errors import NoCopy
from liuhen.cases import dossier_export
from liuhen.cases.dossier_export import Export
from liuhen.cases.models import Party
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer
from liuhen.recordings import disposing, queries
from liuhen.recordings.models import Recording

PREFIX = "recording:"


def dossier(party: Party, *, reason: str, by: Officer, at: datetime) -> Export:
    """A party's papers and recordings. Refuses: as `dossier_export.for_officer`, NoCopy, which is
    in the log."""
    try:
        return granted_dossier(party, reason=reason, by=by, at=at)
    except NoCopy as refused:
        viewing.note_denied(f"{PREFIX}{refused.facts['number']}", refused, by=by, at=at)
        raise


def original(number: str, *, by: Officer, at: datetime) -> Recording:
    """One recording, to be taken along. Refuses: NoSuchRecording, Disposed, NoCopy, which is in
    the log."""
    try:
        return granted_original(number, by=by, at=at)
    except NoCopy as refused:
        viewing.note_denied(f"{PREFIX}{number}", refused, by=by, at=at)
        raise


@transaction.atomic
def granted_original(number: str, *, by: Officer, at: datetime) -> Recording:
    log.wait_for_turn()
    recording = queries.get_visible(number, by, at=at)
    disposing.check_row(recording)
    [(recording, right)] = rights.check_copies(by, [recording], at=at)
    request = right.grant.request if right.grant else None
    facts = {"request": request.number} if request else {}
    log.record(Kind.RECORDING_EXPORTED, subject=f"{PREFIX}{number}", by=by, at=at, **facts)
    viewing.enter(recording, right, by=by, at=at, what=viewing.COPY)
    return recording


def not_by_ticket(recording: Recording, *, by: Officer, at: datetime) -> NoCopy:
    """A ticket is for looking; who wants to save what it opens is told how, and is in the log."""
    refused = rights.no_copy(by, recording, at=at)
    viewing.note_denied(f"{PREFIX}{recording.number}", refused, by=by, at=at)
    return refused


@transaction.atomic
def granted_dossier(party: Party, *, reason: str, by: Officer, at: datetime) -> Export:
    log.wait_for_turn()
    export = dossier_export.for_officer(party, reason=reason, by=by, at=at)
    numbers = [one.subject.removeprefix(PREFIX) for one in export.files if is_footage(one.subject)]
    footage = list(Recording.objects.filter(number__in=numbers).order_by("number"))
    for recording, right in rights.check_copies(by, footage, at=at):
        viewing.enter(recording, right, by=by, at=at, what=viewing.COPY)
    return export


def is_footage(subject: str) -> bool:
    return subject.startswith(PREFIX)
