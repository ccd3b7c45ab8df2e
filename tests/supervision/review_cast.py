"""Reviews as their people open, score, announce, object to and close them."""

from datetime import date, timedelta
from typing import Any

from correction_cast import who

import factories
from factories import NOON
from liuhen.cases.models import Activity, ActivityRecording
from liuhen.kernel.clock import midnight
from liuhen.supervision.models import Review, ReviewItem
from liuhen.supervision.reviews import finishing, opening, scoring
from liuhen.supervision.reviews.opening import Plan
from liuhen.supervision.reviews.scoring import Sheet

DAY = date(2026, 1, 5)
OBJECT_BY = date(2026, 1, 12)
LATER = NOON + timedelta(hours=2)
OVER = midnight(OBJECT_BY) + timedelta(days=1, hours=9)


def activity(n: int, **more: Any) -> Activity:
    """Of Li's unless said otherwise, with what was recorded of it."""
    film = factories.recording(f"2026-{n:06d}")
    made = factories.activity(f"HD-2026-{n:06d}", **more)
    facts = {"was_proposed": False, "linked_at": NOON, "linked_by": who("zhou")}
    ActivityRecording.objects.get_or_create(activity=made, recording=film, defaults=facts)
    return made


def plan(*reviewers: str, **more: Any) -> Plan:
    facts = {
        "title": "2026年度评查",
        "since": DAY,
        "until": DAY,
        "reviewers": [who(one) for one in reviewers or ("du",)],
        "numbers": ["HD-2026-000001"],
        "reason": "年度评查方案指定",
    } | more
    return Plan(**facts)


def opened(*reviewers: str, by: str = "du", **more: Any) -> Review:
    """Of Li's one activity, by supervision alone, unless said otherwise."""
    activity(1)
    return opening.open(plan(*reviewers, **more), by=who(by), at=NOON)


def scored(*reviewers: str, lost: dict[int, int] | None = None, out: tuple[int, ...] = (),
           **more: Any) -> Review:  # fmt: skip
    made = opened(*reviewers, **more)
    sheet = Sheet(lost or {}, out)
    for position, whose in scoring.left(made).items():
        for one in whose:
            scoring.score(made, position, sheet, by=one, at=LATER)
    return made


def announced(*reviewers: str, **more: Any) -> Review:
    made = scored(*reviewers, **more)
    finishing.announce(made, object_by=OBJECT_BY, by=who("du"), at=LATER)
    return made


def item(review: Review, position: int = 1) -> ReviewItem:
    return ReviewItem.objects.get(review=review, position=position)


def objected(review: Review, by: str = "li") -> ReviewItem:
    finishing.raise_objection(item(review), reason="中断有工作记录", by=who(by), at=LATER)
    return item(review)
