"""Durable custody events a second on SQLite FULL, and a proof at 100,000 events.

The peer is SQLite itself: as many one-row transactions of the same bytes on the same disk.

    .venv/bin/python bench/custody.py
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

EVENTS = 3_000
ROUNDS = 5
LOG_SIZE = 100_000
BATCH = 2_000
PROOFS = 200
LEAST_EVENTS_PER_SECOND = 1_000
MOST_PROOF_MS = 5.0


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="liuhen-bench-") as folder:
        os.environ["LIUHEN_DATA"] = folder
        from liuhen.ops import boot

        boot.start(Path(folder))
        ours()  # until the write-ahead log has its working size, appends pay for its growth
        pairs = [(ours(), plain(Path(folder) / f"plain-{n}.sqlite3")) for n in range(ROUNDS)]
        grow()
        proof_ms = proofs()
    events = median(pair[0] for pair in pairs)
    ratio = median(a / b for a, b in pairs)
    good = events >= LEAST_EVENTS_PER_SECOND and proof_ms < MOST_PROOF_MS
    print(
        f"custody: {events:.0f} durable signed events/s (>= {LEAST_EVENTS_PER_SECOND}), "
        f"{ratio:.2f} of plain SQLite commits; proof + verification {proof_ms:.2f} ms "
        f"at {LOG_SIZE:,} events (< {MOST_PROOF_MS:.0f}): {'ok' if good else 'FAILED'}"
    )
    return 0 if good else 1


def acts(start: int, count: int) -> list[object]:
    from liuhen.custody.kinds import Kind
    from liuhen.custody.log import Act

    noon = datetime(2026, 1, 5, 4, tzinfo=UTC)
    return [
        Act(Kind.RECORDING_OPENED, f"recording:2026-{n:06d}", "li", noon, {"address": "10.0.0.7"})
        for n in range(start, start + count)
    ]


def ours() -> float:
    """Events a second, each in a transaction of its own."""
    from django.db import transaction

    from liuhen.custody import log

    began = time.perf_counter()
    for act in acts(0, EVENTS):
        with transaction.atomic():
            log.record_all([act])
    return EVENTS / (time.perf_counter() - began)


def plain(path: Path) -> float:
    """The peer: one INSERT of as many bytes, one COMMIT, synchronous=FULL, WAL."""
    import pysqlite3

    connection = pysqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE event (n INTEGER PRIMARY KEY, entry BLOB)")
    began = time.perf_counter()
    for n in range(EVENTS):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO event VALUES (?, ?)", (n, bytes(400)))
        connection.execute("COMMIT")
    return EVENTS / (time.perf_counter() - began)


def grow() -> None:
    from django.db import transaction

    from liuhen.custody import log
    from liuhen.custody.models import CustodyEvent

    while (size := CustodyEvent.objects.count()) < LOG_SIZE:
        with transaction.atomic():
            log.record_all(acts(size, min(BATCH, LOG_SIZE - size)))


def proofs() -> float:
    """Median milliseconds to make and verify one proof from the database, indexes spread."""
    from liuhen.custody.models import CustodyEvent
    from liuhen.custody.proofs import check

    times = []
    for n in range(PROOFS):
        event = CustodyEvent.objects.get(index=n * (LOG_SIZE // PROOFS))
        began = time.perf_counter()
        check(event)
        times.append(time.perf_counter() - began)
    return median(times) * 1000


if __name__ == "__main__":
    sys.exit(main())
