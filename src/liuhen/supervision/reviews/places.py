"""The places of a review: what was scored in one before it was another's is not scored again."""

from liuhen.people.models import Officer
from liuhen.supervision.models import Review, ReviewScore


def done_in(review: Review, officer: Officer) -> list[int]:
    """Positions scored in this reviewer's place, by them or by those before them."""
    own = ReviewScore.objects.filter(item__review=review, reviewer=officer)
    before = review.replacements.filter(successor=officer).order_by("-pk").first()
    done = set(own.values_list("item__position", flat=True))
    return sorted(done.union(before.done if before else ()))


def done_before(review: Review) -> dict[int, set[int]]:
    """Reviewer's key → positions others scored in their place; the place they took last counts.
    What somebody scored themselves and came back to stays theirs. Two queries at most."""
    rows = review.replacements.order_by("pk").values_list("successor_id", "done")
    done = {successor: set(positions) for successor, positions in rows}
    if done:
        own = ReviewScore.objects.filter(item__review=review, reviewer__in=done)
        for reviewer, position in own.values_list("reviewer_id", "item__position"):
            done[reviewer].discard(position)
    return done


def scored_in_another(review: Review, former: Officer, successor: Officer) -> bool:
    """Whether the successor scored in a place, and gave it away, that is not `former`'s by now."""
    holder, was_given_away = successor.pk, False
    swaps = review.replacements.order_by("pk").values_list("former_id", "successor_id")
    for giver, taker in swaps:
        if giver == holder:
            holder, was_given_away = taker, True
    if not was_given_away or holder == former.pk:
        return False
    return ReviewScore.objects.filter(item__review=review, reviewer=successor).exists()
