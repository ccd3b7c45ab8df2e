"""What is still to be done, in order of time: the simulated year's clock. It never goes back."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

Act = Callable[[datetime], object]


class Agenda:
    """Acts may put further acts on it; one asked for in the past is done next."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._numbers = count()

    def put(self, at: datetime, act: Act) -> None:
        heappush(self._waiting, (max(at, self.now), next(self._numbers), act))

    def run_until(self, end: datetime) -> None:
        """Everything up to `end`; what is later stays undone."""
        while self._waiting and self._waiting[0][0] <= end:
            self.now, _number, act = heappop(self._waiting)
            act(self.now)
        self.now = max(self.now, end)
