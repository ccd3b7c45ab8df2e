"""The result for each thing, person and unit."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from liuhen.supervision.models import Review, ReviewItem
from liuhen.supervision.reviews.scoring import ONE_DECIMAL


class Grade(StrEnum):
    GOOD = "good"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True)
class Result:
    """`score`: the mean of `n` things; `out`: how many were knocked out."""

    name: str
    n: int
    score: Decimal
    out: int
    grade: Grade


def grade_of(review: Review, score: Decimal, *, is_out: bool) -> Grade:
    """Knocked out is failed, whatever the points."""
    if is_out or score < review.pass_from:
        return Grade.FAILED
    return Grade.GOOD if score >= review.good else Grade.PASSED


def of_item(item: ReviewItem) -> Grade | None:
    if item.score is None:
        return None
    return grade_of(item.review, item.score, is_out=item.is_out)


def by_unit(review: Review, items: Iterable[ReviewItem]) -> list[Result]:
    return grouped(review, items, "unit")


def by_officer(review: Review, items: Iterable[ReviewItem]) -> list[Result]:
    return grouped(review, items, "officer")


def grouped(review: Review, items: Iterable[ReviewItem], by: str) -> list[Result]:
    """The lowest last; what belongs to nobody known is left out of it."""
    groups: dict[str, list[ReviewItem]] = defaultdict(list)
    for one in items:
        if one.score is not None and (of := getattr(one, by)) is not None:
            groups[str(of)].append(one)
    found = []
    for name, ones in groups.items():
        mean = sum((one.score or Decimal(0) for one in ones), Decimal(0)) / len(ones)
        score = mean.quantize(ONE_DECIMAL, rounding=ROUND_HALF_UP)
        out = sum(one.is_out for one in ones)
        found.append(Result(name, len(ones), score, out, grade_of(review, score, is_out=out > 0)))
    return sorted(found, key=lambda one: (-one.score, one.name))
