"""The simulated bureau while its year runs: what every part of the year needs at hand."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from liuhen.kernel.clock import CHINA, in_china
from liuhen.ops.year_agenda import Act, Agenda
from liuhen.ops.year_files import Reel
from liuhen.ops.year_plan import Size

DAY = timedelta(days=1)


@dataclass
class World:
    """`days`: all of the year, `working` those worked on. `done` counts what happened, `undone`
    what the product refused, by its refusal's code. `today`: the rules of the last
    day asked about."""

    size: Size
    seed: str
    days: list[date]
    working: list[date]
    agency: Any
    people: dict[str, Any]
    units: list[Any]
    lines: list[Any]
    agenda: Agenda
    reel: Reel
    examiners: Any
    rounds: Any
    folder: Path
    end: datetime
    done: Counter[str] = field(default_factory=Counter)
    undone: Counter[str] = field(default_factory=Counter)
    today: Any = None

    def dice(self, part: str) -> Random:
        """Each part has its own, so that a part more changes nothing for the others."""
        return Random(f"{self.seed}:{part}")  # noqa: S311 -- a story, no secret

    def attempt(self, what: str, act: Callable[[], Any]) -> Any:
        """Do it and count it. None: the product refused, which is counted under its code."""
        from liuhen.kernel.refusal import Refusal

        try:
            made = act()
        except Refusal as refused:
            self.undone[f"{what}: {refused.code}"] += 1
            return None
        self.done[what] += 1
        return made if made is not None else True

    def sometimes(self, times: int, part: str, act: Act, *, hour: int = 10) -> None:
        """So often, evenly over the year, on working days at about that hour."""
        dice = self.dice(part)
        for n in range(times):
            place = (n + dice.random()) / times
            day = self.working[min(len(self.working) - 1, int(place * len(self.working)))]
            self.agenda.put(moment(day, hour) + timedelta(minutes=dice.randrange(90)), act)

    def later(self, at: datetime, days: int) -> datetime:
        """At the same time, so many working days on; so many days where the year is over by
        then."""
        place = bisect_right(self.working, in_china(at).date()) + days - 1
        if place >= len(self.working):
            return at + days * DAY
        return datetime.combine(self.working[place], in_china(at).timetz())

    def rules(self, at: datetime) -> Any:
        """Of that day, looked up once: all changes are made on the evening before the year."""
        from liuhen.regulations import current

        day = in_china(at).date()
        if self.today is None or self.today.day != day:
            self.today = current.rules(self.agency, day)
        return self.today


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), CHINA)
