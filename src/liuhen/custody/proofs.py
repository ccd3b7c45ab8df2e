"""What the log can prove, in C2SP's own words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from liuhen.custody import keys, witnesses
from liuhen.custody.errors import NoSuchEvent
from liuhen.custody.kinds import Kind
from liuhen.custody.models import Checkpoint, CustodyEvent, Timestamp
from liuhen.custody.store import Reader
from liuhen.engines.merkle.checkpoints import Checkpoint as Head
from liuhen.engines.merkle.checkpoints import open_checkpoint
from liuhen.engines.merkle.proofs import inclusion_proof, verify_inclusion
from liuhen.engines.merkle.tlog_proof import InclusionProof
from liuhen.engines.merkle.tree import leaf_hash


def newest_checkpoint() -> Checkpoint:
    """Refuses: NoSuchEvent when nothing has happened yet."""
    head = Checkpoint.objects.order_by("-size").first()
    if head is None:
        raise NoSuchEvent()
    return head


def event_of(subject: str, kind: Kind) -> CustodyEvent:
    """The first event of this kind about `subject`. Refuses: NoSuchEvent."""
    event = CustodyEvent.objects.filter(subject=subject, kind=kind).order_by("index").first()
    if event is None:
        raise NoSuchEvent()
    return event


def proof_of(event: CustodyEvent) -> InclusionProof:
    """That `event` stands in the log under its newest signed checkpoint; encode() is the file."""
    head = newest_checkpoint()
    return proof_under(head.size, head.note, event)


def cosigned_proof_of(event: CustodyEvent) -> InclusionProof | None:
    """The same under the newest checkpoint a witness cosigned; None while none covers `event`."""
    head = witnesses.newest_over(event.index)
    return proof_under(head.size, witnesses.cosigned(head), event) if head else None


@dataclass(frozen=True)
class Stamped:
    """A proof under a timestamped checkpoint; `answer` is the authority's (DER TimeStampResp)."""

    proof: InclusionProof
    answer: bytes


def stamped_proof_of(event: CustodyEvent) -> Stamped | None:
    """Under the earliest timestamped checkpoint over `event`: it happened before that time."""
    stamp = Timestamp.objects.filter(size__gt=event.index).order_by("size").first()
    if stamp is None:
        return None
    note = Checkpoint.objects.get(size=stamp.size).note
    return Stamped(proof_under(stamp.size, note, event), bytes(stamp.token))


def proof_under(size: int, note: str, event: CustodyEvent) -> InclusionProof:
    path = inclusion_proof(event.index, size, Reader())
    return InclusionProof(event.index, tuple(path), note)


def check(event: CustodyEvent) -> Head:
    """Verify the event's place against the signed checkpoint, by the stored entry's own bytes.

    Returns the checkpoint it was verified under.
    Raises:
        EvidenceInvalid: the log and the event do not agree.
    """
    proof = proof_of(event)
    head = open_checkpoint(proof.checkpoint_note, keys.verifier())
    leaf = leaf_hash(bytes(event.entry))
    verify_inclusion(leaf, index=event.index, size=head.size, path=proof.path, root=head.root)
    return head


def facts_of(event: CustodyEvent) -> dict[str, Any]:
    """The event's `facts`, from the hashed entry rather than from any column."""
    facts: dict[str, Any] = json.loads(bytes(event.entry))["facts"]
    return facts


def events_of_kind(*kinds: Kind) -> Iterator[CustodyEvent]:
    """All of any of these, in the order in which it happened."""
    return CustodyEvent.objects.filter(kind__in=kinds).order_by("index").iterator(chunk_size=1000)


def history_of(subject: str) -> list[CustodyEvent]:
    """All that happened to `subject`, oldest first."""
    return list(CustodyEvent.objects.filter(subject=subject).order_by("index"))
