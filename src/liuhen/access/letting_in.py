"""Who may know of a recording because something lets them look at it, and until when."""

from datetime import datetime

from django.db.models import QuerySet

from liuhen.access.models import Assignment, Grant
from liuhen.people.models import Officer
from liuhen.recordings import admitting
from liuhen.recordings.models import Recording


def live_grants(at: datetime) -> QuerySet[Grant]:
    """Those that hold at that moment."""
    return Grant.objects.filter(from_at__lte=at, until__gt=at, revoked_at=None)


def live_assignments(at: datetime) -> QuerySet[Assignment]:
    return Assignment.objects.filter(from_at__lte=at, until__gt=at, ended_at=None)


def refresh(recording: Recording, officer: Officer, *, at: datetime) -> None:
    """As long as the last of a grant and an assignment of theirs lasts; no longer than that."""
    ends = [
        until
        for rows in (
            live_grants(at).filter(recording=recording, officer=officer),
            live_assignments(at).filter(recording=recording, viewer=officer),
        )
        for until in rows.values_list("until", flat=True)
    ]
    admitting.admit(recording, officer, until=max(ends, default=None))
