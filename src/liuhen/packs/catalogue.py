"""The regulations a bureau can choose from, read from this folder's data files."""

from functools import cache
from pathlib import Path

from liuhen.engines.policy.loading import load
from liuhen.engines.policy.pack import Pack

FOLDER = Path(__file__).parent


def offered() -> tuple[Pack, ...]:
    """Every pack in this folder, in the order of its id."""
    return tuple(pack(path.stem) for path in sorted(FOLDER.glob("*.yaml")))


@cache
def pack(pack_id: str) -> Pack:
    """Read once in a process, and only if asked for. Raises KeyError: no such pack."""
    path = FOLDER / f"{pack_id}.yaml"
    if path not in FOLDER.glob("*.yaml"):  # a name, never a way elsewhere
        raise KeyError(pack_id)
    return load(path)
