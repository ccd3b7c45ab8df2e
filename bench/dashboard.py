"""Server time of statistics pages, at a million recordings.

The bureau of bench/search.py, with the verdicts, handovers and uses that statistics count, in a
database of its own (SQLite in a temporary folder, or an empty PostgreSQL database). Everything is
counted by what `liuhen statistics recompute` runs; then each page is asked for 100 times through
the whole stack but the socket, another month or unit each time. The processor's own time stands
beside the clock's, for machines that do other work.

    .venv/bin/python bench/dashboard.py [--recordings 1000000] [--keep FOLDER]
    LIUHEN_DATABASE_URL=postgresql://user@host/empty .venv/bin/python bench/dashboard.py
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from search_bureau import AT_ONCE, fill, insert

MOST_P95_MS, MOST_MS = 50.0, 100.0
WARM_UPS = 3


@dataclass(frozen=True)
class Asked:
    """`query`: another one each time it is called."""

    what: str
    who: str
    path: str
    query: Callable[[], dict[str, Any]]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--recordings", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--times", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="liuhen-bench-") as temporary:
        return run(options.keep or Path(temporary), options.recordings, options.times)


def run(folder: Path, recordings: int, times: int) -> int:
    os.environ["LIUHEN_DATA"] = str(folder)
    from liuhen.ops import boot

    boot.start(folder)
    from django.db import connection

    from liuhen.recordings.models import Recording
    from liuhen.statistics.models import Tally

    if not Recording.objects.exists():
        fill(recordings, told=told)
    if not Tally.objects.exists():
        add_work()
        count_all()
    where = f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
    there = f"{Recording.objects.count():,} recordings, {Tally.objects.count():,} tallies"
    print(f"{where}, {there}; load {os.getloadavg()[0]:.1f}")
    slow = [one.what for one in asked() if not is_fast(one, times)]
    print(
        f"dashboard: every page < {MOST_MS:.0f} ms, p95 < {MOST_P95_MS:.0f} ms: "
        f"{'ok' if not slow else 'FAILED'}"
    )
    return 1 if slow else 0


def told(what: str) -> None:
    print(f"  {time.process_time():6.0f} s  {what}", flush=True)


def add_work() -> None:
    """A verdict for each activity, a handover for each recording, a use for each activity."""
    from django.db.models import F
    from django.db.models.functions import Mod

    from liuhen.cases.models import Activity, Verdict
    from liuhen.devices.models import Checkout, Device
    from liuhen.duties.models import Duty, DutyKind
    from liuhen.recordings.models import Recording

    kept = {"window_ms": 1_800_000, "covered_ms": 1_500_000}
    for n, verdict in enumerate((Verdict.COMPLETE, Verdict.EXPLAINED, Verdict.NOT_RECORDED)):
        rows = Activity.objects.annotate(part=Mod(F("pk"), 10)).filter(part__gte=3 * n)
        rows.update(verdict=verdict, coverage=kept)
    told("verdicts")
    devices = list(Device.objects.order_by("pk").values_list("pk", flat=True))
    names = ("agency_id", "unit_id", "registered_by_id", "arrived_at")
    uses = Activity.objects.order_by("pk").values_list(*names)
    put(
        Checkout,
        (
            {"agency_id": agency, "device_id": devices[n % len(devices)], "officer_id": officer,
             "unit_id": unit, "task": "", "is_explosive_area": False, "second_reason": "",
             "handed_at": at - timedelta(minutes=30), "handed_by_id": officer,
             "returned_at": at + timedelta(hours=2), "received_by_id": officer,
             "condition": "good", "condition_note": "", "content": ""}
            for n, (agency, unit, officer, at) in enumerate(uses.iterator(chunk_size=AT_ONCE))
        ),
    )  # fmt: skip
    told("uses")
    made = Recording.objects.order_by("pk").values_list(
        "pk", "agency_id", "unit_id", "officer_id", "recorded_at"
    )
    put(
        Duty,
        (
            {"agency_id": agency, "key": f"handover:{pk}", "kind": str(DutyKind.HANDOVER),
             "pack_id": "neiqiu-health", "article": 9, "recording_id": pk, "unit_id": unit,
             "owner_id": officer, "post": "", "started_at": at, "due_at": at + timedelta(days=1),
             "state": "done" if pk % 20 else "done_late", "closed_at": at + timedelta(hours=9),
             "reason": "", "facts": "{}"}
            for pk, agency, unit, officer, at in made.iterator(chunk_size=AT_ONCE)
        ),
    )  # fmt: skip
    told("handovers")


def put(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            insert(model, some)
            some = []
    if some:
        insert(model, some)


def count_all() -> None:
    from page_times import analyze

    from liuhen.statistics import tallying

    analyze()
    began = time.perf_counter()
    days = tallying.recompute()
    took = time.perf_counter() - began
    told(f"{days:,} days counted, {took / days * 1000:.0f} ms each")
    analyze()


def is_fast(one: Asked, times: int) -> bool:
    """Times it, prints a line."""
    from django.test import Client

    from liuhen.people.models import Officer

    browser = Client()
    browser.force_login(Officer.objects.get(login=one.who))
    real, own = [], []
    for n in range(times + WARM_UPS):
        query = one.query()
        began, began_own = time.perf_counter(), time.process_time()
        answer = browser.get(one.path, query)
        took = ((time.perf_counter() - began) * 1000, (time.process_time() - began_own) * 1000)
        assert answer.status_code == 200, answer.status_code
        if n >= WARM_UPS:
            real.append(took[0])
            own.append(took[1])
    p50, p95 = at(real, 0.5), at(real, 0.95)
    good = p95 < MOST_P95_MS and max(real) < MOST_MS
    print(
        f"  {p50:6.1f} ms p50 {p95:6.1f} ms p95 {max(real):6.1f} ms most  (processor "
        f"{at(own, 0.5):5.1f} / {at(own, 0.95):5.1f})  {one.who:11} {one.what}: "
        f"{'ok' if good else 'FAILED'}",
        flush=True,
    )
    return good


def at(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def asked() -> Iterator[Asked]:
    from liuhen.people.models import Officer, Unit

    rng = random.Random(3)
    units = list(Unit.objects.values_list("pk", flat=True))
    people = list(Officer.objects.filter(login__startswith="officer").values_list("pk", flat=True))

    def a_day() -> str:
        year, month, day = (
            rng.choice((2024, 2025, 2026)),
            rng.randrange(1, 13),
            rng.randrange(1, 29),
        )
        return f"{year}-{month:02d}-{day:02d}"

    def board(length: str, **more: Any) -> Callable[[], dict[str, Any]]:
        return lambda: {"length": length, "day": a_day()} | {k: v() for k, v in more.items()}

    def month(**more: Any) -> Callable[[], dict[str, Any]]:
        day = a_day()[:7]
        return lambda: {"since": f"{day}-01", "until": f"{day}-28"} | more

    boards = [(length, board(length)) for length in ("day", "month", "year")]
    boards += [
        ("unit's year", board("year", unit=lambda: rng.choice(units))),
        ("officer's year", board("year", officer=lambda: rng.choice(people))),
    ]
    for what, query in boards:
        yield Asked(what, "custodian", "/statistics/", query)
    for who in ("supervision", "unit_head", "officer0"):
        yield Asked("year", who, "/statistics/", board("year"))
    yield Asked("list, recordings of a month", "custodian", "/statistics/list/",
                month(figure="recordings"))  # fmt: skip
    yield Asked("list, late handovers", "supervision", "/statistics/list/",
                month(figure="handed_late"))  # fmt: skip
    yield Asked("assessment of a unit", "custodian", "/assessment/",
                lambda: {"since": "2026-01-01", "unit": rng.choice(units)})  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
