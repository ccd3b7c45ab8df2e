"""Whether a unit has the devices the regulation wants it to have."""

from dataclasses import dataclass, replace

from liuhen.engines.policy.answers import Ground, Why
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import EquipmentStandard


@dataclass(frozen=True)
class UnitFacts:
    """`people` who enforce; `devices` they can take along.

    `quota`: what the document outside the regulation grants the unit, once the bureau has entered
    it; None: not entered. `quota_filled`: how many of those are there; a kind's devices beyond
    what is granted fill no other kind's places. None: the document tells no kinds apart, and every
    device fills one.
    """

    people: int
    is_busy: bool
    devices: int
    quota: int | None = None
    quota_filled: int | None = None

    def __post_init__(self) -> None:
        if self.people < 0 or self.devices < 0:
            raise ValueError(f"{self.people} people, {self.devices} devices")


@dataclass(frozen=True)
class Shortfall:
    """`needed` and `missing` None: another document sets the number; the bureau enters it."""

    needed: int | None
    missing: int | None
    grounds: tuple[Ground, ...]


def shortfall(rules: Rules, facts: UnitFacts) -> Shortfall | None:
    """None: the regulation sets no number of devices, or none was owed yet."""
    rule = rules.get(EquipmentStandard)
    if rule is None or rules.is_before_adoption:
        return None
    per_device = rule.busy_people_per_device if facts.is_busy else rule.people_per_device
    floors = []
    if rule.at_least_per_unit is not None:
        floors.append(rule.at_least_per_unit)
    if per_device is not None:
        floors.append(-(-facts.people // per_device))  # a device too many, never a person without
    if floors:
        return counted(rule, facts, max(floors))
    if rule.standard is None:
        return None
    if facts.quota is not None:
        there = facts.devices if facts.quota_filled is None else facts.quota_filled
        return counted(rule, replace(facts, devices=there), facts.quota)
    return Shortfall(None, None, (Ground.of(rule, Why.OUTSIDE_STANDARD, standard=rule.standard),))


def counted(rule: EquipmentStandard, facts: UnitFacts, needed: int) -> Shortfall:
    missing = max(0, needed - facts.devices)
    why = Why.TOO_FEW_DEVICES if missing else Why.ENOUGH_DEVICES
    ground = Ground.of(
        rule, why, people=facts.people, devices=facts.devices, needed=needed, missing=missing
    )
    return Shortfall(needed, missing, (ground,))
