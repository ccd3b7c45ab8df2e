"""What a viewing request is about to be: the recordings chosen, and the kinds that may be asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from liuhen.access import asking, chains
from liuhen.access.involved import own_of
from liuhen.access.wording import posts_text
from liuhen.cases.models import Activity, Case
from liuhen.cases.queries import activity_for, case_for, cases_for
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import visible_to
from liuhen.regulations.wording import label
from liuhen.web.access_words import KINDS, course_text

LONGEST_KEY = 18
"""Digits of a primary key."""


@dataclass(frozen=True)
class Chosen:
    """`missing`: numbers of no recording this officer knows of."""

    recordings: tuple[Recording, ...] = ()
    case: Case | None = None
    activity: Activity | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """A kind of request: who would decide, by which article."""

    kind: RequestKind
    course: str
    article: int | None

    @property
    def title(self) -> Any:
        return label(self.kind)

    @property
    def about(self) -> Any:
        return KINDS[self.kind]

    @property
    def is_outside(self) -> bool:
        return self.kind in asking.FOR_OUTSIDERS


def opened_with(said: QueryDict, officer: Officer) -> Chosen:
    """`?recording=` as often as wanted, or all the officer knows of `?case=` or `?activity=`.

    Refuses: NoSuchCase, NoSuchActivity.
    """
    case, activity = place_in(said, officer)
    numbers = said.getlist("recording")
    if numbers or not (case or activity):
        return chosen_of(numbers, case, activity, officer)
    found = belonging_to(case, activity, officer)
    return Chosen(tuple(found), case or case_of(found, officer), activity)


def chosen_of(
    numbers: Sequence[str], case: Case | None, activity: Activity | None, officer: Officer
) -> Chosen:
    """By number; where they all belong to one case, it is for that case."""
    found, missing = numbered(numbers, officer)
    return Chosen(tuple(found), case or case_of(found, officer), activity, tuple(missing))


def place_in(said: QueryDict, officer: Officer) -> tuple[Case | None, Activity | None]:
    """Refuses: NoSuchCase, NoSuchActivity."""
    number = said.get("activity", "")
    return case_in(said, officer), activity_for(number, officer) if number else None


def case_in(said: QueryDict, officer: Officer) -> Case | None:
    key = said.get("case", "")
    return case_for(int(key[:LONGEST_KEY]), officer) if key.isdecimal() else None


def numbered(numbers: Sequence[str], officer: Officer) -> tuple[list[Recording], list[str]]:
    """In the order of time; and the numbers of those that are not known."""
    wanted = [one for one in numbers if "\0" not in one][: 2 * asking.MOST_ITEMS]
    rows = list(in_order(visible_to(officer).filter(number__in=wanted)))
    there = {one.number for one in rows}
    return rows, [one for one in wanted if one not in there]


def belonging_to(case: Case | None, activity: Activity | None, officer: Officer) -> list[Recording]:
    """One more than may be asked for: the refusal says so."""
    rows = visible_to(officer)
    if case is not None:
        rows = rows.filter(activity_recording__activity__case=case)
    if activity is not None:
        rows = rows.filter(activity_recording__activity=activity)
    return list(in_order(rows)[: asking.MOST_ITEMS + 1])


def in_order(rows: Any) -> Any:
    return rows.select_related("officer").defer("examination").order_by("recorded_at", "pk")


def case_of(recordings: Iterable[Recording], officer: Officer) -> Case | None:
    """The one case that all of them belong to, if the officer knows of it."""
    keys = [one.pk for one in recordings]
    if not keys:
        return None
    linked = Recording.objects.filter(pk__in=keys).order_by()
    cases = set(linked.values_list("activity_recording__activity__case_id", flat=True))
    [one, *others] = cases
    if one is None or others:
        return None
    return cases_for(officer).filter(pk=one).first()


def offers_for(chosen: Chosen, officer: Officer, *, at: datetime) -> list[Offer]:
    """The kinds that make sense of what is chosen, and that this officer may ask for."""
    offers = []
    for kind in KINDS:
        chain = chains.chain_for(officer.agency, kind, at=at)
        if not asking.may_ask(officer, kind) or not fits(kind, chosen, chain, officer):
            continue
        steps = [(posts_text(step.posts), step.act) for step in chain.steps]
        offers.append(Offer(kind, course_text(steps), chain.article))
    return offers


def fits(kind: RequestKind, chosen: Chosen, chain: chains.Chain, officer: Officer) -> bool:
    if kind == RequestKind.OWN_CASE:
        own = own_of(officer, chosen.recordings)
        return bool(chain.steps) and all(one.pk in own for one in chosen.recordings)
    return kind != RequestKind.EVIDENCE or chosen.case is not None
