"""Read the custody log on and make leads of it. Read again, the log makes none twice."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import translation

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.queries import log_size
from liuhen.duties.books import Books
from liuhen.supervision.breaches import course
from liuhen.supervision.breaches.signs import FOLLOWED, keys_seen, noted_in, signs_in
from liuhen.supervision.breaches.states import Step
from liuhen.supervision.breaches.suspecting import suspect
from liuhen.supervision.models import Breach, BreachCursor, BreachState, BreachStep

AT_ONCE = 200
"""Events looked at in one transaction; SQLite has one writer at a time."""

CHUNKS_A_ROUND = 20


def catch_up(*, at: datetime, rest: Callable[[], object] = lambda: None) -> int:
    """Some chunks at most; answers how many leads were made. Idle, two small queries."""
    made = 0
    for _ in range(CHUNKS_A_ROUND):
        cursor, _new = BreachCursor.objects.get_or_create(pk=1)
        size = log_size()
        if cursor.next_index > size:
            # It is another log, e.g. an earlier one brought back: read from its start.
            BreachCursor.objects.filter(next_index=cursor.next_index).update(next_index=0)
        elif cursor.next_index == size:
            break
        else:
            made += read_on(cursor.next_index, at=at)
            rest()
    return made


@transaction.atomic
def read_on(first: int, *, at: datetime) -> int:
    """One chunk from `first` on, and the cursor moved behind it, together. Of two rounds one does
    it."""
    log.wait_for_turn()
    rows = CustodyEvent.objects.filter(index__gte=first, kind__in=FOLLOWED).order_by("index")
    events = list(rows[:AT_ONCE])
    after = events[-1].index + 1 if len(events) == AT_ONCE else log_size()
    if not BreachCursor.objects.filter(pk=1, next_index=first).update(next_index=after):
        return 0
    with translation.override("zh-hans"):  # what is kept speaks Chinese, whoever's round it is
        return make(events, at=at)


def make(events: list[CustodyEvent], *, at: datetime) -> int:
    made, books, noted = 0, Books(), noted_in(events)
    seen = {key for event in events for key in keys_seen(event)}
    known = set(Breach.objects.filter(key__in=seen).values_list("key", flat=True))
    for event in events:
        found = list(signs_in(event, noted))
        stands = {one.key for one in found}
        if found:
            made += len(suspect(found, by=None, at=at, books=books))
            known |= stands
        # Of most that is examined and judged there never was a lead.
        if keys := [key for key in keys_seen(event) if key in known]:
            put_right([key for key in keys if key not in stands], at=at)
            renew([key for key in keys if key in stands], at=at)
    return made


def put_right(keys: list[str], *, at: datetime) -> None:
    """The record itself shows that there is nothing in it any more, and nobody has said anything
    about it: the lead goes, and stays to be read."""
    for breach in Breach.objects.filter(key__in=keys, state=BreachState.CANDIDATE).order_by("pk"):
        course.move(breach, Step.DISMISS)
        course.write(breach, Kind.BREACH_SETTLED, by=None, at=at)


def renew(keys: list[str], *, at: datetime) -> None:
    """It is so again. What a person dismissed stays dismissed."""
    for breach in Breach.objects.filter(key__in=keys, state=BreachState.DISMISSED).order_by("pk"):
        last = BreachStep.objects.filter(breach=breach).order_by("-n").first()
        if last is not None and last.kind == Kind.BREACH_SETTLED:
            course.move(breach, Step.REOPEN)
            course.write(breach, Kind.BREACH_RENEWED, by=None, at=at)
