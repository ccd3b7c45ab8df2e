"""Follow the log and count anew each day of which it says that something has changed.

A day is counted from its rows, not from events: however often, it is the same. The log is read no
further than verdicts and duties have followed it, for they are counted, too. Killed anywhere, a day
that was to be counted still is.
"""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import transaction

from liuhen.cases.models import JudgingCursor
from liuhen.custody import log
from liuhen.custody.models import CustodyEvent
from liuhen.custody.queries import log_size
from liuhen.duties.models import Cursor
from liuhen.kernel.clock import in_china
from liuhen.people.models import Agency
from liuhen.statistics import counting
from liuhen.statistics.changed_days import FOLLOWED, days_of
from liuhen.statistics.figures import SOURCES
from liuhen.statistics.models import LogCursor, Span, StaleDay, Tally

NAME = "tallies"
AT_ONCE = 500
"""Events read in one transaction."""

DAYS_AT_ONCE = 10
"""Days counted in one transaction: some tenth of a second in a large bureau."""

CHUNKS_A_ROUND = 20


def catch_up(*, rest: Callable[[], object] = lambda: None) -> int:
    """Read the log on and count what is stale, some chunks at most; answers how many days were
    counted. Idle, five small queries."""
    counted = 0
    for _ in range(CHUNKS_A_ROUND):
        more = read_on()
        days = count_on()
        counted += days
        if not more and not days:
            break
        rest()
    return counted


def ready(size: int) -> int:
    """How much of a log of that size those below have followed."""
    followed = [
        rows.values_list("next_index", flat=True).first() or 0
        for rows in (JudgingCursor.objects.all(), Cursor.objects.all())
    ]
    return min(size, *followed)


def read_on() -> bool:
    """One chunk; answers whether any was read."""
    cursor = LogCursor.objects.filter(name=NAME).first()
    size = log_size()
    until = ready(size)
    if cursor is None or cursor.next_index > size:
        start_over()
        return True
    if cursor.next_index >= until:
        return False
    return mark_on(cursor.next_index, until)


@transaction.atomic
def mark_on(first: int, until: int) -> bool:
    """The days of one chunk are stale, and the cursor stands behind it, together. Of two rounds
    one does it."""
    log.wait_for_turn()
    wanted = CustodyEvent.objects.filter(index__gte=first, index__lt=until, kind__in=FOLLOWED)
    events = list(wanted.order_by("index")[:AT_ONCE])
    after = events[-1].index + 1 if len(events) == AT_ONCE else until
    if not LogCursor.objects.filter(name=NAME, next_index=first).update(next_index=after):
        return False
    mark(days_of(events))
    return True


def mark(days: Iterable[tuple[int, date]]) -> None:
    rows = [StaleDay(agency_id=agency, day=day) for agency, day in sorted(set(days))]
    StaleDay.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def count_on() -> int:
    """Count some stale days; answers how many."""
    if not StaleDay.objects.exists():
        return 0
    log.wait_for_turn()
    stale = list(StaleDay.objects.select_related("agency").order_by("agency", "-day"))[
        :DAYS_AT_ONCE
    ]
    by_agency: dict[Agency, list[date]] = {}
    for one in stale:
        by_agency.setdefault(one.agency, []).append(one.day)
    for agency, days in by_agency.items():
        counting.recount(agency, days)
    StaleDay.objects.filter(pk__in=[one.pk for one in stale]).delete()
    return len(stale)


@transaction.atomic
def start_over() -> int:
    """Every day of which there is, or was counted, anything is stale, as the rows are now; what the
    log says of before is in them. Answers how many days."""
    log.wait_for_turn()
    LogCursor.objects.update_or_create(name=NAME, defaults={"next_index": ready(log_size())})
    days = {pair for agency in Agency.objects.all() for pair in days_there(agency)}
    mark(days)
    return len(days)


def days_there(agency: Agency) -> set[tuple[int, date]]:
    """From one day to the next on which there is something: a query each, by an index."""
    days = set(known_days(agency.pk))
    for source in SOURCES:
        day: date | None = None
        while (at := source.next_at(agency, day)) is not None:
            day = in_china(at).date()
            days.add((agency.pk, day))
    return days


def known_days(agency: int) -> Iterable[tuple[int, date]]:
    rows = Tally.objects.filter(agency_id=agency, span=Span.DAY).order_by()
    return rows.values_list("agency_id", "first").distinct()


def recompute(*, rest: Callable[[], object] = lambda: None) -> int:
    """All of it from the rows, whatever was counted before; answers how many days."""
    start_over()
    counted = 0
    while days := count_on():
        counted += days
        rest()
    return counted
