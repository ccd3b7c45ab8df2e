"""The worker's round over what is owed: read the log on, look at the calendar and the clock."""

from collections.abc import Callable
from datetime import date, datetime

from liuhen.duties import (
    budgets,
    collecting,
    deriving,
    disc_checks,
    overdue,
    recurring,
    shortfall,
)
from liuhen.kernel.clock import in_china


class Rounds:
    """Remembers which day it has looked at; everything else is in the database.

    `rest` is called after each transaction of a long run, so that others get to write: SQLite
    has one writer at a time and no queue for it.
    """

    def __init__(self, rest: Callable[[], object] = lambda: None) -> None:
        self.day: date | None = None
        self.rest = rest

    def go(self, *, at: datetime) -> None:
        """Idle, this is four small queries. Done twice, or killed anywhere, it loses nothing."""
        # Forgotten until all is done: a round that fails here is done again.
        known, self.day = self.day, None
        house_changed = deriving.catch_up(at=at, rest=self.rest)
        today = in_china(at).date()
        if house_changed or today != known:
            recurring.make(at=at)
            budgets.look(at=at)
            shortfall.look(at=at)
            disc_checks.make(at=at)
        self.day = today
        collecting.settle(at=at)
        overdue.note_due(at=at, rest=self.rest)
