"""What happens in the simulated year, drawn from a seed: data alone, nothing is done here.

The same seed, size and days give the same plan. Times are China's wall clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from liuhen.kernel.clock import CHINA
from liuhen.ops.demo_plan import Person, Place, Registered
from liuhen.ops.year_files import SECONDS

OFFICERS, DEVICES, ACTIVITIES, RECORDINGS, ARCHIVED = 60, 40, 6_000, 30_000, 400
"""Of a whole year; `ARCHIVED` were recorded years before and are at their end."""
UNIT_OFFICERS = 10
FEWEST_OFFICERS, FEWEST_DEVICES, FEWEST_UNITS = 8, 6, 2
DAYS = 365
CLIP = timedelta(seconds=SECONDS)
LEAD_IN = timedelta(seconds=8)
"""So long before the arrival the camera is switched on, and after leaving it runs on."""
BETWEEN = timedelta(minutes=25)
"""From one site to the next."""

FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂红文辉玲建国志华"
STREETS = ("人民路", "解放路", "城关镇西街", "工业园区", "东关大街", "建设路", "新华街", "南环路")
TRADES = (
    "便民超市",
    "餐饮店",
    "养殖合作社",
    "商贸有限公司",
    "食品加工厂",
    "诊所",
    "物资仓库",
    "药房",
)


class Turn(StrEnum):
    """What is out of the ordinary in a visit."""

    NONE = ""
    EXEMPT = "exempt"
    INTERRUPTED = "interrupted"
    STOPPED = "stopped"
    CASE = "case"


TURNS = ((Turn.EXEMPT, 0.010), (Turn.INTERRUPTED, 0.012), (Turn.STOPPED, 0.004), (Turn.CASE, 0.02))
"""Shares of all visits; of each there is one at least."""
LATE, SECOND_DEVICE = 0.03, 0.35
"""Share of outings whose card is handed in days late, and of those with a second device."""
LAST_DAYS = 4
"""Worked on, longer than the latest card is late."""
FEWEST_CLIPS = {Turn.INTERRUPTED: 3, Turn.STOPPED: 3}


@dataclass(frozen=True)
class Size:
    """How much of a whole year is simulated; the days are always all of them."""

    scale: float

    @property
    def officers(self) -> int:
        return max(FEWEST_OFFICERS, round(OFFICERS * self.scale))

    @property
    def units(self) -> int:
        return max(FEWEST_UNITS, round(self.officers / UNIT_OFFICERS))

    @property
    def devices(self) -> int:
        return max(FEWEST_DEVICES, round(DEVICES * self.scale))

    @property
    def activities(self) -> int:
        return max(1, round(ACTIVITIES * self.scale))

    @property
    def recordings(self) -> int:
        return max(1, round(RECORDINGS * self.scale))

    @property
    def archived(self) -> int:
        return max(12, round(ARCHIVED * self.scale))

    def often(self, in_a_year: int) -> int:
        """So often in a year of this size, once at least."""
        return max(1, round(in_a_year * self.scale))


@dataclass(frozen=True)
class Visit:
    """One activity. `clips` of the first device follow one another from `LEAD_IN` before."""

    arrived_at: datetime
    clips: int
    matter: int
    place: str
    party: str
    turn: Turn = Turn.NONE

    @property
    def left_at(self) -> datetime:
        return self.arrived_at + self.clips * CLIP - 2 * LEAD_IN


@dataclass(frozen=True)
class Outing:
    """Two of one unit go out with a device or two and come back in the afternoon.

    `days_late`: so long the card is kept before it is handed in.
    """

    out_at: datetime
    back_at: datetime
    unit: int
    pair: int
    devices: int
    visits: tuple[Visit, ...]
    days_late: int = 0


def outings(size: Size, days: Sequence[date], *, seed: str, carriers: int = 1) -> list[Outing]:
    """The year's, in order of time: `size.activities` visits with some `size.recordings` clips.

    Args:
        days: those worked on, in order.
        carriers: how many devices the regulation wants on site.
    """
    rng = Random(f"{seed}:outings")  # noqa: S311 -- a story, no secret
    counts = spread(size.activities, len(days), rng)
    clips, turns = size.recordings / size.activities, turns_of(size, rng)
    planned: list[Outing] = []
    for day, visits in zip(days, counts, strict=True):
        free = [(unit, pair) for unit in range(size.units) for pair in range(pairs_of(size, unit))]
        rng.shuffle(free)
        while visits and free:
            n = min(visits, rng.choice((2, 2, 3, 4)) if len(free) > 1 else visits)
            visits -= n
            out = outing(day, free.pop(), [turns.pop() for _ in range(n)], clips, carriers, rng)
            planned.append(out)
    # Not in the last days: those cards would lie in a drawer when the year is over.
    early = [n for n, one in enumerate(planned) if one.out_at.date() < days[-LAST_DAYS]]
    for n in rng.sample(early, min(len(early), max(1, round(LATE * len(planned))))):
        planned[n] = replace(planned[n], days_late=rng.choice((2, 3, 4)))
    return sorted(planned, key=lambda one: one.out_at)


def turns_of(size: Size, rng: Random) -> list[Turn]:
    """One for each visit, in no order."""
    turns = [one for one, share in TURNS for _ in range(max(1, round(share * size.activities)))]
    turns += [Turn.NONE] * (size.activities - len(turns))
    rng.shuffle(turns)
    return turns


def outing(
    day: date, team: tuple[int, int], turns: list[Turn], clips: float, carriers: int, rng: Random
) -> Outing:
    out_at = datetime.combine(day, time(8, 20), CHINA) + timedelta(minutes=rng.randrange(60))
    devices = 2 if carriers > 1 or rng.random() < SECOND_DEVICE else 1
    at, visits = out_at + BETWEEN, []
    for turn in turns:
        # A second device films once beside the first one.
        number = max(1, round(rng.uniform(clips - 2, clips + 2)) - (devices - 1))
        visits.append(visit(at, number, turn, rng))
        at = visits[-1].left_at + BETWEEN + timedelta(seconds=rng.randrange(600))
    back_at = max(at, datetime.combine(day, time(15), CHINA) + timedelta(minutes=rng.randrange(90)))
    return Outing(out_at, back_at, *team, devices, tuple(visits))


def visit(at: datetime, clips: int, turn: Turn, rng: Random) -> Visit:
    place = f"{rng.choice(STREETS)}{rng.randrange(1, 200)}号"
    party = f"{rng.choice(FAMILY)}氏{rng.choice(TRADES)}"
    return Visit(at, max(clips, FEWEST_CLIPS.get(turn, 1)), rng.randrange(1000), place, party, turn)


def spread(total: int, places: int, rng: Random) -> list[int]:
    """`total` over so many places, as even as days are."""
    counts = [0] * places
    for n in range(total):
        jitter = rng.randrange(-2, 3)
        counts[min(places - 1, max(0, n * places // total + jitter))] += 1
    return counts


def pairs_of(size: Size, unit: int) -> int:
    return len(officers_of(size, unit)) // 2


def officers_of(size: Size, unit: int) -> range:
    """Numbers of the unit's officers; the first one heads it."""
    share = size.officers // size.units
    last = size.officers if unit == size.units - 1 else (unit + 1) * share
    return range(unit * share, last)


