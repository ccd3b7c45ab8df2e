"""What the log alone says of a spot check, whatever the tables say."""

from dataclasses import dataclass

from liuhen.custody import proofs, queries
from liuhen.custody.errors import NoSuchEvent
from liuhen.custody.kinds import Kind


@dataclass(frozen=True)
class Said:
    """`root`: of the first checkpoint over the announcement. `items` None: not drawn yet."""

    frame_sha256: str
    root: str
    items: list[str] | None


def said_of(number: str) -> Said:
    """Refuses: NoSuchEvent."""
    subject = f"spot_check:{number}"
    announced = proofs.event_of(subject, Kind.SPOT_CHECK_ANNOUNCED)
    head = queries.checkpoint_over(announced)
    if head is None:
        raise NoSuchEvent()
    try:
        drawn = proofs.facts_of(proofs.event_of(subject, Kind.SPOT_CHECK_DRAWN))
    except NoSuchEvent:
        drawn = {}
    digest = str(proofs.facts_of(announced)["frame_sha256"])
    return Said(digest, bytes(head.root).hex(), drawn.get("items"))
