"""Marks on a recording (重点标记): made while it is watched; struck out, they stay on record."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy import describing
from liuhen.engines.policy.pack import Rules
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may
from liuhen.recordings import disposing, errors, queries, sharing
from liuhen.recordings.models import Mark, MarkKind, Recording
from liuhen.regulations import current

END_SLACK_SECONDS = Decimal(1)
"""A header's length is rounded to whole seconds, and a player stands on its last picture."""

LISTS = {
    MarkKind.OPENING_POINT: describing.opening_statement,
    MarkKind.SHOT_POINT: describing.shot_list,
}
"""The kinds whose marks name a point of the regulation's list."""

OTHERS = "others"
"""The code of a notice said to everyone present, where the regulation wants that, too."""


@dataclass(frozen=True)
class Spot:
    """What is marked, in seconds from the recording's start; `end` None: a moment.

    `code` is the list's point, for a kind that has a list.
    """

    kind: MarkKind
    start: Decimal
    end: Decimal | None = None
    code: str = ""
    note: str = ""


def marks_of(recording: Recording) -> QuerySet[Mark]:
    """Those that stand, in order of time."""
    rows = Mark.objects.filter(recording=recording, removed_at=None)
    return rows.select_related("made_by").order_by("start_seconds", "pk")


@transaction.atomic
def add(recording: Recording, spot: Spot, *, by: Officer, at: datetime) -> Mark:
    """Refuses: NoSuchRecording, NotYoursToMark, MarkOutside, NoSuchPoint, MarkedAlready."""
    log.wait_for_turn()
    now = check_may_mark(recording, by)
    check_in_time(now, spot)
    check_point(now, spot)
    facts = {"kind": spot.kind, "code": spot.code, "start_seconds": spot.start}
    if Mark.objects.filter(recording=now, removed_at=None, **facts).exists():
        raise errors.MarkedAlready()
    mark = Mark.objects.create(
        recording=now,
        end_seconds=spot.end,
        note=spot.note,
        made_at=at,
        made_by=by,
        **facts,
    )
    record(Kind.RECORDING_MARKED, mark, by=by, at=at)
    return mark


@transaction.atomic
def remove(mark: Mark, *, by: Officer, at: datetime) -> None:
    """Strike it out. Refuses: NoSuchRecording, NoSuchMark, NotYoursToUnmark."""
    log.wait_for_turn()
    now = check_sees(mark.recording, by)
    if not may_remove(mark, now, by):
        raise errors.NotYoursToUnmark(officer=mark.made_by.name)
    moved = Mark.objects.filter(pk=mark.pk, removed_at=None).update(removed_at=at, removed_by=by)
    if not moved:
        raise errors.NoSuchMark()
    record(Kind.RECORDING_UNMARKED, mark, by=by, at=at)


def record(kind: Kind, mark: Mark, *, by: Officer, at: datetime) -> None:
    end = mark.end_seconds
    log.record(
        kind,
        subject=f"recording:{mark.recording.number}",
        by=by,
        at=at,
        mark=mark.pk,
        mark_kind=str(mark.kind),
        code=mark.code,
        start_seconds=str(mark.start_seconds),
        end_seconds=None if end is None else str(end),
        note=mark.note,
    )


def check_sees(recording: Recording, officer: Officer) -> Recording:
    """The recording as it stands now. Refuses: NoSuchRecording."""
    return queries.get_visible(recording.number, officer)


def check_may_mark(recording: Recording, officer: Officer) -> Recording:
    """The recording as it stands now. Refuses: NoSuchRecording, NotYoursToMark, Disposed."""
    now = check_sees(recording, officer)
    if not may_mark(officer):
        raise errors.NotYoursToMark(number=now.number)
    disposing.check_row(now)
    return now


def may_mark(officer: Officer) -> bool:
    """Whoever handles cases marks what he sees: those who took part see their own, the head the
    unit's, the custodian and the legal office all. Leaders and supervision only look."""
    return may(officer, Permission.HANDLE_CASES)


def may_remove(mark: Mark, recording: Recording, officer: Officer) -> bool:
    """Whoever made the mark, and those who answer for the recording."""
    answers = mark.made_by_id == officer.pk or sharing.may_share(recording, officer)
    return answers and may_mark(officer)


def check_in_time(recording: Recording, spot: Spot) -> None:
    """Refuses: MarkOutside. What has no known length takes marks anywhere after its start."""
    length = recording.duration_seconds
    last = spot.start if spot.end is None else spot.end
    backwards = spot.start < 0 or last < spot.start
    if backwards or (length is not None and last > length + END_SLACK_SECONDS):
        raise errors.MarkOutside(number=recording.number, length=length)


def check_point(recording: Recording, spot: Spot) -> None:
    """The list is the one in force on the day of the recording. Refuses: NoSuchPoint."""
    needs_code = spot.kind in LISTS
    if not spot.code and not needs_code:
        return
    rules = current.rules_if_any(recording.agency, in_china(recording.recorded_at).date())
    if rules is None or spot.code not in codes_of(spot.kind, rules):
        raise errors.NoSuchPoint(point=spot.code)


def codes_of(kind: MarkKind, rules: Rules) -> set[str]:
    """Which points a mark of this kind may name."""
    if kind == MarkKind.NOTICE:
        notice = describing.notice(rules, ())
        return {OTHERS} if notice and notice.tell_others else set()
    found = LISTS[kind](rules) if kind in LISTS else None
    return {point.code for point in found.items} if found else set()
