"""What is kept and asked for: viewing requests, complaints and holds, long keeping, discs."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from liuhen.ops.year_world import DAY, World

REQUESTS, COMPLAINTS, MARKS, DISCS = 150, 24, 40, 8
"""In a whole year."""
LATELY = timedelta(days=30)
LOOKED = timedelta(minutes=4)
HOUR = timedelta(hours=1)
PURPOSES = (
    ("case_work", "核对现场检查经过，办理关联案件"),
    ("view", "学习规范执法用语"),
    ("case_work", "答复上级执法监督对检查程序的核查"),
)
REFUSED = 0.12
"""Share of requests."""


def begin(world: World) -> None:
    size = world.size
    world.sometimes(size.often(REQUESTS), "requests", partial(ask, world), hour=9)
    world.sometimes(size.often(COMPLAINTS), "complaints", partial(complain, world), hour=10)
    world.sometimes(size.often(MARKS), "marks", partial(mark, world), hour=14)
    world.sometimes(size.often(DISCS), "discs", partial(burn, world), hour=15)


def some(world: World, rows: Any, part: str, at: datetime) -> Any:
    """One of these, by the seed; None where there are none."""
    keys = list(rows.values_list("pk", flat=True))
    return rows.get(pk=world.dice(f"{part}:{at}").choice(keys)) if keys else None


def recent(world: World, at: datetime) -> Any:
    from liuhen.recordings.models import MediaKind, Recording

    rows = Recording.objects.filter(
        agency=world.agency, kind=MediaKind.VIDEO, disposed_at=None, recorded_at__gte=at - LATELY
    )
    return rows.exclude(officer=None).exclude(activity_recording=None).order_by("pk")


def ask(world: World, at: datetime) -> None:
    from liuhen.ops import demo_access

    film = some(world, recent(world, at), "request", at)
    if film is None:
        return
    dice = world.dice(f"asker:{at}")
    kind, purpose = dice.choice(PURPOSES)
    others = [one for one in world.people.values() if one.unit_id == film.unit_id]
    by = dice.choice([one for one in others if one.pk != film.officer_id])
    named, sought = ([film], "") if is_known(film, by) else ([], "上月现场检查的录像")
    say = partial(demo_access.ask, named, kind, purpose, by, at=at, sought=sought)
    made = world.attempt("查阅申请", say)
    if made is None:
        return
    if not named:
        world.agenda.put(at + HOUR / 2, partial(find, world, made, film))
    is_refused = dice.random() < REFUSED
    world.agenda.put(at + HOUR, partial(answer, world, made, film, by, is_refused))


def is_known(film: Any, officer: Any) -> bool:
    """Whether the lists show it; who does not see it asks in words."""
    from liuhen.recordings.queries import visible_to

    return visible_to(officer).filter(pk=film.pk).exists()


def find(world: World, made: Any, film: Any, at: datetime) -> None:
    from liuhen.access import requests

    custodian = world.people["baoguan"]
    world.attempt("查到资料", partial(requests.attach, made, [film], by=custodian, at=at))
    made.refresh_from_db()


def answer(world: World, made: Any, film: Any, by: Any, is_refused: bool, at: datetime) -> None:
    from liuhen.access import deciding
    from liuhen.ops import demo_access

    turn, decider = demo_access.whose_turn(made, at=at)
    if is_refused and turn:
        comment = "与本人职责无关，不同意查看"
        no = partial(deciding.refuse, turn, comment=comment, by=decider, at=at)
        world.attempt("查阅不批准", no)
        return
    world.attempt("查阅审批", partial(demo_access.approve_all, made, at=at))
    world.agenda.put(at + HOUR, partial(look, world, film, by))


def look(world: World, film: Any, by: Any, at: datetime) -> None:
    from liuhen.access import register, viewing

    opened = world.attempt("查阅", partial(viewing.open_recording, film.number, by=by, at=at))
    if opened is not None:
        world.agenda.put(
            at + LOOKED,
            lambda then: register.close(opened.viewing, by=by, at=then),
        )


def complain(world: World, at: datetime) -> None:
    """About an activity; held at once, looked into, let go by two."""
    from liuhen.cases.models import Activity
    from liuhen.retention import complaints
    from liuhen.retention.complaints import Told
    from liuhen.retention.models import Channel, HoldGround
    from liuhen.retention.scopes import Scope

    rows = Activity.objects.filter(agency=world.agency, arrived_at__gte=at - LATELY)
    activity = some(world, rows.exclude(left_at=None).order_by("pk"), "complaint", at)
    placing = placers(world, HoldGround.COMPLAINT, at)
    if activity is None or not placing:
        return
    told = Told(
        HoldGround.COMPLAINT,
        Channel.HOTLINE,
        f"来电反映{activity.place}检查时态度生硬，要求核实并答复。",
        at - HOUR,
    )
    enter = partial(complaints.enter, told, Scope.of(activity), by=placing[0], at=at)
    made = world.attempt("投诉", enter)
    if made is not None:
        world.agenda.put(at + 12 * DAY, partial(close_complaint, world, made, placing[0]))


def placers(world: World, ground: Any, at: datetime) -> list[Any]:
    from liuhen.retention import holders

    return [one for one in world.people.values() if ground in holders.grounds_for(one, at)]


def close_complaint(world: World, made: Any, by: Any, at: datetime) -> None:
    from liuhen.retention import complaints
    from liuhen.retention.models import Outcome

    text = "经调阅录像，执法人员出示证件、告知权利，反映问题不属实，已答复。"
    shut = partial(complaints.close, made, Outcome.UNFOUNDED, text=text, by=by, at=at)
    if world.attempt("投诉办结", shut) is not None:
        world.agenda.put(at + 30 * DAY, partial(let_go, world, made.hold))


def let_go(world: World, hold: Any, at: datetime) -> None:
    from liuhen.retention import holds
    from liuhen.retention.models import HoldGround

    able = placers(world, HoldGround(hold.ground), at)
    if len(able) < 2:
        world.undone["holds.one_alone_may_lift"] += 1
        return
    over = "投诉已答复，投诉人未再提出异议。"
    asked = world.attempt(
        "申请解除保全", partial(holds.ask_lift, hold, reason=over, by=able[0], at=at)
    )
    if asked is not None:
        world.agenda.put(
            at + DAY,
            lambda then: world.attempt("解除保全", partial(holds.lift, hold, by=able[1], at=then)),
        )


def mark(world: World, at: datetime) -> None:
    """For long keeping, by the officer who made it, where the regulation lists a reason."""
    from liuhen.cases import triggers

    film = some(world, recent(world, at), "mark", at)
    if film is None or not (listed := triggers.offered(film, at)):
        return
    trigger = world.dice(f"trigger:{at}").choice(listed)
    why = "当事人当场对检查结果提出异议，表示将投诉。"
    world.attempt(
        "长期保存", partial(triggers.mark, film, trigger, reason=why, by=film.officer, at=at)
    )


def burn(world: World, at: datetime) -> None:
    """A closed or open case on disc in duplicate, read back and stored."""
    from liuhen.cases.models import Case
    from liuhen.ops import demo_discs

    filmed = Case.objects.filter(
        agency=world.agency, activities__activity_recordings__isnull=False
    ).distinct()
    case = some(world, filmed.order_by("pk"), "disc", at)
    if case is None:
        return
    keeper = world.people["baoguan"]
    pairs = world.attempt("制盘", partial(demo_discs.write, case, case.name, keeper, at=at))
    for pair in pairs or ():
        for disc in pair:
            world.attempt("光盘入库", partial(demo_discs.read_back, disc, keeper, at=at))
