"""Who answers first for a device: whoever is named, else by the regulation."""

from dataclasses import dataclass

from liuhen.devices.models import Device
from liuhen.engines.policy import answering
from liuhen.engines.policy.answers import Ground
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.vocabulary import Post
from liuhen.people.models import Officer
from liuhen.regulations import posts


@dataclass(frozen=True)
class First:
    """`officers` empty: the regulation names a post that nobody holds.

    `ground` None: the regulation names nobody; whoever is, was named by the bureau.
    """

    officers: tuple[Officer, ...]
    is_named: bool
    ground: Ground | None


def first_of(device: Device, rules: Rules | None) -> First | None:
    """None: nobody is named, by the bureau or by its regulation.

    A named person whose account is off answers no more; then it is as if nobody was named.
    """
    charged = answering.first_responsible(rules) if rules else None
    ground = charged.ground if charged else None
    named = device.first_responsible
    if named is not None and named.is_active:
        return First((named,), True, ground)
    if charged is None:
        return None
    return First(holders_for(device, charged.post), False, ground)


def holders_for(device: Device, post: Post) -> tuple[Officer, ...]:
    """The unit's own head alone, where it has one: others may hold the role beside."""
    if post != Post.UNIT_HEAD:
        return tuple(posts.holders(device.agency, post))
    unit = device.unit
    if unit is None:
        return ()
    if unit.head is not None and unit.head.is_active:
        return (unit.head,)
    return tuple(posts.holders(device.agency, post, unit))
