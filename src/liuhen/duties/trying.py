"""Two sets of rules side by side for each day: those that held, and those that are tried."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from liuhen.engines.policy.pack import Adopted, Change, Rulebook, Rules

T = TypeVar("T")


class Pair(NamedTuple):
    before: Rules
    after: Rules


class Tried:
    """A rulebook and changes to it, taken as if they had held on every day asked about."""

    def __init__(self, book: Rulebook, changes: Iterable[Change | Adopted]) -> None:
        self.book = book
        self.other: Rulebook | None = None
        self.values = {}
        for change in changes:
            if isinstance(change, Adopted):
                # In the place of what the bureau followed, from its first day on: no earlier.
                self.other = Rulebook((Adopted(change.pack, book.adopted[0].from_date),))
            else:
                self.values[change.parameter] = change.value
        self.pairs: dict[date, Pair] = {}
        self.answers: dict[tuple[date, Callable[[Pair], Any]], Any] = {}

    def on(self, day: date) -> Pair:
        if day not in self.pairs:
            before = self.book.on(day)
            after = self.other.on(day) if self.other else before
            values = {**after.values, **self.values}
            self.pairs[day] = Pair(before, replace(after, values=values))
        return self.pairs[day]

    def once(self, day: date, ask: Callable[[Pair], T]) -> T:
        """What `ask` says of the day's rules; it is asked once a day, not once a recording."""
        if (day, ask) not in self.answers:
            self.answers[day, ask] = ask(self.on(day))
        answer: T = self.answers[day, ask]
        return answer
