"""Reviewers look at what they score without a request, registered, until the result is told."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from liuhen.access import assigning
from liuhen.access.involved import involved_in
from liuhen.access.rights import Ground
from liuhen.people.models import Officer
from liuhen.recordings import queries
from liuhen.recordings.models import Recording
from liuhen.supervision.models import Review, ReviewItem
from liuhen.supervision.reviews import steps

LONGEST = timedelta(days=60)
"""A review that is never told does not let its reviewers look for ever."""


def let_look(
    review: Review, items: Iterable[ReviewItem], reviewer: Officer, *, by: Officer, at: datetime
) -> None:
    """What secrecy keeps from the reviewer stays kept; nobody looks at their own work as a
    reviewer."""
    seen = queries.but_secrets(of_items(items), reviewer, at=at)
    rows = seen.order_by("pk").distinct()
    people = involved_in(rows.values_list("pk", flat=True))
    others = [one for one in rows if reviewer.pk not in people[one.pk]]
    if others:
        assigning.assign(
            others,
            reviewer,
            subject=steps.subject_of(review),
            ground=Ground.REVIEW,
            article=review.article,
            until=at + LONGEST,
            by=by,
            at=at,
        )


def of_items(items: Iterable[ReviewItem]) -> QuerySet[Recording]:
    """The recordings themselves, and those of the activities."""
    chosen = list(items)
    loose = [one.recording_id for one in chosen if one.recording_id]
    activities = [one.activity_id for one in chosen if one.activity_id]
    of_activities = Recording.objects.filter(activity_recording__activity__in=activities)
    return Recording.objects.filter(pk__in=loose) | of_activities


def end(review: Review, *, viewer: Officer | None = None, by: Officer, at: datetime) -> None:
    """All its looks end, also for who is looking; or this reviewer's alone."""
    assigning.end(steps.subject_of(review), viewer=viewer, by=by, at=at)
