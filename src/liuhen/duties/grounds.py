"""A duty's facts: the grounds it was made on, kept as they were answered then."""

from collections.abc import Iterable
from typing import Any

from liuhen.duties.models import Duty
from liuhen.engines.policy.answers import Ground, Why


def to_json(grounds: Iterable[Ground]) -> list[dict[str, Any]]:
    return [
        {
            "article": ground.article,
            "code": str(ground.code),
            "facts": {name: plain(value) for name, value in ground.facts.items()},
            "reading": ground.reading,
            "see": list(ground.see),
        }
        for ground in grounds
    ]


def plain(value: str | int) -> str | int:
    """A vocabulary member as its bare word."""
    return str(value) if isinstance(value, str) else value


def grounds_of(duty: Duty) -> list[Ground]:
    """As they were answered when the duty was made; one in words no longer known is left out."""
    known = [said for said in duty.facts.get("grounds", []) if said["code"] in set(Why)]
    return [
        Ground(one["article"], Why(one["code"]), one["facts"], one["reading"], tuple(one["see"]))
        for one in known
    ]
