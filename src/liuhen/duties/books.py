"""The rules each bureau followed on a day, looked up once for a whole round."""

from datetime import date, datetime

from liuhen.engines.policy.pack import Rulebook, Rules
from liuhen.kernel.clock import in_china
from liuhen.people.models import Agency
from liuhen.regulations import current


class Books:
    """Two queries for each bureau met, however many days are asked about."""

    def __init__(self) -> None:
        self.books: dict[int, Rulebook | None] = {}
        self.days: dict[tuple[int, date], Rules] = {}

    def book(self, agency: Agency) -> Rulebook | None:
        """None: the bureau follows no regulation yet, so nothing is owed."""
        if agency.pk not in self.books:
            self.books[agency.pk] = current.rulebook_if_any(agency)
        return self.books[agency.pk]

    def on(self, agency: Agency, instant: datetime) -> Rules | None:
        """What held on the day of `instant` in China; None as in `book`."""
        return self.on_day(agency, in_china(instant).date())

    def on_day(self, agency: Agency, day: date) -> Rules | None:
        book = self.book(agency)
        if book is None:
            return None
        if (agency.pk, day) not in self.days:
            self.days[agency.pk, day] = book.on(day)
        return self.days[agency.pk, day]
