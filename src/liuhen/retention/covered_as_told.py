"""Which holds the log says were placed, what they cover, and what was complained of under them.

What a hold has come to cover it goes on covering, as `holds.keep_covered` has it in the rows.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from liuhen.custody.kinds import Kind
from liuhen.custody.replay import Entry
from liuhen.people.models import Officer
from liuhen.retention.models import HoldScope, Outcome


@dataclass
class OfHold:
    """`subjects`: what it names, e.g. `case:12`. `placed_by`: a login, which tells the bureau."""

    scope: str
    subjects: frozenset[str]
    since: datetime | None
    until: datetime | None
    placed_by: str
    is_lifted: bool = False
    covered: set[str] = field(default_factory=set)

    def touches(self, start: datetime | None, length: Decimal | None) -> bool:
        """Until its time is told, bounds reach none: the examination's event asks again."""
        if self.scope == HoldScope.RECORDINGS:
            return True
        if start is None:
            return self.since is None and self.until is None
        end = start + timedelta(seconds=float(length or 0))
        begun = self.since is None or self.since <= end
        return begun and (self.until is None or self.until >= start)

    def names(self, ties: set[str]) -> bool:
        return self.scope == HoldScope.PERIOD or not self.subjects.isdisjoint(ties)


@dataclass(frozen=True)
class OfComplaint:
    ground: str
    hold: str
    outcome: str = Outcome.PENDING


class Holds:
    """By number, holds and complaints."""

    def __init__(self) -> None:
        self.placed: dict[str, OfHold] = {}
        self.complaints: dict[str, OfComplaint] = {}
        self._agencies: dict[str, int] = dict(Officer.objects.values_list("login", "agency_id"))

    def fold(self, entry: Entry) -> None:
        number, facts = entry.subject.partition(":")[2], entry.facts
        if entry.kind == Kind.HOLD_PLACED:
            self.placed[number] = hold_of(entry)
        elif entry.kind == Kind.HOLD_LIFTED:
            self.placed[number].is_lifted = True
        elif entry.kind == Kind.COMPLAINT_ENTERED:
            self.complaints[number] = OfComplaint(facts["ground"], facts["hold"])
        elif entry.kind == Kind.COMPLAINT_CLOSED:
            was = self.complaints[number]
            self.complaints[number] = OfComplaint(was.ground, was.hold, facts["outcome"])

    def reach(
        self, number: str, ties: set[str], start: datetime | None, length: Decimal | None
    ) -> None:
        """As things stand now, these are the ties of the recording."""
        for hold in self.placed.values():
            if hold.names(ties) and hold.touches(start, length):
                hold.covered.add(number)

    def covering(self, number: str, agency: int) -> dict[str, OfHold]:
        """Lifted ones, too. A stretch of time is one bureau's."""
        return {
            name: hold
            for name, hold in self.placed.items()
            if number in hold.covered and self._agencies.get(hold.placed_by, agency) == agency
        }

    def about(self, number: str, agency: int) -> dict[str, OfComplaint]:
        """Complaints that count: not what was entered by mistake."""
        by_hold: defaultdict[str, dict[str, OfComplaint]] = defaultdict(dict)
        for name, one in self.complaints.items():
            if one.outcome != Outcome.MISTAKEN:
                by_hold[one.hold][name] = one
        found: dict[str, OfComplaint] = {}
        for hold in self.covering(number, agency):
            found |= by_hold[hold]
        return found


def hold_of(entry: Entry) -> OfHold:
    facts: dict[str, Any] = entry.facts
    subjects = {f"recording:{number}" for number in facts["recordings"]}
    subjects |= {facts["subject"]} if facts["subject"] else set()
    since, until = (instant(facts[name]) for name in ("since", "until"))
    return OfHold(facts["scope"], frozenset(subjects), since, until, entry.by)


def instant(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
