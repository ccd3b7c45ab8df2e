"""Where a page of a long list begins: the instant and key of the row beside it, as opaque text."""

import base64
import binascii
import json
from datetime import UTC, datetime

Edge = tuple[datetime, int]


def write(at: datetime, pk: int, *, backwards: bool) -> str:
    """For an address; `at` is aware."""
    raw = json.dumps([backwards, at.isoformat(), pk])
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def read(cursor: str | None) -> tuple[bool, Edge | None]:
    """(backwards, edge); anything that is no cursor is the first page: forwards, None."""
    if not cursor:
        return False, None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        backwards, at, pk = json.loads(raw)
        instant = datetime.fromisoformat(at)
        if instant.tzinfo is None:
            return False, None
        # Within the years a database counts in, whatever the zone.
        return bool(backwards), (instant.astimezone(UTC), int(pk))
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        return False, None
