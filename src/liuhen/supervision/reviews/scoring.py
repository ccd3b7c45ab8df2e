"""A reviewer's sheet of one thing: what is taken off, line by line, and what knocks it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.models import Officer
from liuhen.supervision.models import Review, ReviewItem, ReviewScore, ReviewState
from liuhen.supervision.reviews import errors, opening, steps

ONE_DECIMAL = Decimal("0.1")
WHOLE = 100
AT_ONCE = 100
"""Rows in one statement."""


@dataclass(frozen=True)
class Sheet:
    """`lost`: line → points taken off; `out`: knock-out lines found. Lines count from 1."""

    lost: Mapping[int, int] = field(default_factory=dict)
    out: Sequence[int] = ()
    note: str = ""


@transaction.atomic
def score(review: Review, position: int, sheet: Sheet, *, by: Officer, at: datetime) -> ReviewScore:
    """May be filled in anew until the result is told. Refuses: NoSuchItem, NotYoursToScore,
    ScoreWrong, WrongStep."""
    log.wait_for_turn()
    steps.check_in(review, ReviewState.SCORING)
    item = review.items.filter(position=position).first()
    if item is None:
        raise errors.NoSuchItem(position=position)
    if by not in opening.scorers_of(review, [item])[position]:
        raise errors.NotYoursToScore(position=position)
    check_sheet(review, sheet)
    lost = {n: points for n, points in sorted(sheet.lost.items()) if points}
    said = {
        "lost": [[n, points] for n, points in lost.items()],
        "out": sorted(set(sheet.out)),
        "note": sheet.note.strip()[: steps.MOST_WORDS],
        "total": 0 if sheet.out else WHOLE - sum(lost.values()),
    }
    made, _new = ReviewScore.objects.update_or_create(
        item=item, reviewer=by, defaults=said | {"scored_at": at}
    )
    steps.record(Kind.REVIEW_SCORED, review, by=by, at=at, position=position, **said)
    return made


def check_sheet(review: Review, sheet: Sheet) -> None:
    """Refuses: ScoreWrong."""
    lines: list[dict[str, Any]] = review.form_lines
    for n, points in sheet.lost.items():
        most = lines[n - 1]["points"] if 1 <= n <= len(lines) else 0
        if not 0 <= points <= most:
            raise errors.ScoreWrong(line=n, points=most)
    for n in sheet.out:
        if not (1 <= n <= len(lines) and lines[n - 1]["knock_out"]):
            raise errors.ScoreWrong(line=n, points=0)


def left(review: Review) -> dict[int, list[Officer]]:
    """Position → who has not scored it yet; empty when all is done."""
    items = list(review.items.order_by("position"))
    given = set(
        ReviewScore.objects.filter(item__review=review).values_list("item__position", "reviewer")
    )
    found = {}
    for position, whose in opening.scorers_of(review, items).items():
        missing = [one for one in whose if (position, one.pk) not in given]
        if missing:
            found[position] = missing
    return found


def settle(review: Review) -> None:
    """Of each thing the mean of its sheets; what one of them found to knock it out, does."""
    items = list(review.items.prefetch_related("scores"))
    for item in items:
        sheets = list(item.scores.all())
        mean = Decimal(sum(one.total for one in sheets)) / len(sheets)
        item.score = mean.quantize(ONE_DECIMAL, rounding=ROUND_HALF_UP)
        item.is_out = any(one.out for one in sheets)
    ReviewItem.objects.bulk_update(items, ["score", "is_out"], batch_size=AT_ONCE)
