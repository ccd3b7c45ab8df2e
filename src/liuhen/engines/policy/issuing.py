"""May this device go out with this officer? What a check must find, and who answers afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from liuhen.engines.policy.answers import Ground, Why
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import (
    Accountability,
    Compensation,
    Exemption,
    Handover,
    PreUseCheck,
    Repair,
    Sanctions,
)
from liuhen.engines.policy.vocabulary import Cause, Post

GIB = 1 << 30


@dataclass(frozen=True)
class CheckFacts:
    """What was found on looking at a device; None: not looked at, or it does not say.

    Args:
        ok: by the item's code, what the keeper says of it.
        battery_percent: 0 to 100.
        free_bytes: left on the card.
        clock_off_seconds: how far the clock is off at the most, ahead or behind.
    """

    ok: Mapping[str, bool] = field(default_factory=dict)
    battery_percent: int | None = None
    free_bytes: int | None = None
    clock_off_seconds: float | None = None


@dataclass(frozen=True)
class Checked:
    """`failures` empty: the device may be used. Each failure names its article."""

    failures: tuple[Ground, ...]

    @property
    def is_passed(self) -> bool:
        return not self.failures


def check(rules: Rules, facts: CheckFacts) -> Checked | None:
    """None: the regulation asks for no check before use."""
    rule = rules.get(PreUseCheck)
    if rule is None:
        return None
    failures = [
        Ground.of(rule, Why.CHECK_ITEM_FAILED, item=item.text)
        for item in rule.items
        if not facts.ok.get(item.code, False)
    ]
    return Checked((*failures, *below_floors(rule, facts)))


def below_floors(rule: PreUseCheck, facts: CheckFacts) -> list[Ground]:
    """What the bureau itself has set; a floor without a figure to hold against it is not met."""
    found = []
    if rule.battery_at_least is not None and (facts.battery_percent or 0) < rule.battery_at_least:
        found.append(Ground.of(rule, Why.BATTERY_LOW, needed=rule.battery_at_least))
    if rule.free_at_least is not None and (facts.free_bytes or 0) < rule.free_at_least * GIB:
        found.append(Ground.of(rule, Why.SPACE_LOW, needed=rule.free_at_least))
    if rule.clock_within is not None:
        if facts.clock_off_seconds is None:
            found.append(Ground.of(rule, Why.CLOCK_NOT_READ, within=rule.clock_within))
        elif facts.clock_off_seconds > rule.clock_within:
            found.append(Ground.of(rule, Why.CLOCK_OFF, within=rule.clock_within))
    return found


def second_device(rules: Rules) -> Ground | None:
    """Why a second device at once wants a reason; None: it wants none.

    Where whoever uses a device answers for it, nobody answers for two at one time unasked.
    """
    rule = rules.get(Accountability)
    if rule is None or not (rule.user_answers or rule.keeper_per_device):
        return None
    return Ground.of(rule, Why.ONE_EACH)


def explosive_area(rules: Rules) -> Ground | None:
    """The article that speaks of explosive areas; None: it is only common sense."""
    rule = rules.get(Exemption)
    if rule is None or Cause.EXPLOSIVE_AREA not in {cause.code for cause in rule.causes}:
        return None
    return Ground.of(rule, Why.EXPLOSION_PROOF_NEEDED)


def suspension(rules: Rules) -> Ground | None:
    """The article under which enforcement work is stopped; None: the regulation names no such."""
    rule = rules.get(Sanctions)
    if rule is None or not any(item.suspends for item in rule.items):
        return None
    return Ground.of(rule, Why.SUSPENDED)


def lost_with_recordings(rules: Rules) -> Ground | None:
    """The article by which they should have been handed in; None: the regulation sets none."""
    rule = rules.get(Handover)
    return Ground.of(rule, Why.RECORDINGS_LOST) if rule else None


@dataclass(frozen=True)
class Owed:
    """What is to be paid for a device: the full price, or what the bureau decides."""

    full_price: bool
    grounds: tuple[Ground, ...]


def compensation(rules: Rules, *, deliberate: bool) -> Owed:
    """No grounds: the regulation is silent, the bureau decides by its own rules."""
    rule = rules.get(Compensation)
    if rule is None:
        return Owed(False, ())
    full = deliberate and rule.deliberate_full_price
    why = Why.FULL_PRICE if full else Why.BY_RULE
    return Owed(full, (Ground.of(rule, why),))


@dataclass(frozen=True)
class Mending:
    """Whom a repair goes through."""

    post: Post
    grounds: tuple[Ground, ...]


def repair(rules: Rules) -> Mending | None:
    """None: the regulation names nobody; the device's keeper sees to it."""
    rule = rules.get(Repair)
    if rule is None:
        return None
    return Mending(rule.through, (Ground.of(rule, Why.REPAIR_THROUGH, posts=str(rule.through)),))
