"""Read the log again from its first event, before something that can't be undone.

An inclusion proof shows that an event is there; only the whole log, hashed up to the signed root,
shows that none is missing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liuhen.custody import keys
from liuhen.custody.models import Checkpoint, CustodyEvent
from liuhen.engines.merkle.checkpoints import open_checkpoint
from liuhen.engines.merkle.errors import EvidenceInvalid
from liuhen.engines.merkle.tree import Frontier, leaf_hash

AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Entry:
    """As its hashed bytes say. `by` is a login, or the system."""

    kind: str
    subject: str
    by: str
    at: datetime
    facts: dict[str, Any]


class Replay:
    """A reader that goes on where it stopped."""

    def __init__(self) -> None:
        self.frontier = Frontier()

    def on(self) -> Iterator[Entry]:
        """What was signed since the last time, oldest first. To be read to its end: only there it
        is known whether any of it may be believed.

        Raises: EvidenceInvalid, an entry was changed, taken out or put in.
        """
        newest = Checkpoint.objects.order_by("-size").first()
        if newest is None:
            return
        head = open_checkpoint(newest.note, keys.verifier())
        rows = CustodyEvent.objects.filter(index__gte=self.frontier.size, index__lt=head.size)
        events = rows.order_by("index").only("entry", "kind", "subject", "actor", "at")
        for event in events.iterator(chunk_size=AT_ONCE):
            self.frontier.append(leaf_hash(bytes(event.entry)))
            yield read(event)
        if (self.frontier.size, self.frontier.root()) != (head.size, head.root):
            raise EvidenceInvalid(f"the entries do not have the root signed over {head.size}")


def read(event: CustodyEvent) -> Entry:
    """Raises: EvidenceInvalid, also where a look-up column says other than the entry: much is
    found by them."""
    try:
        said = json.loads(bytes(event.entry))
        by = said["by"]
        who = by if isinstance(by, str) else by["login"]
        at = datetime.fromisoformat(said["at"])
        found = Entry(said["kind"], said["subject"], who, at, said["facts"])
    except (ValueError, KeyError, TypeError) as invalid:
        raise EvidenceInvalid(f"entry {event.index} is not an event's JSON") from invalid
    columns = (event.kind, event.subject, event.actor, event.at)
    if columns != (found.kind, found.subject, found.by, found.at):
        raise EvidenceInvalid(f"the columns of entry {event.index} differ from it")
    return found
