"""What the vault holds: recordings, and what the rooms above keep in it beside them.

A vault's audit must know everything that belongs there, or it would call a paper a stray; this
room may not know of papers. So whoever keeps something in the vault says so here, once, when the
program starts (`AppConfig.ready`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from liuhen.recordings.models import Recording


@dataclass(frozen=True, slots=True)
class Held:
    """One original. `subject` as the log calls it: `recording:2026-000012`, `document:7`."""

    subject: str
    key: str
    sha256: str
    size_bytes: int


Holding = Callable[[], Iterator[Held]]
_holdings: dict[str, Holding] = {}


def register(room: str, holding: Holding) -> None:
    """`room` is the keeper's name: registering again replaces, it does not add."""
    _holdings[room] = holding


def recordings() -> Iterator[Held]:
    """Those that are still kept: what was disposed of is not missing, it is gone by right."""
    rows = Recording.objects.filter(disposed_at=None).order_by("pk")
    facts = rows.values_list("number", "vault_key", "sha256", "size_bytes")
    for number, key, sha256, size_bytes in facts.iterator():
        yield Held(f"recording:{number}", key, sha256, size_bytes)


def everything() -> Iterator[Held]:
    """Recordings first, then what each other room keeps."""
    yield from recordings()
    for room in sorted(_holdings):
        yield from _holdings[room]()
