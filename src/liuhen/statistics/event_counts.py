"""Count the log on, day by day and kind by kind, for each bureau.

A figure of these is no claim of ours: it is how often an act stands in the log, which outsiders
can check. Of two rounds one counts a chunk; killed anywhere, it is counted once.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import Sum

from liuhen.custody import log
from liuhen.custody.models import CustodyEvent
from liuhen.custody.queries import log_size
from liuhen.kernel.clock import in_china
from liuhen.people.models import Agency
from liuhen.statistics.models import EventCount, LogCursor
from liuhen.statistics.owners import owners_of

NAME = "events"
AT_ONCE = 1000
CHUNKS_A_ROUND = 20
"""The worker has other rounds to go; a long log is counted on in the next one."""

Key = tuple[int, date, str]


def catch_up(*, rest: Callable[[], object] = lambda: None) -> int:
    """Answers how many events were counted. Idle, two small queries."""
    counted = 0
    for _ in range(CHUNKS_A_ROUND):
        cursor, _new = LogCursor.objects.get_or_create(name=NAME)
        size = log_size()
        if cursor.next_index > size:
            start_over()  # another log, e.g. an earlier one brought back
        elif cursor.next_index == size:
            break
        else:
            counted += count_on(cursor.next_index)
            rest()
    return counted


@transaction.atomic
def start_over() -> None:
    """Forget all counts: the log is counted from its first event again."""
    log.wait_for_turn()
    EventCount.objects.all().delete()
    LogCursor.objects.filter(name=NAME).update(next_index=0)


@transaction.atomic
def count_on(first: int) -> int:
    """One chunk from `first` on, and the cursor moved behind it, together."""
    log.wait_for_turn()
    events = list(
        CustodyEvent.objects.filter(index__gte=first, index__lt=first + AT_ONCE)
        .order_by("index")
        .only("index", "kind", "subject", "actor", "at")
    )
    moved = LogCursor.objects.filter(name=NAME, next_index=first)
    if not events or not moved.update(next_index=events[-1].index + 1):
        return 0
    owners = owners_of(events)
    add(
        Counter(
            (owners[event.index], in_china(event.at).date(), event.kind)
            for event in events
            if event.index in owners
        )
    )
    return len(events)


def add(counts: Counter[Key]) -> None:
    """In at most three queries; nobody else writes here, the log's turn is ours."""
    days = [day for _agency, day, _kind in counts]
    there = {
        (row.agency_id, row.day, row.kind): row
        for row in EventCount.objects.filter(
            agency__in={agency for agency, _day, _kind in counts},
            day__range=(min(days), max(days)),
        )
    } if counts else {}  # fmt: skip
    new = []
    for key, n in counts.items():
        if key in there:
            there[key].count += n
        else:
            agency, day, kind = key
            new.append(EventCount(agency_id=agency, day=day, kind=kind, count=n))
    EventCount.objects.bulk_update([there[key] for key in counts if key in there], ["count"])
    EventCount.objects.bulk_create(new)


def so_far() -> int:
    """How many events of the log the counts are of; the worker counts on every few seconds."""
    cursor = LogCursor.objects.filter(name=NAME).first()
    return cursor.next_index if cursor else 0


def counted(agency: Agency, *, since: date, until: date) -> dict[str, int]:
    """How many of each kind from `since` to `until`, both included. One query."""
    rows = EventCount.objects.filter(agency=agency, day__range=(since, until))
    found = rows.order_by().values_list("kind").annotate(n=Sum("count"))
    return dict(found)
