"""Reviews over the year: one in each calendar year it touches, drawn, scored, told, objected to.

Each is closed before its calendar year is over, so that it does the review that was due.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from liuhen.kernel.clock import in_china
from liuhen.ops import year_corrections
from liuhen.ops.year_corrections import Fault
from liuhen.ops.year_world import World, moment

COURSE = 12
"""Working days from the opening to the close, and some to spare."""
AGAIN = 10
"""Working days until it is tried again where there was nothing to review yet."""
PERCENT, REVIEWERS = 2, 2
FLAWED = 0.08
"""Share of sheets on which points are lost; on the first thing's always."""
OBJECTING, ANSWERED, CLOSED = 3, 2, 4
"""Working days after the result is told: until when one may object, and what follows when."""
HOUR = timedelta(hours=1)
FOUND = "检查结束前有一处间断，没有说明。"


def begin(world: World) -> None:
    for day in opening_days(world.working):
        world.agenda.put(moment(day, 9, 10), partial(organise, world))


def opening_days(working: Sequence[date]) -> list[date]:
    """For each calendar year one, late enough for something to review; none in the last days, whose
    period is not over yet."""
    found = []
    for year in sorted({day.year for day in working}):
        days = [day for day in working if day.year == year]
        room = len(days) - COURSE
        if room > 0 or year != working[-1].year:
            found.append(days[max(0, min(len(days) * 2 // 3, room))])
    return found


def organise(world: World, at: datetime) -> None:
    """By who reviews by the regulation, of what was done since the year began."""
    from liuhen.supervision.reviews import basis, opening

    reviewers = basis.reviewers(world.agency, basis.basis_for(world.agency, at=at))[:REVIEWERS]
    if not reviewers:
        return
    today = in_china(at).date()
    since = max(world.days[0], date(today.year, 1, 1))
    title = f"{today.year}年度音像记录资料评查"
    plan = opening.Plan(title, since, today, reviewers, PERCENT)
    by = reviewers[0]
    review = world.attempt("组织评查", partial(opening.open, plan, by=by, at=at))
    if review is not None:
        world.agenda.put(at + HOUR, partial(draw, world, review, by))
    elif in_china(again := world.later(at, AGAIN)).year == today.year:
        world.agenda.put(again, partial(organise, world))


def draw(world: World, review: Any, by: Any, at: datetime) -> None:
    from liuhen.supervision.reviews import opening

    if world.attempt("评查抽取", partial(opening.draw, review, by=by, at=at)) is not None:
        world.agenda.put(world.later(at, 2), partial(score, world, review, by))


def score(world: World, review: Any, by: Any, at: datetime) -> None:
    """Each reviewer the own sheets, the result told on the next day."""
    from liuhen.ops.demo_reviews import SPAN
    from liuhen.supervision.reviews import scoring
    from liuhen.supervision.reviews.scoring import Sheet

    dice = world.dice(f"sheets:{at}")
    for position, whose in scoring.left(review).items():
        is_flawed = position == 1 or dice.random() < FLAWED
        sheet = Sheet({SPAN: 5}, note=FOUND) if is_flawed else Sheet()
        for one in whose:
            fill = partial(scoring.score, review, position, sheet, by=one, at=at)
            world.attempt("评查评分", fill)
    world.agenda.put(world.later(at, 1), partial(tell, world, review, by))


def tell(world: World, review: Any, by: Any, at: datetime) -> None:
    """What lost points is to be put right; who has the first of them objects."""
    from liuhen.ops.demo_reviews import SPAN
    from liuhen.supervision.reviews import finishing
    from liuhen.supervision.reviews.scoring import WHOLE

    until = in_china(world.later(at, OBJECTING)).date()
    say = partial(finishing.announce, review, object_by=until, by=by, at=at)
    if world.attempt("评查结果通知", say) is None:
        return
    flawed = review.items.filter(score__lt=WHOLE).exclude(unit=None).order_by("position")
    flawed = list(flawed.select_related("unit", "officer", "review"))
    article = review.form_lines[SPAN - 1]["article"]
    for item in flawed:
        fault = Fault("review", review.number, item.unit, item.officer, FOUND, article)
        year_corrections.order(world, fault, by, at)
    for item in flawed[:1]:
        world.agenda.put(world.later(at, 1), partial(object_to, world, item))
        world.agenda.put(world.later(at, ANSWERED), partial(answer, world, item))
    world.agenda.put(world.later(at, CLOSED), partial(close, world, review, by))


def object_to(world: World, item: Any, at: datetime) -> None:
    from liuhen.supervision.reviews import finishing

    words = "间断时设备没电，现场已口述说明，请予复核。"
    by = item.officer or item.unit.head
    world.attempt("评查异议", partial(finishing.raise_objection, item, reason=words, by=by, at=at))


def answer(world: World, item: Any, at: datetime) -> None:
    """By a leader, who scored nothing; every other objection is right."""
    from liuhen.supervision.reviews import finishing
    from liuhen.supervision.reviews.scoring import WHOLE

    is_right = world.done["异议答复"] % 2 == 1
    reply = "经复核录像，恢复记录时已口述说明，予以更正。" if is_right else "经复核，维持原结果。"
    decide = partial(
        finishing.answer_objection, item, reply=reply, score=Decimal(WHOLE) if is_right else None,
        by=world.people["zhuguan"], at=at,
    )  # fmt: skip
    world.attempt("异议答复", decide)


def close(world: World, review: Any, by: Any, at: datetime) -> None:
    from liuhen.supervision.reviews import finishing

    words = "记录总体完整规范，个别间断未说明的已通知整改。"
    world.attempt("评查办结", partial(finishing.close, review, conclusion=words, by=by, at=at))
