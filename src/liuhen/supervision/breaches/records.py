"""What stands against a person, as they see it themselves. Nothing is a word, too."""

from dataclasses import dataclass

from django.db.models import QuerySet

from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.supervision.breaches import seeing
from liuhen.supervision.models import STANDING, Breach, BreachState


@dataclass(frozen=True)
class Record:
    """One person's year as they see it themselves: `rows` all they were told of, newest first;
    `standing` the decisions that stand."""

    year: int
    rows: list[Breach]
    standing: list[Breach]

    @property
    def is_clean(self) -> bool:
        return not self.standing

    @property
    def no_awards(self) -> bool:
        return any(one.no_awards_year == self.year for one in self.standing)


def record_of(officer: Officer, year: int) -> Record:
    rows = list(seeing.own(officer).select_related("decided_by").order_by("-found_at", "-pk"))
    of_year = [one for one in rows if year_of(one) == year]
    return Record(year, of_year, [one for one in of_year if one.state in STANDING])


def year_of(breach: Breach) -> int:
    return in_china(breach.decided_at or breach.told_at or breach.found_at).year


def open_for(officer: Officer) -> QuerySet[Breach]:
    """What waits for the person concerned: a statement, or a decision to sign for."""
    rows = seeing.own(officer)
    to_state = rows.filter(state=BreachState.INQUIRY, heard_at=None)
    to_sign = (*STANDING, BreachState.CLEARED)
    return to_state | rows.filter(state__in=to_sign, delivered_at=None)
