"""The worker's round over what is owed: read the log on, look at the calendar and the clock."""

from datetime import date, datetime

from liuhen.duties import deriving, overdue, recurring, shortfall
from liuhen.kernel.clock import in_china


class Rounds:
    """Remembers which day it has looked at; everything else is in the database."""

    def __init__(self) -> None:
        self.day: date | None = None

    def go(self, *, at: datetime) -> None:
        """Idle, this is three small queries. Done twice, or killed anywhere, it loses nothing."""
        house_changed = deriving.catch_up(at=at)
        today = in_china(at).date()
        if house_changed or today != self.day:
            # Forgotten until both are done: a round that fails here is done again.
            self.day = None
            recurring.make(at=at)
            shortfall.look(at=at)
            self.day = today
        overdue.note_due(at=at)
