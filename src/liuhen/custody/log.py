"""Append to the log. The only place that writes custody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

import rfc8785
from django.db import connection, transaction

from liuhen.custody import keys, store
from liuhen.custody.errors import EventTooLong
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.merkle.checkpoints import Checkpoint as Head
from liuhen.engines.merkle.checkpoints import sign_checkpoint
from liuhen.engines.merkle.tree import leaf_hash

SYSTEM = "system"
"""The actor of what nobody in particular asked for: the worker's own rounds."""

MAX_ENTRY_BYTES = 65_535  # C2SP tlog-tiles: an entry's length is a uint16
APPEND_LOCK = 0x6C69_7568_656E  # PostgreSQL advisory lock: one appender at a time
FORMAT_VERSION = 1


class Actor(Protocol):
    """Whoever acts. The log keeps the words, so it need not know the people's tables."""

    login: str
    name: str
    officer_cert_no: str | None


@dataclass(frozen=True)
class Act:
    """One thing that happened, before it has a place in the log."""

    kind: Kind
    subject: str
    by: Actor | str
    at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


def record(
    kind: Kind, *, subject: str, by: Actor | str, at: datetime, **facts: Any
) -> CustodyEvent:
    """Append one event in the caller's transaction: without the event, no change.

    Args:
        subject: what it happened to, e.g. `recording:2026-000012`.
        by: the officer, or `SYSTEM`.
        at: aware.
        facts: JSON values; instants as ISO 8601 text, no floats.
    Raises:
        EventTooLong: the entry would pass 65,535 bytes.
        TransactionManagementError: the caller opened no transaction.
    """
    return record_all([Act(Kind(kind), subject, by, at, facts)])[0]


def record_all(acts: Sequence[Act]) -> list[CustodyEvent]:
    """Append several events under one signed checkpoint, in the caller's transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a custody event needs its act's transaction")
    if not acts:
        return []
    wait_for_turn()
    frontier = store.frontier()
    events = []
    for act in acts:
        entry = encode(act)
        hashed = leaf_hash(entry)
        events.append(
            CustodyEvent(
                index=frontier.size,
                kind=str(act.kind),
                subject=act.subject,
                actor=name_of(act.by),
                at=act.at,
                entry=entry,
                leaf_hash=hashed,
            )
        )
        frontier.append(hashed)
    store.keep_events(events)
    store.keep_full_tiles(events[0].index, frontier.size)
    root = frontier.root()
    note = sign_checkpoint(Head(keys.origin(), frontier.size, root), keys.signer())
    store.keep_checkpoint(frontier.size, root, note, acts[-1].at)
    store.remember(frontier, root)
    return events


def wait_for_turn() -> None:
    """SQLite's IMMEDIATE transactions already queue; PostgreSQL's need a lock until the commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPEND_LOCK])


def encode(act: Act) -> bytes:
    """The RFC 8785 bytes that are hashed. Raises EventTooLong."""
    entry = rfc8785.dumps(
        {
            "v": FORMAT_VERSION,
            "kind": str(act.kind),
            "subject": act.subject,
            "by": describe(act.by),
            "at": act.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "facts": dict(act.facts),
        }
    )
    if len(entry) > MAX_ENTRY_BYTES:
        raise EventTooLong()
    return entry


def name_of(by: Actor | str) -> str:
    return by if isinstance(by, str) else by.login


def describe(by: Actor | str) -> str | dict[str, Any]:
    """Who it was, in words that still tell when the account is long gone."""
    if isinstance(by, str):
        return by
    return {"login": by.login, "name": by.name, "cert_no": by.officer_cert_no}
