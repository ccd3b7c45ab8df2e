"""Do holds and complaints stand as the log says? Whoever would let one go in the tables alone is
found out."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from liuhen.custody import proofs
from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.retention import scopes
from liuhen.retention.complaints import digest_of
from liuhen.retention.models import SUBJECTS, Complaint, Hold

COMPARED = ("scope", "subject", "recordings", "since", "until")


def audit() -> Iterator[Deviation]:
    return chain(audit_holds(), audit_complaints())


def audit_holds() -> Iterator[Deviation]:
    """Log ↔ rows: each hold placed has its row as it was placed; it is lifted if the log says so
    and not otherwise; each row was placed."""
    lifted = {event.subject for event in proofs.events_of_kind(Kind.HOLD_LIFTED)}
    rows = {f"hold:{row.number}": row for row in Hold.objects.select_related(*SUBJECTS)}
    unseen = set(rows)
    for event in proofs.events_of_kind(Kind.HOLD_PLACED):
        unseen.discard(event.subject)
        row = rows.get(event.subject)
        if row is None:
            yield Deviation("hold.row_missing", event.subject, f"event {event.index}")
            continue
        yield from compare(row, proofs.facts_of(event))
        if (row.lifted_at is not None) != (event.subject in lifted):
            told = "lifted, and no event says so" if row.lifted_at else "lifted by the log alone"
            yield Deviation("hold.state_changed", event.subject, told)
    for subject in sorted(unseen):
        yield Deviation("hold.never_placed", subject, "no event says it was placed")


def audit_complaints() -> Iterator[Deviation]:
    """Each complaint entered has its row, in the words that were entered; so has its outcome."""
    rows = {f"complaint:{row.number}": row for row in Complaint.objects.all()}
    columns = {Kind.COMPLAINT_ENTERED: "text", Kind.COMPLAINT_CLOSED: "outcome_text"}
    for kind, column in columns.items():
        for event in proofs.events_of_kind(kind):
            row = rows.get(event.subject)
            if row is None:
                yield Deviation("complaint.row_missing", event.subject, f"event {event.index}")
            elif digest_of(getattr(row, column)) != proofs.facts_of(event)["text_sha256"]:
                yield Deviation("complaint.row_changed", event.subject, f"{column}: other words")


def compare(row: Hold, facts: dict[str, Any]) -> Iterator[Deviation]:
    """A case's or party's name may be put right; what it is that is held may not."""
    there = scopes.said(row)
    for name in COMPARED:
        if facts[name] != there[name]:
            told = f"{name}: placed {facts[name]}, now {there[name]}"
            yield Deviation("hold.row_changed", f"hold:{row.number}", told)
