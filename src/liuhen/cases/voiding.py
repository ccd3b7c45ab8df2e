"""An activity entered by mistake."""

from datetime import datetime

from django.db import transaction

from liuhen.cases import activity_errors as errors
from liuhen.cases import linking
from liuhen.cases.activities import act_of, check_changes, fresh
from liuhen.cases.models import Activity
from liuhen.cases.on_site import rows_of
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer

MOST_REASON = 200


@transaction.atomic
def void(activity: Activity, *, reason: str, by: Officer, at: datetime) -> None:
    """Entered by mistake. Its row and number stay; its recordings belong to none again.

    Refuses: NotYoursToChange, Voided, ReasonMissing.
    """
    log.wait_for_turn()
    activity = fresh(activity)
    check_changes(activity, by)
    words = needed(reason)
    rows = rows_of(activity).filter(voided_at=None)
    if not rows.update(voided_at=at, voided_by=by, void_reason=words):
        raise errors.Voided(number=activity.number)
    freed = linking.freed(activity, list(linking.recordings_of(activity)), by=by, at=at)
    log.record_all([act_of(Kind.ACTIVITY_VOIDED, activity, by=by, at=at, reason=words), *freed])


def needed(reason: str) -> str:
    """Refuses: ReasonMissing."""
    words = reason.strip()[:MOST_REASON]
    if not words:
        raise errors.ReasonMissing()
    return words