def unit_name(n: int) -> str:
    return f"执法{'一二三四五六七八九十'[n]}中队"


def places_of(size: Size) -> tuple[Place, ...]:
    units = [
        Place(unit_name(n), "enforcement", login(officers_of(size, n)[0]), is_busy=n == 0)
        for n in range(size.units)
    ]
    return (
        *units,
        Place("法制审核股", "legal", "fazhi"),
        Place("办公室", "office", "bangong"),
    )


OFFICE = (
    Person("xitong", "许志远", "system_admin"),
    Person("anquan", "安晓岚", "security_admin"),
    Person("shenji", "沈季平", "auditor"),
    Person("bangong", "蒋学文", "unit_head", "办公室"),
    Person("baoguan", "周文保", "custodian", "办公室"),
    Person("shebei", "石培林", "keeper", "办公室"),
    Person("caiwu", "冯慧", "finance", "办公室"),
    Person("fazhi", "郑法宁", "legal_office", "法制审核股"),
    Person("ducha", "杜长青", "supervision"),
    Person("zhuguan", "韩主恩", "leader"),
    Person("juzhang", "陈立新", "bureau_head"),
)


def login(n: int) -> str:
    return f"zf{n + 1:03}"


def people_of(size: Size, *, seed: str) -> tuple[Person, ...]:
    rng = Random(f"{seed}:people")  # noqa: S311 -- a story, no secret
    enforcing = []
    for unit in range(size.units):
        for n in officers_of(size, unit):
            name = rng.choice(FAMILY) + rng.choice(GIVEN) + rng.choice(GIVEN)
            role = "unit_head" if n == officers_of(size, unit)[0] else "officer"
            enforcing.append(Person(login(n), name, role, unit_name(unit), f"130821{n + 1:05}"))
    return (*OFFICE, *enforcing)


def devices_of(size: Size) -> tuple[Registered, ...]:
    """Body cameras, in turn for each unit."""
    return tuple(
        Registered(
            f"ZF-{n + 1:04}", "body_camera", unit_name(n % size.units), "海鹰", "DSJ-V9",
            f"HY25{n + 1:06}", f"ZC-2025-{n + 1:04}", "2980.00", "装备柜", gb=64,
        )
        for n in range(size.devices)
    )  # fmt: skip
