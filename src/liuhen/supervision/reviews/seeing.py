"""Who sees which reviews, and what of them: those reviewed, their own, once they are told."""

from django.db.models import Q, QuerySet

from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.regulations.posts import headed_by
from liuhen.supervision.models import Review, ReviewItem, ReviewState
from liuhen.supervision.reviews import basis as bases
from liuhen.supervision.reviews import errors

LOOKING = (Permission.SEE_OWN, Permission.SEE_UNIT, Permission.RUN_REVIEWS)
TOLD = (ReviewState.ANNOUNCED, ReviewState.CLOSED)


def oversees(officer: Officer) -> bool:
    """All reviews of the bureau."""
    return bases.may_run(officer, bases.basis_for(officer.agency, at=now()))


def visible_to(officer: Officer) -> QuerySet[Review]:
    rows = Review.objects.filter(agency_id=officer.agency_id)
    if not officer.is_active:
        return rows.none()
    if oversees(officer):
        return rows
    concerned = ReviewItem.objects.filter(is_of(officer)).values("review_id")
    return rows.filter(Q(reviewers=officer) | Q(pk__in=concerned, state__in=TOLD)).distinct()


def is_of(officer: Officer) -> Q:
    return Q(officer=officer) | Q(unit__in=headed_by(officer))


def review_for(number: str, officer: Officer) -> Review:
    """Refuses: NoSuchReview, alike for what is not there and what is not shown."""
    rows = visible_to(officer).select_related("agency", "opened_by", "closed_by")
    found = None if "\0" in number else rows.filter(number=number).first()
    if found is None:
        raise errors.NoSuchReview(number=number.replace("\0", ""))
    return found


def items_for(review: Review, officer: Officer) -> QuerySet[ReviewItem]:
    """All for who oversees or scores; else one's own, a unit's head the unit's."""
    rows = ReviewItem.objects.filter(review=review).order_by("position")
    rows = rows.select_related("unit", "officer", "activity", "recording", "objection")
    if oversees(officer) or review.reviewers.filter(pk=officer.pk).exists():
        return rows
    return rows.filter(is_of(officer))


def item_for(review: Review, position: int, officer: Officer) -> ReviewItem:
    """Refuses: NoSuchItem."""
    found = items_for(review, officer).filter(position=position).first()
    if found is None:
        raise errors.NoSuchItem(position=position)
    return found
