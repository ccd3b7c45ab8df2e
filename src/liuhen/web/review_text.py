"""How a review reads on a screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.people.models import Officer
from liuhen.recordings import queries as recordings
from liuhen.recordings.models import Recording
from liuhen.supervision.models import Review, ReviewItem, ReviewScore, ReviewState
from liuhen.supervision.reviews import results
from liuhen.supervision.reviews.results import Grade

COLOURS = {
    ReviewState.OPENED: "yellow",
    ReviewState.SCORING: "azure",
    ReviewState.ANNOUNCED: "purple",
    ReviewState.CLOSED: "green",
    ReviewState.ABANDONED: "secondary",
}
GRADES = {
    Grade.GOOD: gettext_lazy("优秀"),
    Grade.PASSED: gettext_lazy("合格"),
    Grade.FAILED: gettext_lazy("不合格"),
}
GRADE_COLOURS = {Grade.GOOD: "green", Grade.PASSED: "azure", Grade.FAILED: "red"}


@dataclass(frozen=True)
class Line:
    """One thing as this reader may know it."""

    item: ReviewItem
    is_hidden: bool
    sheets: int

    @property
    def number(self) -> str:
        if self.is_hidden:
            return _("已标注保密")
        row = self.item.activity or self.item.recording
        return row.number if row else ""

    @property
    def grade(self) -> str:
        found = results.of_item(self.item)
        return str(GRADES[found]) if found else ""

    @property
    def colour(self) -> str:
        found = results.of_item(self.item)
        return GRADE_COLOURS[found] if found else "secondary"

    @property
    def score(self) -> str:
        return points(self.item.score)


def lines_of(items: Iterable[ReviewItem], officer: Officer) -> list[Line]:
    """Three queries, however many."""
    rows = list(items)
    loose = [one.recording_id for one in rows if one.recording_id]
    known = recordings.but_secrets(Recording.objects.filter(pk__in=loose), officer).values_list(
        "pk", flat=True
    )
    shown = set(known) if loose else set()
    given: dict[int, int] = {}
    for pk in ReviewScore.objects.filter(item__in=rows).values_list("item_id", flat=True):
        given[pk] = given.get(pk, 0) + 1
    return [
        Line(one, bool(one.recording_id) and one.recording_id not in shown, given.get(one.pk, 0))
        for one in rows
    ]


def points(score: Decimal | None) -> str:
    """98.5, 100; "" while there is none."""
    if score is None:
        return ""
    return f"{score:f}".removesuffix(".0")


def how_text(review: Review) -> str:
    """By sample, or chosen and why."""
    if review.percent is None:
        return _("指定评查对象：%(reason)s") % {"reason": review.reason}
    return _("每个科室随机抽取 %(percent)d%%，至少一项") % {"percent": review.percent}


def named_results(rows: Iterable[results.Result]) -> list[tuple[Any, str, str, str]]:
    return [(one, points(one.score), str(GRADES[one.grade]), GRADE_COLOURS[one.grade])
            for one in rows]  # fmt: skip
