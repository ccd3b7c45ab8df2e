"""One visit on site, as planned or otherwise: not recorded by leave, interrupted, broken off."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from liuhen.ops import year_cases
from liuhen.ops.year_plan import CLIP, LEAD_IN, Turn, Visit
from liuhen.ops.year_world import DAY, World

if TYPE_CHECKING:
    from liuhen.ops.year_outings import Card

SAID = 3
"""So many of the regulation's points are ticked on site."""
HOUR = timedelta(hours=1)
LOST = range(1, 2)
"""The clip that is missing from an interrupted visit."""
SOON = timedelta(minutes=2)


def arrive(
    world: World, visit: Visit, team: tuple[Any, ...], cards: "list[Card]", at: datetime
) -> None:
    """Registered on site by who leads; what else happens depends on the visit's turn."""
    rules = world.rules(at)
    turn = possible(visit.turn, rules)
    case = year_cases.opened(world, team, at) if turn == Turn.CASE else None
    if turn == Turn.EXEMPT and is_prior(rules):
        activity = register(world, visit, team, cards, None, case, at)
        if activity:
            ask_leave(world, visit, team, activity, at)
        return
    activity = register(world, visit, team, cards, at, case, at)
    if not activity:
        return
    go_through(world, visit, team, cards, activity, turn, at)


def go_through(
    world: World,
    visit: Visit,
    team: tuple[Any, ...],
    cards: "list[Card]",
    activity: Any,
    turn: Turn,
    at: datetime,
) -> None:
    from liuhen.ops import year_outings

    if turn == Turn.EXEMPT:
        world.agenda.put(visit.left_at + HOUR, partial(excuse, world, activity, team))
    else:
        lost = {Turn.INTERRUPTED: LOST, Turn.STOPPED: range(1, visit.clips)}.get(turn)
        year_outings.film(world, visit, cards, hole=lost)
        for card in cards:
            card.activities.append(activity)
        if lost:
            world.agenda.put(
                at + CLIP + SOON, partial(break_off, world, visit, activity, team, turn)
            )
    tick(world, activity, team[0], at)
    world.agenda.put(visit.left_at, partial(leave, world, activity, team[0]))


def possible(turn: Turn, rules: Any) -> Turn:
    """What the regulation has no word for happens otherwise, or not at all."""
    from liuhen.cases import exemptions, stops

    if turn == Turn.EXEMPT and not exemptions.offer(rules).causes:
        return Turn.INTERRUPTED
    if turn == Turn.STOPPED and not stops.asked(rules):
        return Turn.INTERRUPTED
    return turn


def is_prior(rules: Any) -> bool:
    from liuhen.cases import exemptions

    return exemptions.offer(rules).is_prior


def register(
    world: World, visit: Visit, team: tuple[Any, ...], cards: "list[Card]",
    arrived_at: datetime | None, case: Any, at: datetime,
) -> Any:  # fmt: skip
    from liuhen.cases import activities
    from liuhen.cases.activity_facts import ActivityFacts

    line = world.lines[visit.matter % len(world.lines)]
    facts = ActivityFacts(
        kind=line.kind,
        listed=line,
        stage=line.stage,
        place=visit.place,
        party=case.parties.first() if case else None,
        party_name="" if case else visit.party,
        case=case,
        officers=team,
        unit=team[0].unit,
        devices=tuple(card.checkout.device for card in cards),
        arrived_at=arrived_at,
        is_disputable=True,
    )
    return world.attempt("执法活动", lambda: activities.register(facts, by=team[0], at=at))


def tick(world: World, activity: Any, by: Any, at: datetime) -> None:
    from liuhen.cases import on_site, points

    rules = world.rules(at)
    for point in points.of(rules)[:SAID]:
        said = partial(on_site.say, activity, point.part, point.code, rules=rules, by=by, at=at)
        world.attempt("现场要点", said)


def leave(world: World, activity: Any, by: Any, at: datetime) -> None:
    from liuhen.cases import on_site

    world.attempt("离开现场", lambda: on_site.leave(activity, by=by, at=at))


def ask_leave(
    world: World, visit: Visit, team: tuple[Any, ...], activity: Any, at: datetime
) -> None:
    """Consent beforehand, asked by the second one: the leader on site may give it, but not on the
    own word. They go in when they have it."""
    from liuhen.cases import exemptions

    offer = exemptions.offer(world.rules(at))
    cause = offer.causes[visit.matter % len(offer.causes)][0]
    reason = "现场情况特殊，确需不予音像记录，改为文字记录。"
    ask = partial(exemptions.ask, activity, cause=cause, reason=reason, by=team[1], at=at)
    made = world.attempt("免予记录", ask)
    if made is None:
        return
    agreed = at + SOON
    world.agenda.put(agreed, partial(decide, world, made, exemptions))
    world.agenda.put(agreed + SOON, partial(go_in, world, activity, team[0]))
    gone = max(visit.left_at, agreed + 2 * SOON)
    world.agenda.put(gone, partial(leave, world, activity, team[0]))


