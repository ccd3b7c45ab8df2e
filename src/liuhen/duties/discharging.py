"""Duties the record itself shows done: closed as of that moment, whoever looks and whenever.

In the caller's transaction and the log's turn. Compare-and-set: of two who look one closes.
"""

from datetime import datetime
from typing import Any

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.duties import overdue
from liuhen.duties.books import Books
from liuhen.duties.models import Duty, DutyState
from liuhen.people.models import Officer


def discharge(
    duty: Duty,
    done_at: datetime,
    done_by: Officer | None,
    *,
    books: Books,
    at: datetime,
    facts: dict[str, Any] | None = None,
) -> bool:
    """Close it as of `done_at`, and say it in the log; `facts` are kept on it and said with it.

    False: it was no longer open.
    """
    if not close(duty, done_at, done_by, books=books, at=at, facts=facts):
        return False
    late = overdue.is_late(duty.due_at, done_at)
    act = overdue.act_of(Kind.DUTY_DONE, duty, by=log.SYSTEM, at=at, late=late, **(facts or {}))
    log.record_all([act])
    return True


def close(
    duty: Duty,
    done_at: datetime,
    done_by: Officer | None,
    *,
    books: Books,
    at: datetime,
    facts: dict[str, Any] | None = None,
) -> bool:
    """The same without an event of its own, where the one that did it tells already."""
    late = overdue.is_late(duty.due_at, done_at)
    moved = Duty.objects.filter(pk=duty.pk, state=DutyState.OPEN).update(
        state=DutyState.DONE_LATE if late else DutyState.DONE,
        closed_at=done_at,
        closed_by=done_by,
        facts={**duty.facts, **(facts or {})},
    )
    if moved and late and duty.overdue_noted_at is None:
        overdue.note([duty], books=books, at=at)
    return bool(moved)
