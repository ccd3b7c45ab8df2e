"""Holds (保全): placed by one person at once, lifted by two.

`on`, `on_each` and `held` are asked anew each time, so that what comes into a hold's scope later
is held as well. Whoever disposes of recordings asks `guards.ask` in the transaction in which they
go: placing a hold and disposing both wait for the log's turn, so neither slips past the other.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log, numbering
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.kernel.clock import in_china
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.people.spelling import seen
from liuhen.recordings.models import Recording
from liuhen.retention import hold_errors as errors
from liuhen.retention import holders, scopes
from liuhen.retention.covering import covered_by, covers, recordings_of
from liuhen.retention.hold_states import HOLD, Step, allows
from liuhen.retention.known import Known, known_of
from liuhen.retention.models import Hold, HoldGround, HoldRecording, HoldState, Term
from liuhen.retention.scopes import Scope

__all__ = ["recordings_of"]

MOST_REASON = 1000
MOST_OBJECTION = 500
AT_ONCE = 200
BESIDE = ("agency", "activity", "case", "party", "officer", "device", "placed_by")


@transaction.atomic
def place(scope: Scope, *, ground: HoldGround, reason: str, by: Officer, at: datetime) -> Hold:
    """Hold what is in `scope`, now and later, until two people lift it.

    Refuses: NotPermitted, NotYoursToPlace, ReasonMissing, NothingNamed, TooManyNamed,
    PeriodMissing, PeriodTurned, OfAnotherBureau, HeldAlready.
    """
    log.wait_for_turn()
    named = holders.check_places(ground, by, at)
    reason = seen(reason)[:MOST_REASON]
    if not reason:
        raise errors.ReasonMissing()
    scopes.check(scope, by)
    check_is_new(scope, ground, reason, by)
    hold = Hold.objects.create(
        agency_id=by.agency_id,
        number=next_number(at),
        ground=ground,
        reason=reason,
        article=named.article if named else None,
        placed_at=at,
        placed_by=by,
        **scope.columns,
    )
    chosen = {one.pk: one for one in scope.recordings}
    HoldRecording.objects.bulk_create(
        HoldRecording(hold=hold, recording=one) for one in chosen.values()
    )
    facts = {"ground": ground, "reason": reason, "article": hold.article} | scopes.said(hold)
    keep_covered(hold)
    acts = [Act(Kind.HOLD_PLACED, subject_of(hold), by, at, facts)]
    log.record_all(acts + of_recordings(Kind.RECORDING_HELD, hold, by=by, at=at))
    touch(hold)
    return hold


@transaction.atomic
def ask_lift(hold: Hold, *, reason: str, by: Officer, at: datetime) -> None:
    """The first of two: say why it is not needed any more. It stands meanwhile.

    Refuses: NoSuchHold, NotPermitted, NotYoursToPlace, AboutYourself, LiftReasonMissing,
    HoldChanged.
    """
    log.wait_for_turn()
    check_lifts(hold, by, at)
    reason = seen(reason)[:MOST_REASON]
    if not reason:
        raise errors.LiftReasonMissing(field=_("申请解除的理由"))
    said = {"lift_reason": reason, "lift_asked_at": at, "lift_asked_by": by}
    move(hold, Step.ASK, lift_refused_why="", **said)
    record(Kind.HOLD_LIFT_ASKED, hold, by=by, at=at, reason=reason)


@transaction.atomic
def refuse_lift(hold: Hold, *, reason: str, by: Officer, at: datetime) -> None:
    """The second person's no, or the first one's second thought: it goes on standing.

    Refuses: NoSuchHold, NotPermitted, NotYoursToPlace, AboutYourself, LiftReasonMissing,
    HoldChanged.
    """
    log.wait_for_turn()
    check_lifts(hold, by, at)
    reason = seen(reason)[:MOST_OBJECTION]
    if not reason:
        raise errors.LiftReasonMissing(field=_("继续保全的理由"))
    cleared = {"lift_reason": "", "lift_asked_at": None, "lift_asked_by": None}
    move(hold, Step.REFUSE, lift_refused_why=reason, **cleared)
    record(Kind.HOLD_LIFT_REFUSED, hold, by=by, at=at, reason=reason)


@transaction.atomic
def lift(hold: Hold, *, by: Officer, at: datetime) -> None:
    """The second person's yes. Other holds and terms go on as they are.

    Refuses: NoSuchHold, NotPermitted, NotYoursToPlace, AboutYourself, LiftByTwo, HoldChanged.
    """
    log.wait_for_turn()
    hold.refresh_from_db()
    check_lifts(hold, by, at)
    if hold.lift_asked_by_id == by.pk:
        raise errors.LiftByTwo()
    move(hold, Step.LIFT, lifted_at=at, lifted_by=by)
    facts = {
        "reason": hold.lift_reason,
        "asked_by": hold.lift_asked_by and hold.lift_asked_by.login,
    }
    acts = [Act(Kind.HOLD_LIFTED, subject_of(hold), by, at, facts)]
    log.record_all(acts + of_recordings(Kind.RECORDING_RELEASED, hold, by=by, at=at))
    touch(hold)


def live() -> QuerySet[Hold]:
    return Hold.objects.filter(lifted_at=None)


def held(recordings: QuerySet[Recording]) -> QuerySet[Recording]:
    """Those of `recordings` that a hold covers. No query of its own."""
    return recordings.filter(covered_by(live()))


def on(recording: Recording) -> list[Hold]:
    """The holds that cover it, the oldest first."""
    return on_each(known_of([recording]))[recording.pk]


def on_each(known: dict[int, Known]) -> dict[int, list[Hold]]:
    """The same for many: two queries."""
    return covering_each(live(), known)


def covering_each(rows: QuerySet[Hold], known: dict[int, Known]) -> dict[int, list[Hold]]:
    """Which of these holds cover each recording, by its key."""
    agencies = {one.recording.agency_id for one in known.values()}
    standing = list(rows.filter(agency__in=agencies).select_related(*BESIDE).order_by("pk"))
    pairs = HoldRecording.objects.filter(recording__in=known, hold__in=[h.pk for h in standing])
    named = set(pairs.values_list("hold_id", "recording_id"))
    return {
        key: [hold for hold in standing if covers(hold, one, (hold.pk, key) in named)]
        for key, one in known.items()
    }


def keep_covered(hold: Hold) -> None:
    """A row for each recording it covers now: from here on it does so by name. Taking one out of
    its scope is one person's doing, lifting is two's."""
    new = recordings_of(hold).order_by().values_list("pk", flat=True)
    HoldRecording.objects.bulk_create(
        (HoldRecording(hold=hold, recording_id=key) for key in new.distinct()),
        batch_size=1000,
        ignore_conflicts=True,
    )


def keep_entered(recordings: QuerySet[Recording]) -> None:
    """The same for what may just have come into the scope of any hold; one query if nothing did."""
    keys = list(held(recordings).order_by().values_list("pk", flat=True).distinct())
    for first in range(0, len(keys), AT_ONCE):
        rows = Recording.objects.filter(pk__in=keys[first : first + AT_ONCE])
        beside = known_of(list(rows))
        HoldRecording.objects.bulk_create(
            (
                HoldRecording(hold=hold, recording_id=key)
                for key, standing in on_each(beside).items()
                for hold in standing
            ),
            ignore_conflicts=True,
        )


def check_is_new(scope: Scope, ground: HoldGround, reason: str, by: Officer) -> None:
    """A form sent twice places one. Refuses: HeldAlready."""
    wanted = {name: value for name, value in scope.columns.items() if value is not None}
    rows = live().filter(agency_id=by.agency_id, ground=ground, reason=reason, **wanted)
    for hold in rows.select_related(*BESIDE):
        if scopes.same_as(scope, hold):
            raise errors.HeldAlready(number=hold.number)


def check_lifts(hold: Hold, by: Officer, at: datetime) -> None:
    """Who may place such a hold may have a word on lifting it, but for those it is about.

    Refuses: NoSuchHold, NotPermitted, NotYoursToPlace, AboutYourself.
    """
    if hold.agency_id != by.agency_id:
        raise errors.NoSuchHold()
    holders.check_places(hold.ground, by, at)
    if holders.is_about(hold, by):
        raise errors.AboutYourself()


def may_lift(hold: Hold, step: Step, by: Officer, at: datetime) -> bool:
    """Whether this step is the officer's to take now."""
    if not allows(step, hold.state) or (step == Step.LIFT and hold.lift_asked_by_id == by.pk):
        return False
    try:
        check_lifts(hold, by, at)
    except Refusal:
        return False
    return True


