"""Tries at a login: counted before they are looked at, so that many at once are no more.

Counting a wrong one afterwards lets a hundred requests that arrive together each have a look
first. Here one UPDATE takes a try from those that are left, and a right one gives it back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, Value, When

from liuhen.people.models import SignInTries
from liuhen.people.spelling import half_width

MOST = 5
LOCKED_FOR = timedelta(minutes=30)
"""等保 2.0 (GB/T 22239-2019, 8.1.4.1) asks for a limit; these are the common figures."""

CROWD = 500
"""So many logins tried in vain within half an hour are a machine's doing: see `is_crowded`."""


@dataclass(frozen=True)
class Try:
    """`is_open`: it may be looked at. `is_last`: if it was wrong, the login is locked now."""

    is_open: bool
    is_last: bool


def fold(login: str) -> str:
    """One name for all spellings of a login, so that spelling buys no tries."""
    return half_width(login).casefold()[:100]


def claim(login: str, *, at: datetime) -> Try:
    """Take one try, of whoever's login, whether anybody has it or not."""
    mine = SignInTries.objects.filter(login=fold(login))
    old = Q(last_at__lte=at - LOCKED_FOR)
    fresh = SignInTries(login=fold(login), last_at=at - LOCKED_FOR)
    if not mine.exists():
        SignInTries.objects.bulk_create([fresh], ignore_conflicts=True)
    # Compare-and-set: of tries at once only so many as are left change the row. While it is
    # locked nothing moves, so a try does not make the lock longer.
    with transaction.atomic():
        moved = mine.filter(old | Q(failures__lt=MOST)).update(
            failures=Case(When(old, then=Value(1)), default=F("failures") + 1), last_at=at
        )
        return Try(bool(moved), is_last=mine.filter(failures__gte=MOST).exists())


def give_back(login: str) -> None:
    """This one was right, those before it stay counted: there is a second step to come."""
    mine = SignInTries.objects.filter(login=fold(login), failures__gt=0)
    mine.update(failures=F("failures") - 1)


def clear(login: str) -> bool:
    """Forget what was wrong; true if there was anything."""
    mine = SignInTries.objects.filter(login=fold(login), failures__gt=0)
    return mine.update(failures=0) > 0


def is_locked(login: str, *, at: datetime) -> bool:
    mine = SignInTries.objects.filter(login=fold(login), failures__gte=MOST)
    return mine.filter(last_at__gt=at - LOCKED_FOR).exists()


def is_crowded(*, at: datetime) -> bool:
    """Are logins being guessed by a machine? The log need not keep each name it made up."""
    return SignInTries.objects.filter(last_at__gt=at - LOCKED_FOR).count() > CROWD


def sweep(*, at: datetime) -> int:
    """Rows that no longer count; how many."""
    return SignInTries.objects.filter(last_at__lte=at - LOCKED_FOR).delete()[0]
