"""The regulations a bureau can choose from, read from this folder's data files."""

from functools import cache
from pathlib import Path

from liuhen.engines.policy.loading import load
from liuhen.engines.policy.pack import Pack

FOLDER = Path(__file__).parent


@cache
def offered() -> tuple[Pack, ...]:
    """Every pack in this folder, in the order of its id."""
    return tuple(load(path) for path in sorted(FOLDER.glob("*.yaml")))


def pack(pack_id: str) -> Pack:
    """Raises KeyError: no such pack."""
    return {one.pack_id: one for one in offered()}[pack_id]
