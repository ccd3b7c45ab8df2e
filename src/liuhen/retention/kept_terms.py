"""`Term`: until when each recording is kept, computed for lists, figures and appraisal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from liuhen.custody import log
from liuhen.engines.policy.answers import Why
from liuhen.engines.policy.kept_grounds import to_json
from liuhen.engines.policy.terms import Keeping
from liuhen.recordings.models import Recording, RecordingState
from liuhen.regulations import current
from liuhen.retention.facts import Bearing, bearing_on
from liuhen.retention.models import Term
from liuhen.retention.terms import kept_if_any

AT_ONCE = 100
"""Recordings computed in one transaction: SQLite has one writer at a time."""

COLUMNS = ("until", "never", "waits", "is_held", "at_least", "grounds", "computed_at", "is_stale")


def outdate(recordings: QuerySet[Recording]) -> None:
    """Have those of these that have a row computed in the next round: one update, however many."""
    Term.objects.filter(recording__in=recordings.order_by().values("pk")).update(is_stale=True)


def want(recordings: QuerySet[Recording]) -> int:
    """Have all of these computed; answers how many there are that had no row."""
    outdate(recordings)
    new = recordings.filter(term=None).order_by("pk").values_list("pk", "agency_id")
    rows = [Term(recording_id=pk, agency_id=agency) for pk, agency in new]
    Term.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def refresh_some(*, at: datetime) -> int:
    """Compute what is stale, so many at most; answers how many were."""
    log.wait_for_turn()
    keys = Term.objects.filter(is_stale=True).order_by("pk").values_list("recording", flat=True)
    return compute(list(keys[:AT_ONCE]), at=at)


def compute(keys: Sequence[int], *, at: datetime) -> int:
    """In the log's turn: nothing that a term rests on moves meanwhile."""
    found = Recording.objects.filter(pk__in=keys).defer("examination", "search_text")
    recordings = list(found.select_related("agency"))
    rows = {row.recording_id: row for row in Term.objects.filter(recording__in=keys)}
    agencies = {one.agency for one in recordings}
    books = {agency: current.rulebook_if_any(agency) for agency in agencies}
    bearing = bearing_on(recordings)
    for one in recordings:
        # Until the examination its time is only claimed: no term runs from it.
        is_known = one.state != RecordingState.SEALED
        keeping = kept_if_any(books[one.agency], bearing[one.pk]) if is_known else None
        put(rows[one.pk], keeping, bearing[one.pk], at=at)
    Term.objects.bulk_update(rows.values(), COLUMNS, batch_size=100)
    return len(recordings)


def put(row: Term, keeping: Keeping | None, bearing: Bearing, *, at: datetime) -> None:
    row.is_stale, row.computed_at = False, at
    row.is_held = bool(bearing.holds)
    said: dict[str, Any] = {"until": None, "never": False, "waits": False, "at_least": False}
    if keeping is not None:
        said = {
            "until": keeping.until,
            "never": bool([why for why in keeping.never if why != Why.ON_HOLD]),
            "waits": keeping.waits_for_case_file,
            "at_least": keeping.at_least,
        }
    for name, value in said.items():
        setattr(row, name, value)
    row.grounds = to_json(keeping.grounds) if keeping is not None else []
