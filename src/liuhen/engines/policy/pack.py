"""A pack, what one bureau made of packs, and what holds on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from liuhen.engines.policy.values import CADENCES, PARAMETERS, Cadence, Chain, Value
from liuhen.engines.policy.vocabulary import RequestKind, Topic

V = TypeVar("V", bound=Value)
NAMES = {kind: name for name, kind in PARAMETERS.items() if kind not in (Cadence, Chain)}


@dataclass(frozen=True)
class Article:
    """`governs` is empty for purpose and definition: shown, nothing to enforce."""

    no: int
    summary: str
    governs: tuple[Topic, ...] = ()

    @property
    def is_text_only(self) -> bool:
        return not self.governs


@dataclass(frozen=True)
class WorkedCase:
    """A question with its facts and the answer the regulation gives, run as a test."""

    name: str
    ask: str
    on: date
    given: Mapping[str, Any]
    expect: Mapping[str, Any]
    line: int


@dataclass(frozen=True)
class Pack:
    """A regulation as data. `in_force` None: on issue, the bureau enters the date."""

    pack_id: str
    title: str
    field: str
    document_no: str | None
    in_force: date | None
    articles: Mapping[int, Article]
    parameters: Mapping[str, tuple[Value, ...]]
    cases: tuple[WorkedCase, ...] = ()


@dataclass(frozen=True)
class Change:
    """A bureau's own dated value; it stands beside the pack's, which is never edited."""

    parameter: str
    from_date: date
    value: Value
    reason: str = ""


@dataclass(frozen=True)
class Adopted:
    pack: Pack
    from_date: date


@dataclass(frozen=True)
class Rules:
    """What holds on one day, each parameter at most once.

    `is_before_adoption`: the day lies before the bureau's first regulation; its earliest values
    stand in, for what must never be read as "no rule" (keeping), not for what was not yet owed.
    """

    pack: Pack
    day: date
    values: Mapping[str, Value] = field(default_factory=dict)
    is_before_adoption: bool = False

    def get(self, kind: type[V]) -> V | None:
        """The value of this shape, e.g. `rules.get(Handover)`; None: the regulation is silent."""
        found = self.values.get(NAMES[kind])
        assert found is None or isinstance(found, kind)
        return found

    def chain(self, kind: RequestKind) -> Chain | None:
        found = self.values.get(f"access_{kind}")
        assert found is None or isinstance(found, Chain)
        return found

    def cadences(self) -> dict[str, Cadence]:
        """Every recurring task by its parameter's name."""
        found = {name: self.values.get(name) for name in CADENCES}
        return {name: value for name, value in found.items() if isinstance(value, Cadence)}


@dataclass(frozen=True)
class Rulebook:
    """The regulations a bureau follows, the first one first, and its own changes."""

    adopted: tuple[Adopted, ...]
    changes: tuple[Change, ...] = ()

    def on(self, day: date) -> Rules:
        """What holds on `day` (China's calendar)."""
        first = self.adopted[0]
        counted = max(day, first.from_date)
        current = [one for one in self.adopted if one.from_date <= counted][-1]
        values: dict[str, Value] = {}
        for name, series in current.pack.parameters.items():
            if (found := latest(series, counted)) is not None:
                values[name] = found
        # A change outlives no adoption of another regulation: it was made to the former one.
        for change in sorted(self.changes, key=lambda one: one.from_date):
            if current.from_date <= change.from_date <= counted:
                values[change.parameter] = change.value
        return Rules(current.pack, day, values, is_before_adoption=day < first.from_date)


def latest(series: tuple[Value, ...], day: date) -> Value | None:
    """The newest value that holds on `day`; one without a date is the oldest."""
    reached = [value for value in series if (value.from_date or date.min) <= day]
    return max(reached, key=lambda one: one.from_date or date.min, default=None)
