"""Server time of statistics pages, at a million recordings.

The bureau of bench/search.py, with the verdicts, handovers and uses that statistics count, in a
database of its own (SQLite in a temporary folder, or an empty PostgreSQL database). Everything is
counted by what `liuhen statistics recompute` runs; then each page is asked for 100 times through
the whole stack but the socket, another month or unit each time. The processor's own time stands
beside the clock's, for machines that do other work.

    .venv/bin/python bench/dashboard.py [--recordings 1000000] [--keep FOLDER]
    LIUHEN_DATABASE_URL=postgresql://user@host/empty .venv/bin/python bench/dashboard.py
"""

import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from asked_pages import Asked, Limits, run, told
from search_bureau import AT_ONCE, fill, insert

LIMITS = Limits(p95=50.0, most=100.0)


def main() -> int:
    slow = run(100, ready, asked, LIMITS)
    print(
        f"dashboard: every page < {LIMITS.most:.0f} ms, p95 < {LIMITS.p95:.0f} ms: "
        f"{'ok' if not slow else 'FAILED'}"
    )
    return 1 if slow else 0


def ready(recordings: int) -> None:
    from liuhen.recordings.models import Recording
    from liuhen.statistics.models import Tally

    if not Recording.objects.exists():
        fill(recordings, told=told)
    if not Tally.objects.exists():
        add_work()
        count_all()


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
