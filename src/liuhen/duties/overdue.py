"""What time has run out on: said once, in the log, with the breach it may be. People decide."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.duties.books import Books
from liuhen.duties.models import Duty, DutyState
from liuhen.engines.policy import oversight
from liuhen.engines.policy.pack import Rules
from liuhen.people.models import Officer

AT_ONCE = 500
TIMES_A_ROUND = 20
"""The worker has other rounds to go; what is left is noted in the next one."""


def is_late(due_at: datetime | None, at: datetime) -> bool:
    """`due_at` is the first instant that is too late; None never is."""
    return due_at is not None and at >= due_at


def note_due(*, at: datetime, rest: Callable[[], object] = lambda: None) -> int:
    """Note open duties whose time has passed and were not noted before; answers how many."""
    noted = 0
    for _ in range(TIMES_A_ROUND):
        some = note_some(at=at)
        if not some:
            break
        noted += some
        rest()
    return noted


def note_some(*, at: datetime) -> int:
    waiting = Duty.objects.filter(state=DutyState.OPEN, due_at__lte=at, overdue_noted_at=None)
    if not waiting.exists():
        return 0
    with transaction.atomic():
        log.wait_for_turn()
        rows = waiting.select_related("agency", "unit", "owner", "recording", "device").order_by(
            "pk"
        )
        found = list(rows[:AT_ONCE])
        note(found, books=Books(), at=at)
        return len(found)


def note(duties: Sequence[Duty], *, books: Books, at: datetime) -> None:
    """Write the noting and its events, in the caller's transaction and the log's turn.

    Compare-and-set: of two who note the same duty one does.
    """
    acts = []
    for duty in duties:
        mark(duty, books.on(duty.agency, duty.started_at), at=at)
        moved = Duty.objects.filter(pk=duty.pk, overdue_noted_at=None).update(
            overdue_noted_at=at, breach_article=duty.breach_article, breach_no=duty.breach_no
        )
        if moved:
            acts.append(act_of(Kind.DUTY_OVERDUE, duty, by=log.SYSTEM, at=at))
    log.record_all(acts)


def mark(duty: Duty, rules: Rules | None, *, at: datetime) -> None:
    """Say on the row which breach its lateness may be, by the rules the duty was made under."""
    duty.overdue_noted_at = at
    hit = oversight.candidate(rules, duty.kind) if rules else None
    if hit:
        duty.breach_article, duty.breach_no = hit[0], hit[1].number


def act_of(kind: Kind, duty: Duty, *, by: Officer | str, at: datetime, **more: Any) -> Act:
    """What is written in the log of a duty; `more` beside what is said of every one."""
    return Act(kind, subject_of(duty), by, at, said_of(duty) | more)


def subject_of(duty: Duty) -> str:
    return f"duty:{duty.pk}"


def said_of(duty: Duty) -> dict[str, Any]:
    """A duty in words and numbers that still tell when its row is all that is left of it."""
    return {
        "key": duty.key,
        "kind": duty.kind,
        "agency": duty.agency_id,
        "pack_id": duty.pack_id,
        "article": duty.article,
        "recording": duty.recording.number if duty.recording else None,
        "device": duty.device.device_no if duty.device else None,
        "unit": duty.unit.name if duty.unit else None,
        "owner": (duty.owner.officer_cert_no or duty.owner.login) if duty.owner else None,
        "post": duty.post or None,
        "due_at": duty.due_at.isoformat() if duty.due_at else None,
        "breach_article": duty.breach_article,
        "breach_no": duty.breach_no,
    }
