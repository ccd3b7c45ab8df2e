"""A reviewer falls ill or is moved: another takes the place, with a reason.

What was scored in that place stays and is not scored again; the rest waits for the successor, as
far as they may score it. The former one's looking ends, the successor's begins.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer
from liuhen.supervision.models import Review, ReviewReplacement, ReviewState
from liuhen.supervision.reviews import basis as bases
from liuhen.supervision.reviews import errors, looking, opening, places, steps

RUNNING = (ReviewState.OPENED, ReviewState.SCORING)


@transaction.atomic
def replace(
    review: Review,
    *,
    former: Officer,
    successor: Officer,
    reason: str,
    by: Officer,
    at: datetime,
) -> None:
    """By who runs the review, until its result is told.

    Refuses: NoSuchReview, NotAReviewer, WordsBlank, WrongStep, NotReviewing, ReviewsAlready,
    ScoredBefore, NobodyLeftToScore.
    """
    log.wait_for_turn()
    bases.check_runs_review(review, by, at=at)
    words = steps.words_of(reason, _("更换理由"))
    steps.check_in(review, *RUNNING)
    check_places(review, former, successor, at=at)
    done = places.done_in(review, former)
    ReviewReplacement.objects.create(
        review=review, former=former, successor=successor, reason=words, done=done,
        replaced_at=at, replaced_by=by,
    )  # fmt: skip
    review.reviewers.remove(former)
    review.reviewers.add(successor)
    steps.record(
        Kind.REVIEW_REVIEWER_REPLACED, review, by=by, at=at,
        former=former.login, successor=successor.login, reason=words, done=done,
    )  # fmt: skip
    looking.end(review, viewer=former, by=by, at=at)
    if review.state == ReviewState.SCORING:
        hand_on(review, successor, by=by, at=at)


def check_places(review: Review, former: Officer, successor: Officer, *, at: datetime) -> None:
    """Who scored in a place they gave away takes no other: their sheets are of that one.

    Refuses: NotReviewing, ReviewsAlready, ScoredBefore, NotAReviewer.
    """
    if not review.reviewers.filter(pk=former.pk).exists():
        raise errors.NotReviewing(who=former.name)
    if review.reviewers.filter(pk=successor.pk).exists():
        raise errors.ReviewsAlready(who=successor.name)
    if places.scored_in_another(review, former, successor):
        raise errors.ScoredBefore(who=successor.name)
    bases.check_may_score([successor], review.agency, bases.basis_for(review.agency, at=at))


def hand_on(review: Review, successor: Officer, *, by: Officer, at: datetime) -> None:
    """Nothing is left that nobody scored nor may score. Refuses: NobodyLeftToScore."""
    items = list(review.items.order_by("position"))
    scorers = opening.scorers_of(review, items)
    scored = set(review.items.exclude(scores=None).values_list("position", flat=True))
    for one in items:
        if not scorers[one.position] and one.position not in scored:
            raise errors.NobodyLeftToScore(n=one.position)
    theirs = [one for one in items if successor in scorers[one.position]]
    looking.let_look(review, theirs, successor, by=by, at=at)
