"""What the calendar asks for: once a working day, month, quarter or year, of a unit or of all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from liuhen.custody import log
from liuhen.duties import grounds
from liuhen.duties.books import Books
from liuhen.duties.models import Cursor, Duty, DutyKind
from liuhen.engines.policy import oversight
from liuhen.engines.policy.oversight import Recurring
from liuhen.engines.policy.vocabulary import Post, Rhythm
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Agency, Unit
from liuhen.people.queries import enforcing_units
from liuhen.regulations import calendar

DAY = timedelta(days=1)
MOST_DAYS_BACK = 31
"""Days missed while no worker ran are made up for, but nobody is asked for what is long past."""


@dataclass(frozen=True)
class Asked:
    """One task of one period; `first` and `last` are its days, both included."""

    name: str
    said: Recurring
    rhythm: Rhythm
    first: date
    last: date


@transaction.atomic
def make(*, at: datetime) -> int:
    """Make the current periods' duties, and those of days missed; answers how many.

    The very first time only the current periods: nobody could have noted the earlier ones.
    """
    log.wait_for_turn()
    cursor, _new = Cursor.objects.get_or_create(pk=1)
    today = in_china(at).date()
    since = max(cursor.calendar_until or today, today - MOST_DAYS_BACK * DAY)
    books, made = Books(), 0
    for agency in Agency.objects.filter(set_up_at__isnull=False).order_by("pk"):
        assert agency.set_up_at is not None
        # Nobody could do here what fell due before the bureau worked with this system.
        first = max(min(since, today), in_china(agency.set_up_at).date())
        made += keep_new(list(owed(agency, books, first, today)))
    # Also back, when a clock that was ahead is put right: the days until then are still to come.
    if cursor.calendar_until != today:
        Cursor.objects.filter(pk=1).update(calendar_until=today)
    return made


def keep_new(duties: list[Duty]) -> int:
    wanted = {(duty.agency_id, duty.key): duty for duty in duties}
    there = Duty.objects.filter(key__in=[duty.key for duty in duties])
    for known in there.values_list("agency_id", "key"):
        wanted.pop(known, None)
    return len(Duty.objects.bulk_create(wanted.values()))


def owed(agency: Agency, books: Books, since: date, today: date) -> Iterator[Duty]:
    """By the rules of each day from `since` to `today`, both included."""
    book = books.book(agency)
    if book is None:
        return
    working = frozenset(calendar.working_days(agency, since, today))
    units = enforcing_units(agency)
    begun = book.adopted[0].from_date
    for n in range((today - since).days + 1):
        day = since + n * DAY
        rules = books.on_day(agency, day)
        assert rules is not None
        for asked in asked_on(oversight.cadences(rules), day, is_working=day in working):
            for unit in units if Post.UNIT_HEAD in asked.said.posts else [None]:
                yield duty_of(agency, rules.pack.pack_id, asked, unit, begun)


def asked_on(said: dict[str, Recurring], day: date, *, is_working: bool) -> Iterator[Asked]:
    for name, one in said.items():
        if one.rhythm is None or (one.rhythm == Rhythm.WORKING_DAY and not is_working):
            continue
        first, last = oversight.period_of(one.rhythm, day)
        yield Asked(name, one, one.rhythm, first, last)


def duty_of(agency: Agency, pack_id: str, asked: Asked, unit: Unit | None, begun: date) -> Duty:
    """`begun`: the bureau's first day under a regulation; a period counts from there on.

    Where several posts are named the first one is in charge: one task, one who answers for it.
    """
    post = Post.UNIT_HEAD if unit else asked.said.posts[0]
    return Duty(
        agency=agency,
        key=f"{asked.name}:{asked.rhythm}:{asked.first}:{unit.pk if unit else '-'}",
        kind=DutyKind(asked.name),
        pack_id=pack_id,
        article=asked.said.grounds[0].article,
        unit=unit,
        post=post,
        started_at=midnight(max(asked.first, begun)),
        due_at=midnight(asked.last + DAY),
        facts={
            "grounds": grounds.to_json(asked.said.grounds),
            "what": asked.said.what,
            "rhythm": str(asked.rhythm),
            "first": asked.first.isoformat(),
            "last": asked.last.isoformat(),
        },
    )
