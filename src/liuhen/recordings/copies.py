"""Copies of recordings that other rooms made beside the vault: on discs, as excerpts.

When a recording is disposed of, they go too, or are named for whoever destroys them by hand. This
room may not know of the rooms above; so whoever makes copies says so here, once, when the program
starts (`AppConfig.ready`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from liuhen.recordings.models import Recording


@dataclass(frozen=True)
class Elsewhere:
    """A copy this program cannot remove, to be destroyed by hand: what it is and where it lies."""

    what: str
    where: str


@dataclass(frozen=True)
class Keeper:
    """Whoever makes copies.

    `find`: those one holds in the hand. `forget`: removes what lies on this machine, e.g. images
    to be written; how many; called in a transaction, and again harmless.
    """

    find: Callable[[Sequence[Recording]], list[Elsewhere]]
    forget: Callable[[QuerySet[Recording]], int]


_keepers: dict[str, Keeper] = {}


def register(name: str, keeper: Keeper) -> None:
    """Registering again replaces, it does not add."""
    _keepers[name] = keeper


def elsewhere(recordings: Iterable[Recording]) -> list[Elsewhere]:
    rows = list(recordings)
    return [one for name in sorted(_keepers) for one in _keepers[name].find(rows)]


@transaction.atomic
def forget(recording: Recording) -> int:
    """How many files went."""
    rows = Recording.objects.filter(pk=recording.pk)
    return sum(keeper.forget(rows) for keeper in _keepers.values())
