"""What falls due is seen to: most in time, some late, some let go, some left undone."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from liuhen.ops import year_watching
from liuhen.ops.year_world import World, moment

SEE_TO_AT = 16, 30
LATE, WAIVED, LEFT = 0.04, 0.02, 0.01
"""Shares of what a person has to say is done."""
UNDATED = timedelta(days=5)
"""So soon what has no time is seen to."""
GRACE = timedelta(days=20)
"""A review that is due is done by holding one (`year_reviews`); so long after its time it is said
in words what was done instead."""


def begin(world: World) -> None:
    for day in world.working:
        world.agenda.put(moment(day, *SEE_TO_AT), partial(see_to, world))


def see_to(world: World, at: datetime) -> None:
    """What is due by the next working day, and what waits to be done late or be let go."""
    from django.db.models import Q

    from liuhen.duties.closing import BY_FACTS
    from liuhen.duties.models import Duty, DutyKind, DutyState

    of_facts = {*BY_FACTS, DutyKind.COLLECTION}
    near = Q(due_at__lte=world.later(at, 1)) | Q(due_at=None, started_at__lte=at - UNDATED)
    rows = Duty.objects.filter(near, agency=world.agency, state=DutyState.OPEN)
    rows = rows.exclude(kind__in=of_facts).exclude(kind=DutyKind.REVIEW, due_at__gt=at - GRACE)
    for duty in rows.select_related("agency", "unit", "unit__head"):
        see_to_one(world, duty, at)


def see_to_one(world: World, duty: Any, at: datetime) -> None:
    drawn = world.dice(f"duty:{duty.key}").random()
    if drawn < LEFT:
        return
    if drawn < LEFT + WAIVED:
        waive(world, duty, at)
        return
    is_to_be_late = drawn < LEFT + WAIVED + LATE and duty.due_at is not None
    if is_to_be_late and at < duty.due_at:
        return
    by = holder_of(world, duty)
    if by is None:
        world.undone["duties.nobody_holds_the_post"] += 1
        return
    do(world, duty, by, at)


def waive(world: World, duty: Any, at: datetime) -> None:
    from liuhen.duties import closing

    reason, leader = "当日全队参加市级培训，没有外出执法。", world.people["juzhang"]
    world.attempt("免办", partial(closing.waive, duty, reason=reason, by=leader, at=at))


def do(world: World, duty: Any, by: Any, at: datetime) -> None:
    """On its own page where it has one, else by a word on what was done."""
    from liuhen.duties import closing
    from liuhen.duties.models import DutyKind

    if duty.kind == DutyKind.DAILY_CHECK and at < duty.due_at:
        year_watching.check(world, duty, by, at)
    elif duty.kind == DutyKind.PLAYBACK:
        year_watching.finish(world, duty, by, at)
    else:
        note = "抽看当日录像，画面、声音正常，编号与领用一致，未发现问题。"
        world.attempt("办结", partial(closing.complete, duty, note=note, by=by, at=at))


def holder_of(world: World, duty: Any) -> Any:
    from liuhen.engines.policy.vocabulary import Post
    from liuhen.regulations import posts

    if duty.owner_id:
        return duty.owner
    return posts.holders(world.agency, Post(duty.post), duty.unit).first()


def is_left(world: World, duty: Any) -> bool:
    """Whether the year's plan leaves it undone."""
    return world.dice(f"duty:{duty.key}").random() < LEFT


def set_rhythms(world: World, at: datetime) -> None:
    """Where the text leaves it open how often: the bureau says so, by two of its people."""
    from liuhen.engines.policy.values import Cadence
    from liuhen.kernel.clock import in_china
    from liuhen.regulations import proposing

    values = world.rules(at).values
    wanted = {"inspection": "quarter", "review": "year", "playback": "month"}
    for name, rhythm in wanted.items():
        held = values.get(name)
        if not isinstance(held, Cadence) or held.rhythm is not None:
            continue
        value = {
            "article": held.article,
            "posts": [str(post) for post in held.posts],
            "rhythm": rhythm,
            "what": held.what,
        }
        asked = proposing.propose(
            world.agency, name, value, from_date=in_china(at).date(),
            reason="条文未写明频次，经局务会研究确定。", by=world.people["anquan"], at=at,
        )  # fmt: skip
        proposing.approve(asked, by=world.people["juzhang"], at=at)
