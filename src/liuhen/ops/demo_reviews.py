"""A review whose result is told, with an objection, and a correction that waits to be put right."""

from datetime import timedelta
from typing import Any

SPAN = 4
"""The line of every form offered that asks whether all was recorded."""


def make() -> None:
    """Of the last days' activities, by who reviews by the regulation."""
    from liuhen.kernel.clock import in_china, now
    from liuhen.people.models import Agency
    from liuhen.supervision.reviews import basis, finishing, opening, scoring
    from liuhen.supervision.reviews.opening import Plan
    from liuhen.supervision.reviews.scoring import Sheet

    at = now()
    today = in_china(at).date()
    agency = Agency.objects.order_by("pk")[0]
    reviewers = basis.reviewers(agency, basis.basis_for(agency, at=at))
    if not reviewers:
        return
    by = reviewers[0]
    plan = Plan(f"{today.year}年度音像记录资料评查", today - timedelta(days=9), today, [by], 20)
    review = opening.open(plan, by=by, at=at)
    opening.draw(review, by=by, at=at)
    found = Sheet({SPAN: 5}, note="检查结束前有一处间断，没有说明。")
    for position, whose in scoring.left(review).items():
        for one in whose:
            scoring.score(review, position, found if position == 1 else Sheet(), by=one, at=at)
    finishing.announce(review, object_by=today + timedelta(days=7), by=by, at=at)
    item = review.items.select_related("unit", "officer", "review").get(position=1)
    if item.officer and item.unit and item.officer.unit_id == item.unit_id:
        words = "间断时设备没电，现场已口述说明。"
        finishing.raise_objection(item, reason=words, by=item.officer, at=at)
        order(item, by=by, at=at)


def order(item: Any, *, by: Any, at: Any) -> None:
    from liuhen.supervision.corrections import ordering

    review = item.review
    said = ordering.Order(
        source="review",
        reference=review.number,
        unit=item.unit,
        officer=item.officer,
        problem="检查结束前有一处间断，没有说明。",
        demand="补写情况说明；出发前备足电池。",
        article=review.form_lines[SPAN - 1]["article"],
        until=review.object_by_date,
    )
    ordering.order(said, by=by, at=at)
