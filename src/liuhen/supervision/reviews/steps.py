"""What every step of a review does: one step on by the table, an event."""

from datetime import datetime
from typing import Any

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people.models import Officer
from liuhen.people.spelling import seen_lines
from liuhen.supervision.models import Review, ReviewState
from liuhen.supervision.reviews import errors
from liuhen.supervision.reviews.states import REVIEW, Step

MOST_WORDS = 1000


def move(review: Review, step: Step, **said: Any) -> None:
    """Compare-and-set: of two at once one is told how it stands. Refuses: WrongStep."""
    sources, target = REVIEW[step]
    moved = Review.objects.filter(pk=review.pk, state__in=sources).update(state=target, **said)
    review.refresh_from_db()
    if not moved:
        raise errors.WrongStep(state=ReviewState(review.state).label)


def check_in(review: Review, *states: ReviewState) -> None:
    """As it stands now; the log's turn is held. Refuses: WrongStep."""
    review.refresh_from_db()
    if review.state not in states:
        raise errors.WrongStep(state=ReviewState(review.state).label)


def subject_of(review: Review) -> str:
    return f"review:{review.number}"


def record(
    kind: Kind, review: Review, /, *, by: Officer, at: datetime, **facts: Any
) -> CustodyEvent:
    return log.record(kind, subject=subject_of(review), by=by, at=at, **facts)


def words_of(text: str, field: Any, *, most: int = MOST_WORDS) -> str:
    """Refuses: WordsBlank."""
    said = seen_lines(text)[:most]
    if not said:
        raise errors.WordsBlank(field=field)
    return said
