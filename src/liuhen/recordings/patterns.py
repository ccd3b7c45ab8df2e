"""How this bureau's devices name their files: the known makers', and the bureau's own first."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings

from liuhen.engines.media.names import (
    DEFAULT_PATTERNS,
    BadPattern,
    NameClaim,
    NamePattern,
    claim_from_name,
)
from liuhen.recordings.errors import PatternsUnreadable

FILE = "name-patterns.toml"
"""In the data directory: a table `patterns`, each key a name, each value a template."""


def claim(name: bytes) -> NameClaim | None:
    """What a file's name says of device, officer and time. Refuses: PatternsUnreadable."""
    return claim_from_name(name, all_patterns())


def all_patterns() -> tuple[NamePattern, ...]:
    path = Path(settings.DATA.root) / FILE
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return DEFAULT_PATTERNS
    return (*own_patterns(path, stamp), *DEFAULT_PATTERNS)


@cache
def own_patterns(path: Path, stamp: int) -> tuple[NamePattern, ...]:
    """The bureau's templates, read again when the file changes (`stamp`)."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["patterns"]
        return tuple(NamePattern(name, template) for name, template in table.items())
    except (tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError, BadPattern) as problem:
        raise PatternsUnreadable(path=str(path), problem=str(problem)) from problem
