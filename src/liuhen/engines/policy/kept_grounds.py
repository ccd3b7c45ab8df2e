"""Grounds as JSON, to be kept beside what was answered by them."""

from collections.abc import Iterable
from typing import Any

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


def from_json(kept: Iterable[dict[str, Any]]) -> list[Ground]:
    """As they were answered then; one in words no longer known is left out."""
    known = [said for said in kept if said["code"] in set(Why)]
    return [
        Ground(one["article"], Why(one["code"]), one["facts"], one["reading"], tuple(one["see"]))
        for one in known
    ]
