"""What cannot wait for the worker's round: read from the reports and requests themselves."""

from dataclasses import dataclass, field
from datetime import datetime

from liuhen.cases import stops, unrecorded_queries
from liuhen.cases.models import Exemption, StopReport
from liuhen.people.models import Officer
from liuhen.people.permissions import permissions_of
from liuhen.web.doors import SEEING

MOST = 10
"""So many of each on one page; the list has all."""


@dataclass(frozen=True)
class Urgent:
    at: datetime
    stops: list[StopReport] = field(default_factory=list)
    consents: list[Exemption] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.stops or self.consents)


def urgent_for(officer: Officer, at: datetime) -> Urgent:
    """Stop reports nobody has read, and consents asked for before the arrival. For those who see
    nothing of enforcement nothing is asked of the database."""
    if not permissions_of(officer) & set(SEEING):
        return Urgent(at)
    consents = unrecorded_queries.consents_waiting_for(officer)
    return Urgent(at, list(stops.unseen_for(officer)[:MOST]), list(consents[:MOST]))
