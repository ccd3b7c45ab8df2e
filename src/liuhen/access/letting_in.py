"""Who may know of a recording because something lets them look at it, and until when."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from liuhen.access.models import Assignment, Grant
from liuhen.people.models import Officer
from liuhen.recordings import admitting


def live_grants(at: datetime) -> QuerySet[Grant]:
    """Those that hold at that moment."""
    return Grant.objects.filter(from_at__lte=at, until__gt=at, revoked_at=None)


def live_assignments(at: datetime) -> QuerySet[Assignment]:
    return Assignment.objects.filter(from_at__lte=at, until__gt=at, ended_at=None)


def refresh(officer: Officer, keys: Collection[int], *, at: datetime) -> None:
    """To each recording, by key, as long as the last of the officer's grants and assignments
    lasts; no longer than that. Four queries, however many."""
    latest: dict[int, datetime | None] = dict.fromkeys(keys)
    for rows in (
        live_grants(at).filter(recording_id__in=keys, officer=officer),
        live_assignments(at).filter(recording_id__in=keys, viewer=officer),
    ):
        for key, until in rows.values_list("recording_id", "until"):
            latest[key] = max(until, latest[key] or until)
    admitting.admit(officer, latest)