def move(hold: Hold, step: Step, **said: Any) -> None:
    """Compare-and-set by the table: of two at once one is told how it stands."""
    sources, target = HOLD[step]
    moved = Hold.objects.filter(pk=hold.pk, state__in=sources).update(state=target, **said)
    hold.refresh_from_db()
    if not moved:
        raise errors.HoldChanged(state=HoldState(hold.state).label)


def touch(hold: Hold) -> None:
    """What it covers is to be computed anew."""
    Term.objects.filter(recording__in=recordings_of(hold).values("pk")).update(is_stale=True)


def of_recordings(kind: Kind, hold: Hold, *, by: Officer, at: datetime) -> list[Act]:
    """Each recording that is named says so in its own history."""
    facts = {"hold": hold.number, "ground": hold.ground}
    return [Act(kind, f"recording:{number}", by, at, facts) for number in scopes.named_by(hold)]


def seen_by(officer: Officer, at: datetime) -> QuerySet[Hold]:
    rows = Hold.objects.filter(agency_id=officer.agency_id)
    return rows if holders.sees_holds(officer, at) else rows.none()


def hold_for(pk: int, officer: Officer, at: datetime) -> Hold:
    """Refuses: NoSuchHold, alike for what is not there and what is not shown."""
    rows = seen_by(officer, at).select_related(*BESIDE, "lift_asked_by", "lifted_by", "complaint")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise errors.NoSuchHold()
    return found


def waiting_for(officer: Officer, at: datetime) -> QuerySet[Hold]:
    """Those whose lifting waits for a second person's word, as far as it may be this one's."""
    grounds: Iterable[HoldGround] = holders.grounds_for(officer, at)
    rows = Hold.objects.filter(agency_id=officer.agency_id, state=HoldState.LIFT_ASKED)
    return rows.filter(~Q(lift_asked_by=officer), ground__in=list(grounds))


def next_number(at: datetime) -> str:
    """`BQ-2026-000001`: the year and a count without holes; the log's turn is held."""
    return numbering.next_number(f"BQ-{in_china(at).year}-", Hold)


def subject_of(hold: Hold) -> str:
    return f"hold:{hold.number}"


def record(kind: Kind, hold: Hold, *, by: Officer, at: datetime, **facts: Any) -> None:
    log.record(kind, subject=subject_of(hold), by=by, at=at, **facts)
