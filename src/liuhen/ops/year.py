"""`liuhen demo --year`: a bureau's year through the operations its pages use, the clock driven.

Everything happens in order of time, so the log's dates only grow. It doubles as a load fixture.
"""

import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

from liuhen.ops import year_account, year_plan
from liuhen.ops.shell import Answer, Say
from liuhen.ops.year_plan import Size
from liuhen.ops.year_world import DAY, World, moment

BEFORE = timedelta(days=5 * 365 + 2)
"""So long before the year the bureau's regulation holds: its oldest recordings fall under it."""
ENDS_AT = 22
NEW_PASSWORDS = 5
"""Days before the end everybody who is shown changes the password."""
SHOWN_OFFICERS = 3


def run(say: Say, marker: Path, *, pack_id: str, scale: float, seed: str) -> Answer:
    """Live through the 365 days up to yesterday; answers figures, the duties and the audit."""
    began, size = time.monotonic(), Size(scale)
    with tempfile.TemporaryDirectory(prefix="liuhen-year-") as folder:
        world, passwords = found(marker, Path(folder), pack_id=pack_id, size=size, seed=seed)
        try:
            begin(world)
            live(world, say, passwords)
        finally:
            world.examiners.close()
    lived = time.monotonic() - began
    return tell(world, say, seconds=lived)


def found(
    marker: Path, folder: Path, *, pack_id: str, size: Size, seed: str
) -> tuple[World, dict[str, str]]:
    """The bureau on the evening before its year, and the passwords of accounts that are shown."""
    from liuhen.kernel.clock import in_china, now
    from liuhen.ops import demo_bureau

    last = in_china(now()).date() - DAY
    days = [last - n * DAY for n in range(year_plan.DAYS - 1, -1, -1)]
    at = moment(days[0] - DAY, 17)
    people = year_plan.people_of(size, seed=seed)
    shown = {one.login for one in people[: len(year_plan.OFFICE) + SHOWN_OFFICERS]}
    bureau = demo_bureau.Bureau(
        f"示范县执法局（{pack_id}，年度演示）",
        year_plan.places_of(size),
        people,
        year_plan.devices_of(size),
        pack_id,
        from_date=in_china(at - BEFORE).date(),
        shown=frozenset(shown),
    )
    passwords = demo_bureau.found(bureau, marker, at=at)
    world = world_of(folder, days, size=size, seed=seed, at=at)
    return world, {login: passwords[login] for login in shown}


def world_of(folder: Path, days: list[date], *, size: Size, seed: str, at: datetime) -> World:
    from django.conf import settings

    from liuhen.duties.rounds import Rounds
    from liuhen.ops import demo_enforcement
    from liuhen.ops.year_agenda import Agenda
    from liuhen.ops.year_evening import Examiners
    from liuhen.ops.year_files import Reel
    from liuhen.people import agencies
    from liuhen.people.models import Officer
    from liuhen.people.queries import enforcing_units
    from liuhen.regulations import calendar

    agency = agencies.first()
    officers = Officer.objects.select_related("agency", "unit").prefetch_related("role_holdings")
    people = {one.login: one for one in officers.order_by("pk")}
    return World(
        size=size,
        seed=seed,
        days=days,
        working=calendar.working_days(agency, days[0], days[-1]),
        agency=agency,
        people=people,
        units=enforcing_units(agency),
        lines=demo_enforcement.take_in_list(people["fazhi"], at=at),
        agenda=Agenda(at),
        reel=Reel(folder),
        examiners=Examiners(settings.LIUHEN_PROCESSES),
        rounds=Rounds(),
        folder=folder,
        end=moment(days[-1], ENDS_AT),
    )


def begin(world: World) -> None:
    """Each part puts on the agenda what it has for the year."""
    from liuhen.ops import (
        year_duties,
        year_evening,
        year_keeping,
        year_outings,
        year_past,
        year_supervision,
        year_supply,
    )

    year_duties.set_rhythms(world, world.agenda.now)
    for part in (
        year_past,
        year_outings,
        year_evening,
        year_keeping,
        year_supply,
        year_supervision,
        year_duties,
    ):
        part.begin(world)


def live(world: World, say: Say, passwords: dict[str, str]) -> None:
    """Day by day, told as it goes."""
    from liuhen.ops import demo_bureau

    changed = world.days[-NEW_PASSWORDS]
    world.agenda.put(moment(changed, 8), lambda at: demo_bureau.change_passwords(passwords, at=at))
    for n, day in enumerate(world.days, 1):
        world.agenda.run_until(moment(day, 23, 59) if day != world.days[-1] else world.end)
        films = world.done["检验"]
        say(f"\r{day}  {progress(n, len(world.days))}  录像 {films}", nl=n == len(world.days))


def progress(n: int, of: int, width: int = 30) -> str:
    full = n * width // of
    return f"[{'█' * full}{'·' * (width - full)}] {100 * n // of:3}%"


def tell(world: World, say: Say, *, seconds: float) -> Answer:
    """The table of duties, the refusals, the audit: all of it must be in order."""
    from liuhen.custody.queries import log_size
    from liuhen.ops import audit
    from liuhen.recordings.models import Recording

    lines = year_account.account(world, world.end)
    for row in year_account.table(lines):
        say(row)
    for what, n in sorted(world.undone.items()):
        say(f"未办成：{what}  {n}")
    found = [one.as_dict() for one in audit.deviations()]
    for one in found[:20]:
        say.problem(f"{one['code']}  {one['subject']}  {one['detail']}")
    without = year_account.unexplained(lines)
    recordings = Recording.objects.count()
    events = log_size()
    say(
        f"{recordings} 件音像资料，{events} 个存证事件，用时 {seconds:.0f} 秒"
        f"（每千件 {1000 * seconds / max(1, recordings):.0f} 秒）；"
        f"审计{'通过' if not found else f'发现 {len(found)} 处不符'}，{without} 项应办事项去向不明"
    )
    return {
        "ok": not found and not without,
        "recordings": recordings,
        "events": events,
        "seconds": round(seconds, 1),
        "duties": {kind: line.as_dict() for kind, line in lines.items()},
        "done": dict(world.done),
        "undone": dict(world.undone),
        "deviations": found,
    }
