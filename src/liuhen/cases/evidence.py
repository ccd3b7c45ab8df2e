"""Recordings used as evidence in a case: from then on they are kept as long as its file.

The articles on retention say so (`retention_as_evidence`); what follows from it is `retention`'s.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from liuhen.cases import case_files
from liuhen.cases import evidence_errors as errors
from liuhen.cases.errors import ReasonBlank
from liuhen.cases.models import Case, Exhibit
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer
from liuhen.people.spelling import seen
from liuhen.recordings import disposing, queries
from liuhen.recordings.models import Recording

MOST_WORDS = 200


def exhibits_of(case: Case) -> QuerySet[Exhibit]:
    """Those that stand, the latest first."""
    rows = Exhibit.objects.filter(case=case, withdrawn_at=None)
    return rows.select_related("recording", "used_by").order_by("-used_at", "-pk")


def exhibits_for(case: Case, officer: Officer) -> QuerySet[Exhibit]:
    """The same, but what is kept secret from the officer."""
    return exhibits_of(case).exclude(queries.hides(officer))


def uses_of(recording: Recording) -> QuerySet[Exhibit]:
    """In which cases it stands as evidence."""
    rows = Exhibit.objects.filter(recording=recording, withdrawn_at=None)
    return rows.select_related("case").order_by("used_at", "pk")


@transaction.atomic
def use_as_evidence(
    recording: Recording, case: Case, *, by: Officer, at: datetime, proves: str = ""
) -> Exhibit:
    """Enter the recording among the case's evidence. A closed case takes it, too: what a court
    asks for comes after the decision, and it only lengthens what is kept.

    Refuses: NotPermitted, NotYourCase, NoSuchRecording (not there, or not `by`'s to see),
    Disposed, ExhibitThere.
    """
    case = case_files.to_handle(case, by)
    recording = queries.get_visible(recording.number, by)
    disposing.check_kept(recording)
    made = enter(recording, case, proves=proves, by=by, at=at)
    if made is None:
        raise errors.ExhibitThere(recording=recording.number, case_no=case.case_no)
    return made


def enter(
    recording: Recording, case: Case, *, proves: str, by: Officer, at: datetime
) -> Exhibit | None:
    """Row and event, once whoever calls has checked who it is; None: it stands there already."""
    try:
        with transaction.atomic():
            made = Exhibit.objects.create(
                case=case, recording=recording, proves=words(proves), used_at=at, used_by=by
            )
    except IntegrityError:
        # The database has the last word on "once".
        if Exhibit.objects.filter(case=case, recording=recording, withdrawn_at=None).exists():
            return None
        raise
    record(Kind.RECORDING_USED_AS_EVIDENCE, made, by=by, at=at, proves=made.proves)
    return made


@transaction.atomic
def withdraw(exhibit: Exhibit, *, reason: str, by: Officer, at: datetime) -> None:
    """It was entered by mistake. In a closed case nothing is: it would shorten what is kept.

    Refuses: NotPermitted, NotYourCase, CaseClosed, ReasonBlank, ExhibitGone.
    """
    case_files.check_open(case_files.to_handle(exhibit.case, by))
    if not (reason := words(reason)):
        raise ReasonBlank()
    # Compare-and-set: of two who withdraw it, one does.
    moved = Exhibit.objects.filter(pk=exhibit.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason
    )
    if not moved:
        raise errors.ExhibitGone(recording=exhibit.recording.number)
    record(Kind.RECORDING_NO_EVIDENCE, exhibit, by=by, at=at, reason=reason)


def exhibit_for(case: Case, pk: int) -> Exhibit:
    """Of a case that is seen. Refuses: NoSuchExhibit."""
    found = Exhibit.objects.select_related("recording", "case").filter(case=case, pk=pk).first()
    if found is None:
        raise errors.NoSuchExhibit()
    return found


def words(typed: str) -> str:
    return seen(typed)[:MOST_WORDS]


def record(kind: Kind, exhibit: Exhibit, *, by: Officer, at: datetime, **facts: str) -> None:
    log.record(
        kind,
        subject=f"recording:{exhibit.recording.number}",
        by=by,
        at=at,
        case_no=exhibit.case.case_no,
        exhibit=exhibit.pk,
        **{"case": exhibit.case_id},
        **facts,
    )
