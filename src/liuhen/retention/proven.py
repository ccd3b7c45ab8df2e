"""What the log really says: each event is proven against the signed checkpoint before its word is
taken, and the word is its entry's, never a column's. A row of the table is easily written."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liuhen.custody import keys, proofs
from liuhen.custody.kinds import Kind
from liuhen.custody.models import Checkpoint, CustodyEvent
from liuhen.engines.merkle.checkpoints import open_checkpoint


@dataclass(frozen=True)
class Said:
    """One proven event. `actor` is a login, or the system's name."""

    index: int
    kind: Kind
    subject: str
    actor: str
    at: datetime
    facts: dict[str, Any]


class Unproven(PermissionError):
    """A row that looks like an event and is none: a forged or damaged table."""


def said_of(subject: str, *kinds: Kind) -> list[Said]:
    """All events of these kinds about `subject`, oldest first.

    Raises: Unproven, for one of them that the log does not bear out: then none is believed.
    """
    rows = CustodyEvent.objects.filter(subject=subject, kind__in=kinds).order_by("index")
    found = [said(event) for event in rows]
    for one in found:
        if one.subject != subject or one.kind not in kinds:
            raise Unproven(f"event {one.index} is about {one.subject}, not {subject}")
    return found


def said(event: CustodyEvent) -> Said:
    """Raises: Unproven."""
    try:
        proofs.check(event)
        entry = json.loads(bytes(event.entry))
    except ValueError as invalid:  # no such leaf, another content, another signature
        raise Unproven(f"event {event.index} is not in the signed log") from invalid
    by = entry["by"]
    return Said(
        event.index,
        Kind(entry["kind"]),
        entry["subject"],
        by if isinstance(by, str) else by["login"],
        datetime.fromisoformat(entry["at"]),
        entry["facts"],
    )


def signed_size() -> int:
    """How many events the newest signed checkpoint covers. Raises: Unproven."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        return 0
    try:
        return open_checkpoint(newest.note, keys.verifier()).size
    except ValueError as invalid:
        raise Unproven(f"the checkpoint over {newest.size} events is not signed") from invalid
