"""Marks for long keeping (长期保存): set by whoever handles the case, lifted by somebody else."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from liuhen.cases import activities, case_files, queries
from liuhen.cases import trigger_errors as errors
from liuhen.cases.models import Activity, Case, LongTermMark, TriggerKind
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import LongTerm, Preserve
from liuhen.engines.policy.vocabulary import Trigger
from liuhen.kernel.clock import in_china
from liuhen.kernel.refusal import Refusal
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.spelling import seen
from liuhen.recordings import queries as recordings
from liuhen.recordings.models import Recording
from liuhen.regulations import current
from liuhen.regulations.words import TRIGGERS

Thing = Recording | Activity | Case
MOST_REASON = 500
WIDER = frozenset({Permission.SEE_UNIT, Permission.SEE_AGENCY})
"""With HANDLE_CASES: who may say that a mark was a mistake."""


def offered(thing: Thing, at: datetime) -> list[Trigger]:
    """What the regulation of the thing's day keeps for good, in its order; none: it has no such
    rule, or the bureau follows none."""
    rules = current.rules_if_any(thing.agency, day_of(thing, at))
    return listed(rules) if rules else []


def listed(rules: Rules) -> list[Trigger]:
    long_term, preserve = rules.get(LongTerm), rules.get(Preserve)
    found = [*(long_term.triggers if long_term else ()), *(preserve.on if preserve else ())]
    return list(dict.fromkeys(found))


def day_of(thing: Thing, at: datetime) -> date:
    """Whose rules hold: the day it was recorded or begun; of a case today, for what is to come."""
    if isinstance(thing, Recording):
        return in_china(thing.recorded_at).date()
    if isinstance(thing, Activity) and thing.arrived_at:
        return in_china(thing.arrived_at).date()
    return in_china(at).date()


@transaction.atomic
def mark(thing: Thing, trigger: Trigger, *, reason: str, by: Officer, at: datetime) -> LongTermMark:
    """Of a recording; of an activity or a case: of all that belongs to it, now and later.

    Refuses: NotPermitted, NotYoursToMark, NotListed, ReasonMissing, MarkedAlready, and alike for
    what is not there and what is not shown NoSuchRecording, NoSuchActivity, NoSuchCase.
    """
    log.wait_for_turn()
    check_marks(thing, by)
    if trigger not in offered(thing, at):
        raise errors.NotListed(trigger=TRIGGERS[trigger])
    reason = words(reason)
    try:
        with transaction.atomic():
            made = LongTermMark.objects.create(
                agency_id=thing.agency_id,
                trigger=trigger,
                reason=reason,
                marked_at=at,
                marked_by=by,
                **{column_of(thing): thing},
            )
    except IntegrityError:
        # The database has the last word on "once".
        if standing(thing).filter(trigger=trigger).exists():
            raise errors.MarkedAlready(trigger=TRIGGERS[trigger]) from None
        raise
    record(Kind.LONG_TERM_MARKED, made, by=by, at=at, reason=reason)
    return made


@transaction.atomic
def lift(made: LongTermMark, *, reason: str, by: Officer, at: datetime) -> None:
    """It was a mistake. Refuses: NotPermitted, NotYoursToMark, LiftByAnother, ReasonMissing,
    NoSuchMark."""
    log.wait_for_turn()
    check_lifts(made, by)
    reason = words(reason)
    rows = LongTermMark.objects.filter(pk=made.pk, lifted_at=None)
    if not rows.update(lifted_at=at, lifted_by=by, lift_reason=reason):
        raise errors.NoSuchMark()
    made.refresh_from_db()
    record(Kind.LONG_TERM_LIFTED, made, by=by, at=at, reason=reason)


def standing(thing: Thing) -> QuerySet[LongTermMark]:
    """On this very thing, the oldest first."""
    rows = LongTermMark.objects.filter(lifted_at=None, **{column_of(thing): thing})
    return rows.select_related("marked_by", "recording", "activity", "case").order_by("pk")


def check_marks(thing: Thing, by: Officer) -> None:
    """Whoever handles cases and sees the thing; of a case, who handles this one."""
    permissions.check(by, Permission.HANDLE_CASES)
    if isinstance(thing, Recording):
        recordings.get_visible(thing.number, by)
    elif isinstance(thing, Activity):
        queries.activity_for(thing.number, by)
    else:
        queries.case_for(thing.pk, by)
        if not case_files.may_handle(thing, by):
            raise errors.NotYoursToMark()


def may_mark(thing: Thing, by: Officer) -> bool:
    try:
        check_marks(thing, by)
    except Refusal:
        return False
    return True


def check_lifts(made: LongTermMark, by: Officer) -> None:
    """Refuses: NotPermitted, NotYoursToMark, LiftByAnother, and as `check_marks`."""
    check_marks(thing_of(made), by)
    if not permissions_of(by) & WIDER:
        raise errors.NotYoursToMark()
    if made.marked_by_id == by.pk:
        raise errors.LiftByAnother()


def may_lift(made: LongTermMark, by: Officer) -> bool:
    try:
        check_lifts(made, by)
    except Refusal:
        return False
    return made.lifted_at is None


def mark_for(pk: int, officer: Officer) -> LongTermMark:
    """Refuses: NoSuchMark, alike for what is not there and what is not shown."""
    rows = LongTermMark.objects.filter(pk=pk, agency_id=officer.agency_id, lifted_at=None)
    found = rows.select_related("recording__agency", "activity__agency", "case__agency").first()
    if found is None:
        raise errors.NoSuchMark()
    seen_by: dict[str, Callable[..., QuerySet[Any]]] = {
        "recording": recordings.visible_to,
        "activity": queries.activities_for,
        "case": queries.cases_for,
    }
    thing = thing_of(found)
    if not seen_by[column_of(thing)](officer).filter(pk=thing.pk).exists():
        raise errors.NoSuchMark()
    return found


def thing_of(made: LongTermMark) -> Thing:
    thing = made.recording or made.activity or made.case
    assert thing is not None  # long_term_of_one_thing
    return thing


def column_of(thing: Thing) -> str:
    if isinstance(thing, Recording):
        return "recording"
    return "activity" if isinstance(thing, Activity) else "case"


def key_of(thing: Thing) -> str | int:
    """As its page's address names it."""
    return thing.pk if isinstance(thing, Case) else thing.number


def subject_of(thing: Thing) -> str:
    if isinstance(thing, Recording):
        return f"recording:{thing.number}"
    if isinstance(thing, Activity):
        return activities.subject_of(thing)
    return case_files.subject_of(thing)


def words(reason: str) -> str:
    """Refuses: ReasonMissing."""
    if not (reason := seen(reason)[:MOST_REASON]):
        raise errors.ReasonMissing()
    return reason


def record(kind: Kind, made: LongTermMark, *, by: Officer, at: datetime, reason: str) -> None:
    facts = {"mark": made.pk, "trigger": TriggerKind(made.trigger).value, "reason": reason}
    log.record(kind, subject=subject_of(thing_of(made)), by=by, at=at, **facts)
