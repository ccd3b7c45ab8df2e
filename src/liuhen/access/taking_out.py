"""An original leaves the house: only what a copy's grant covers, and the register says so."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from liuhen.access import rights, viewing
from liuhen.access.errors import NoCopy
from liuhen.cases import dossier_export
from liuhen.cases.dossier_export import Export
from liuhen.cases.models import Party
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.people.models import Officer
from liuhen.recordings import disposing, queries
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.models import Recording

PREFIX = "recording:"
T = TypeVar("T")


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


def all_in(
    what: str,
    recordings: Iterable[Recording],
    hand_out: Callable[[], T],
    *,
    by: Officer,
    at: datetime,
) -> T:
    """Several originals in one piece, such as a disc's image; `what`, its subject in the log,
    stands in each one's event. `hand_out` gives it, in the same transaction.

    Refuses: as `hand_out`; NoSuchRecording, Disposed, NoCopy, which is in the log.
    """
    try:
        return granted_in(what, list(recordings), hand_out, by=by, at=at)
    except NoCopy as refused:
        viewing.note_denied(f"{PREFIX}{refused.facts['number']}", refused, by=by, at=at)
        raise


@transaction.atomic
def granted_in(
    what: str,
    recordings: list[Recording],
    hand_out: Callable[[], T],
    *,
    by: Officer,
    at: datetime,
) -> T:
    log.wait_for_turn()
    keys = {one.pk for one in recordings}
    seen = queries.visible_to(by, at=at).filter(pk__in=keys)
    now = list(seen.select_related("agency").defer("examination").order_by("number"))
    known = {one.pk for one in now}
    if unknown := next((one for one in recordings if one.pk not in known), None):
        raise NoSuchRecording(number=unknown.number)
    acts = []
    for one, right in rights.check_copies(by, now, at=at):
        disposing.check_row(one)
        facts = {"within": what} | ({"request": right.grant.request.number} if right.grant else {})
        acts.append(Act(Kind.RECORDING_EXPORTED, f"{PREFIX}{one.number}", by, at, facts))
        viewing.enter(one, right, by=by, at=at, what=viewing.COPY)
    log.record_all(acts)
    return hand_out()


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
