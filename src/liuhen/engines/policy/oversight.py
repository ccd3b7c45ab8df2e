"""What is looked at again and again, what counts as a breach, and what follows from one."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from liuhen.engines.policy.answers import Ground, Why, in_order
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import (
    Breaches,
    BreachLine,
    Point,
    Sampling,
    SanctionLine,
    Sanctions,
)
from liuhen.engines.policy.vocabulary import Post, Rhythm, Sign


@dataclass(frozen=True)
class SamplingSaid:
    """`percent` None: the regulation says "a ratio"; the bureau has to set it."""

    percent: int | None
    questions: tuple[Point, ...]
    posts: tuple[Post, ...]
    grounds: tuple[Ground, ...]


def sampling(rules: Rules) -> SamplingSaid | None:
    """None: the regulation asks for no sampling."""
    rule = rules.get(Sampling)
    if rule is None:
        return None
    posts = in_order(rule.posts)
    if rule.percent is None:
        ground = Ground.of(rule, Why.SAMPLING_UNSET, posts=posts)
    else:
        ground = Ground.of(rule, Why.SAMPLING, posts=posts, percent=rule.percent)
    return SamplingSaid(rule.percent, rule.questions, rule.posts, (ground,))


@dataclass(frozen=True)
class Recurring:
    """`rhythm` None: the text says "irregularly" or "regularly"; the bureau sets how often."""

    posts: tuple[Post, ...]
    rhythm: Rhythm | None
    what: str
    grounds: tuple[Ground, ...]


def cadences(rules: Rules) -> dict[str, Recurring]:
    """Every recurring task by its parameter's name; none before the bureau followed a rule."""
    if rules.is_before_adoption:
        return {}
    found = {}
    for name, rule in rules.cadences().items():
        facts = {"posts": in_order(rule.posts), "what": rule.what}
        if rule.rhythm is None:
            ground = Ground.of(rule, Why.CADENCE_UNSET, **facts)
        else:
            ground = Ground.of(rule, Why.CADENCE, rhythm=rule.rhythm, **facts)
        found[name] = Recurring(rule.posts, rule.rhythm, rule.what, (ground,))
    return found


MONTHS_OF = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3, Rhythm.YEAR: 12}


def period_of(rhythm: Rhythm, day: date) -> tuple[date, date]:
    """The first and last day of the calendar period `day` lies in; a working day is its own.

    Whether the day is a working day, the bureau's calendar says.
    """
    if rhythm == Rhythm.WORKING_DAY:
        return day, day
    months = MONTHS_OF[rhythm]
    first_month = (day.month - 1) // months * months + 1
    last_month = first_month + months - 1
    last_day = calendar.monthrange(day.year, last_month)[1]
    return date(day.year, first_month, 1), date(day.year, last_month, last_day)


@dataclass(frozen=True)
class BreachesSaid:
    items: tuple[BreachLine, ...]
    grounds: tuple[Ground, ...]


def breaches(rules: Rules) -> BreachesSaid | None:
    """None: the regulation names no breaches."""
    rule = rules.get(Breaches)
    if rule is None:
        return None
    return BreachesSaid(rule.items, (Ground.of(rule, Why.BREACHES, count=len(rule.items)),))


@dataclass(frozen=True)
class SanctionsSaid:
    items: tuple[SanctionLine, ...]
    grounds: tuple[Ground, ...]


def sanctions(rules: Rules) -> SanctionsSaid | None:
    """None: the regulation names no sanctions."""
    rule = rules.get(Sanctions)
    if rule is None:
        return None
    return SanctionsSaid(rule.items, (Ground.of(rule, Why.SANCTIONS, count=len(rule.items)),))


def candidate(rules: Rules, duty_kind: str) -> tuple[int, BreachLine] | None:
    """The article and the item that not doing this duty in time may be; people confirm it.

    None: the regulation names no such breach, or bound nobody yet.
    """
    return first_item(rules, lambda line: duty_kind in line.duties)


def shown_by(rules: Rules, sign: Sign) -> tuple[int, BreachLine] | None:
    """The article and the item that what the record shows may be; people confirm it.

    None: as in `candidate`.
    """
    return first_item(rules, lambda line: sign in line.signs)


def first_item(rules: Rules, fits: Callable[[BreachLine], bool]) -> tuple[int, BreachLine] | None:
    rule = rules.get(Breaches)
    if rule is None or rules.is_before_adoption:
        return None
    hit = next((line for line in rule.items if fits(line)), None)
    return (rule.article, hit) if hit else None
