"""What is looked at day by day: the heads' daily checks, the legal office's playback."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from liuhen.ops import year_corrections
from liuhen.ops.year_corrections import Fault
from liuhen.ops.year_world import World

LOOKS, FEWEST_LOOKS = 120, 12
"""Recordings played back in a whole year, and in any: one a month."""
EACH_IMPROPER = 8
"""So many played back to one that is not as it should be."""
WRONG, MOST_ORDERS = 0.03, 12
"""Share of daily checks that find something; so many of these in a year are ordered to be put
right, the others on the spot."""
LOOKED = timedelta(minutes=4)
CARRIED, NOT_CARRIED = "carried", "一次外出只有一人佩戴设备，已当场提醒。"


def begin(world: World) -> None:
    """Playback where the regulation asks for it; the daily checks are duties of their day."""
    if "playback" in world.rules(world.agenda.now).cadences():
        times = max(FEWEST_LOOKS, world.size.often(LOOKS))
        world.sometimes(times, "playback", partial(play, world), hour=14)


def check(world: World, duty: Any, by: Any, at: datetime) -> None:
    """Of the day on which it is due; what was found is for one of the unit to put right."""
    from liuhen.supervision.watching import daily

    dice = world.dice(f"check:{duty.key}")
    is_wrong = dice.random() < WRONG
    wrong, note = ([CARRIED], NOT_CARRIED) if is_wrong else ([], "")
    enter = partial(daily.enter, duty.unit, wrong=wrong, note=note, by=by, at=at)
    if world.attempt("日常检查", enter) is None or not is_wrong:
        return
    others = [one for one in world.people.values() if one.unit_id == duty.unit_id and one != by]
    if others and world.done["日常检查后整改"] < world.size.often(MOST_ORDERS):
        world.done["日常检查后整改"] += 1
        officer = dice.choice(others)
        fault = Fault("daily_check", "", duty.unit, officer, NOT_CARRIED, duty.article)
        year_corrections.order(world, fault, by, at)


def play(world: World, at: datetime) -> None:
    """The first one offered, to its end; what is wrong is ordered to be put right."""
    from liuhen.access import viewing
    from liuhen.engines.policy.vocabulary import Post
    from liuhen.regulations import posts
    from liuhen.supervision.watching import lookbacks

    by = posts.holders(world.agency, Post.LEGAL_OFFICE).first()
    if by is None or not (offered := lookbacks.offered(by, at=at)):
        return
    film = offered[0]
    opened = world.attempt("调阅", partial(viewing.open_recording, film.number, by=by, at=at))
    if opened is not None:
        world.agenda.put(at + LOOKED, partial(look_back, world, film, opened.viewing, by))


def look_back(world: World, film: Any, viewing: Any, by: Any, at: datetime) -> None:
    from liuhen.access import register
    from liuhen.supervision.watching import lookbacks

    register.close(viewing, by=by, at=at)
    is_proper = (world.done["回放登记"] + 1) % EACH_IMPROPER != 0
    seen = "全程记录，出示证件、告知权利清楚。" if is_proper else "没有告知当事人正在记录。"
    enter = partial(
        lookbacks.enter, film, is_whole=True, is_proper=is_proper, seen=seen, by=by, at=at
    )
    if world.attempt("回放登记", enter) is not None and not is_proper and film.unit:
        article = world.rules(at).cadences()["playback"].article
        fault = Fault("playback", film.number, film.unit, film.officer, seen, article)
        year_corrections.order(world, fault, by, at)


def finish(world: World, duty: Any, by: Any, at: datetime) -> None:
    """The playback of the period, by what was looked at in it; in words where nothing was there."""
    from liuhen.duties import closing
    from liuhen.supervision.models import Lookback
    from liuhen.supervision.watching import lookbacks

    looked = Lookback.objects.filter(agency=world.agency, looked_at__gte=duty.started_at)
    if looked.exists():
        world.attempt("回放办结", partial(lookbacks.finish, duty, by=by, at=at))
        return
    note = "本期没有未经回放的资料，查询了资料登记和检验情况，未发现问题。"
    world.attempt("办结", partial(closing.complete, duty, note=note, by=by, at=at))