def go_in(world: World, activity: Any, by: Any, at: datetime) -> None:
    from liuhen.cases import on_site

    world.attempt("到达现场", lambda: on_site.arrive(activity, by=by, at=at))


def excuse(world: World, activity: Any, team: tuple[Any, ...], at: datetime) -> None:
    """The work record afterwards, decided on the next day."""
    from liuhen.cases import exemptions

    offer = exemptions.offer(world.rules(at))
    cause, text = offer.causes[activity.pk % len(offer.causes)]
    ask = partial(
        exemptions.ask, activity, cause=cause, reason="现场情况特殊，未能音像记录。",
        basis=f"属于“{text}”的情形", by=team[0], at=at,
    )  # fmt: skip
    made = world.attempt("免予记录", ask)
    if made is not None:
        world.agenda.put(at + DAY, partial(decide, world, made, exemptions))


def break_off(
    world: World, visit: Visit, activity: Any, team: tuple[Any, ...], turn: Turn, at: datetime
) -> None:
    """The camera failed: told from the site, or entered once it runs again."""
    from liuhen.cases import interruptions, stops

    rules, begun = world.rules(at), visit.arrived_at - LEAD_IN + CLIP
    cause = interruptions.causes(rules)[visit.matter % 3][0]
    if turn == Turn.STOPPED:
        told = stops.Stopped(begun, cause, "设备故障，重启无效，现场无备用设备，改为文字记录。")
        report = partial(stops.report, activity, told, by=team[0], at=at)
        made = world.attempt("无法继续记录", report)
        if made is not None:
            world.agenda.put(at + 2 * HOUR, partial(take_note, world, made))
            world.agenda.put(at + DAY, partial(state, world, made, team[0]))
        return
    reason, basis = "设备故障，重启后恢复记录。", "属于制度规定可以中断的情形"
    stretch = interruptions.Stretch(begun, begun + CLIP, cause, reason, basis)
    made = world.attempt("中断", partial(interruptions.enter, activity, stretch, by=team[0], at=at))
    if made is None:
        return
    if made.posts:
        world.agenda.put(at + DAY, partial(decide, world, made, interruptions))
    if getattr(rules.values.get("interruption"), "spoken_reason", False):
        world.agenda.put(at + DAY, partial(point_to, world, made, team[0]))


def point_to(world: World, gap: Any, by: Any, at: datetime) -> None:
    """Where the reason is said aloud when the recording goes on."""
    from liuhen.cases import interruptions
    from liuhen.cases.interruptions import Stretch
    from liuhen.engines.policy.vocabulary import Cause
    from liuhen.recordings import marks
    from liuhen.recordings.models import MarkKind, Recording

    its = Recording.objects.filter(activity_recording__activity=gap.activity)
    film = its.filter(recorded_at__gt=gap.from_at + LEAD_IN).order_by("recorded_at").first()
    if film is None:  # its card lies in a drawer still
        return
    spot = marks.Spot(MarkKind.INTERRUPTION, Decimal(2), note="刚才设备故障，现在恢复记录")
    said = world.attempt("口头说明", partial(marks.add, film, spot, by=by, at=at))
    if said is not None:
        to = Stretch(gap.from_at, gap.until_at, Cause(gap.cause), gap.reason, gap.basis, said)
        world.attempt("注明中断原因", partial(interruptions.change, gap, to, by=by, at=at))


def take_note(world: World, stop: Any, at: datetime) -> None:
    from liuhen.cases import deciders, stops

    readers = deciders.holders(deciders.posts_in(stop.posts), stop.activity, stop.reported_by)
    for reader in readers[:1]:
        world.attempt("阅知", partial(stops.see, stop, by=reader, at=at))


def state(world: World, stop: Any, by: Any, at: datetime) -> None:
    from liuhen.cases import stops

    if stop.needs_statement:
        words = "录像键失灵，经重启仍不能录制，其后检查过程见现场检查笔录。"
        world.attempt("书面说明", partial(stops.state, stop, statement=words, by=by, at=at))


def decide(world: World, paper: Any, room: Any, at: datetime) -> None:
    """By whom the regulation names; then it is filed. `room`: exemptions or interruptions."""
    from liuhen.cases import deciders
    from liuhen.cases.models import PaperState

    paper.refresh_from_db()
    if paper.state != PaperState.SUBMITTED:
        return
    posts = deciders.posts_in(paper.posts)
    for decider in deciders.holders(posts, paper.activity, paper.entered_by)[:1]:
        opinion = "情况属实，注意做好文字记录。"
        world.attempt("审核", partial(room.approve, paper, opinion=opinion, by=decider, at=at))
        world.agenda.put(at + DAY, partial(file, world, paper, room))


def file(world: World, paper: Any, room: Any, at: datetime) -> None:
    world.attempt("归档", partial(room.file, paper, by=paper.entered_by, at=at))
