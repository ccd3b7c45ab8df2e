"""What the bureau brings along: recordings of years before, at their end now, and how they go.

They were handed in elsewhere, before the bureau worked with this system: nobody is late with them.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from liuhen.kernel.clock import in_china
from liuhen.ops import year_evening
from liuhen.ops.year_plan import CLIP, LEAD_IN
from liuhen.ops.year_world import DAY, World, moment

YEARS = timedelta(days=4 * 365 + 30)
"""So long ago: every regulation's own term is over, and one of three years after a case, too."""
OWN_TERM = "P6M"
"""What a bureau sets itself whose regulation states none: for what is recorded from then on."""
OLD_CASES = "P3Y"
"""How long the case files of years ago are kept."""
EACH, REGISTERS = 4, 6
"""Recordings of one activity; registers of disposal in the year."""
HOUR, NO_DRIFT = timedelta(hours=1), timedelta(0)
WHY = "已超过规定的保存期限，未作为证据使用，无继续保存价值。"


def begin(world: World) -> None:
    from liuhen.ops import demo_past

    demo_past.set_a_term(world.people, at=world.agenda.now, term=OWN_TERM)
    # Before anybody is out: the device they come from lies in its cupboard.
    world.agenda.put(moment(world.days[1], 8), partial(take_in, world))
    world.sometimes(REGISTERS, "registers", partial(appraise, world), hour=9)


def take_in(world: World, at: datetime) -> None:
    """As from the old collecting station: named by device, shot by who is still here."""
    from liuhen.cases import linking
    from liuhen.cases.linking import Pair
    from liuhen.devices import clocks
    from liuhen.devices.models import Device
    from liuhen.ops import demo_uses
    from liuhen.recordings import batches, intake
    from liuhen.recordings.models import Recording

    unit = world.units[0]
    team = [one for one in world.people.values() if one.unit_id == unit.pk][:2]
    device = Device.objects.filter(unit=unit).order_by("pk")[0]
    # Nothing is at its end by the word of a clock that nobody has looked at (`retention.known`).
    clocks.read(device, demo_uses.reading(at, NO_DRIFT), by=world.people["shebei"], at=at)
    folder = world.folder / "archive"
    folder.mkdir()
    custodian = world.people["baoguan"]
    starts = [at - YEARS + n * 7 * HOUR for n in range(-(-world.size.archived // EACH))]
    for n, start in enumerate(starts):
        for clip in range(EACH):
            begun = start + clip * CLIP
            name = f"{device.device_no}_000000_{in_china(begun):%Y%m%d%H%M%S}.MP4"
            world.reel.clip(folder / name, started_at=begun, variant=n + clip)
    batch = batches.ask(
        [bytes(folder)], by=custodian, at=at, device_no=device.device_no, officer=team[0]
    )
    intake.run(batch, clock=lambda: at)
    year_evening.examine_all(world, at)
    loose = list(Recording.objects.filter(agency=world.agency).order_by("recorded_at"))
    for n, start in enumerate(starts):
        activity = enter(world, team, device, start, n, at)
        pairs = [Pair(activity, one) for one in loose[n * EACH : (n + 1) * EACH]]
        world.attempt("归入活动", partial(linking.link_all, pairs, by=custodian, at=at))
        if activity.case:
            shut(world, activity.case, team[0], at)


def enter(world: World, team: list[Any], device: Any, start: datetime, n: int, at: datetime) -> Any:
    from liuhen.cases import activities
    from liuhen.cases.activity_facts import ActivityFacts

    facts = ActivityFacts(
        kind="inspection",
        place=f"建设路{n + 1}号",
        party_name=f"第{n + 1}便民店",
        officers=tuple(team),
        unit=team[0].unit,
        devices=(device,),
        case=old_case(world, team, start, n, at),
        arrived_at=start + LEAD_IN,
        left_at=start + EACH * CLIP - LEAD_IN,
    )
    return activities.register(facts, by=team[0], at=at)


def old_case(world: World, team: list[Any], start: datetime, n: int, at: datetime) -> Any:
    """Where recordings are kept as long as the case file, the old ones have one."""
    from liuhen.cases import case_files
    from liuhen.cases.case_files import CaseFacts
    from liuhen.engines.policy.vocabulary import TermRule

    held = world.rules(at).values.get("retention")
    if getattr(held, "rule", None) != TermRule.CASE_FILE:
        return None
    day = in_china(start).date()
    facts = CaseFacts(
        case_no=f"演旧罚〔{day.year}〕{n + 1}号",
        name=f"第{n + 1}便民店违法经营案",
        opened_date=day,
        officers=tuple(team),
        lead=team[0],
        unit=team[0].unit,
        term=OLD_CASES,
    )
    return case_files.open(facts, by=team[0], at=at)


def shut(world: World, case: Any, by: Any, at: datetime) -> None:
    from liuhen.cases import case_files

    closed = case.opened_date + 30 * DAY
    case_files.close(case, closed_date=closed, term=OLD_CASES, by=by, at=at)


def appraise(world: World, at: datetime) -> None:
    """The oldest that are at their end; nobody who made them has a word in it."""
    from liuhen.ops import demo_disposal
    from liuhen.retention import due, log_time

    ripe = due.to_appraise(world.agency, log_time.clocks(at=at)).order_by("recorded_at", "pk")
    chosen = list(ripe[: max(EACH, world.size.archived // REGISTERS)])
    if not chosen:
        return
    say = partial(demo_disposal.appraise, chosen, world.people, at=at)
    if world.attempt("鉴定", say) is not None:
        world.agenda.put(at + HOUR, partial(draw, world, chosen))


def draw(world: World, chosen: list[Any], at: datetime) -> None:
    from liuhen.retention import disposal

    custodian = world.people["baoguan"]
    draws = partial(disposal.draw, chosen, reason=WHY, fonds_no="J012", by=custodian, at=at)
    made = world.attempt("销毁清册", draws)
    if made is None:
        return
    world.attempt("清册送审", partial(disposal.submit, made, by=custodian, at=at))
    world.agenda.put(at + DAY, partial(decide, world, made))


def decide(world: World, made: Any, at: datetime) -> None:
    from liuhen.retention import disposal

    people = world.people
    opinion = "保存期限已满，未列为证据，无保全，同意列入销毁。"
    say = partial(disposal.review, made, opinion=opinion, by=people["fazhi"], at=at)
    if world.attempt("清册审核", say) is None:
        return
    agree = partial(disposal.approve, made, opinion="同意销毁。", by=people["juzhang"], at=at)
    if world.attempt("清册批准", agree) is None:
        return
    made.refresh_from_db()
    world.agenda.put(at + (made.wait_days + 2) * DAY, partial(execute, world, made))


def execute(world: World, made: Any, at: datetime) -> None:
    """By two who had no part in it."""
    from liuhen.retention import execution

    for login in ("shebei", "caiwu"):
        witness = partial(execution.witness, made, by=world.people[login], at=at)
        if world.attempt("监销", witness) is None:
            return
    went = execution.run(made, clock=lambda: at)
    world.done["销毁" if went else "销毁中止"] += 1
