"""On site: arrived, the inspection over, left, each by one press; points said and filmed."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from liuhen.cases import activity_errors as errors
from liuhen.cases import coverage, points
from liuhen.cases.activities import (
    act_of,
    arrival,
    check_changes,
    fresh,
    leaving,
)
from liuhen.cases.models import Activity, Tick
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.pack import Rules
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer


@transaction.atomic
def arrive(activity: Activity, *, by: Officer, at: datetime) -> None:
    """On site, now. Refuses: NotYoursToChange, Voided, ArrivedAlready."""
    log.wait_for_turn()
    activity = fresh(activity)
    check_changes(activity, by)
    # Compare-and-set: two colleagues press at once, the first one's moment stays.
    if not rows_of(activity).filter(arrived_at=None).update(arrived_at=at):
        raise errors.ArrivedAlready(number=activity.number)
    activity.arrived_at = at
    log.record_all([arrival(activity, by=by, at=at)])
    coverage.refresh(activity, by=by, at=at)


@transaction.atomic
def end_inspection(activity: Activity, *, by: Officer, at: datetime) -> None:
    """The inspection is over, now; where a regulation asks for recording until then.

    Refuses: NotYoursToChange, Voided, NotArrived, LeftAlready, ClockBehind.
    """
    log.wait_for_turn()
    activity = fresh(activity)
    check_changes(activity, by)
    check_after(activity.arrived_at, activity, at=at)
    rows = rows_of(activity).filter(inspection_ended_at=None, left_at=None)
    if not rows.update(inspection_ended_at=at):
        raise errors.LeftAlready(number=activity.number)
    told = {"inspection_ended_at": [None, at.isoformat()]}
    log.record_all([act_of(Kind.ACTIVITY_CHANGED, activity, by=by, at=at, **told)])
    coverage.refresh(activity, by=by, at=at)


@transaction.atomic
def leave(activity: Activity, *, by: Officer, at: datetime) -> None:
    """Left the site, now.

    Refuses: NotYoursToChange, Voided, NotArrived, LeftAlready, ClockBehind.
    """
    log.wait_for_turn()
    activity = fresh(activity)
    check_changes(activity, by)
    check_after(activity.inspection_ended_at or activity.arrived_at, activity, at=at)
    if not rows_of(activity).filter(left_at=None).update(left_at=at):
        raise errors.LeftAlready(number=activity.number)
    activity.left_at = at
    log.record_all([leaving(activity, by=by, at=at)])
    coverage.refresh(activity, by=by, at=at)


def check_after(before: datetime | None, activity: Activity, *, at: datetime) -> None:
    """A clock that was set back tells no later moment. Refuses: NotArrived, ClockBehind."""
    if before is None:
        raise errors.NotArrived(number=activity.number)
    if at < before:
        raise errors.ClockBehind(before=f"{in_china(before):%Y-%m-%d %H:%M:%S}")


@transaction.atomic
def say(
    activity: Activity, part: str, code: str, *, rules: Rules, by: Officer, at: datetime
) -> None:
    """An officer's word that a point was said or filmed. Said already: nothing happens.

    Refuses: NotYoursToChange, Voided, NoSuchPoint.
    """
    log.wait_for_turn()
    activity = fresh(activity)
    check_changes(activity, by)
    if not any(one.is_named(part, code) for one in points.of(rules)):
        raise errors.NoSuchPoint()
    facts = {"activity": activity, "part": part, "code": code}
    try:
        with transaction.atomic():
            Tick.objects.create(**facts, ticked_at=at, ticked_by=by)
    except IntegrityError:
        return
    log.record_all([act_of(Kind.ACTIVITY_POINT_SAID, activity, by=by, at=at, part=part, code=code)])


@transaction.atomic
def unsay(activity: Activity, part: str, code: str, *, by: Officer, at: datetime) -> None:
    """Taken back; the log keeps both. Refuses: NotYoursToChange, Voided."""
    log.wait_for_turn()
    activity = fresh(activity)
    check_changes(activity, by)
    gone, _rows = Tick.objects.filter(activity=activity, part=part, code=code).delete()
    if gone:
        told = {"part": part, "code": code}
        log.record_all([act_of(Kind.ACTIVITY_POINT_UNSAID, activity, by=by, at=at, **told)])


def rows_of(activity: Activity) -> QuerySet[Activity]:
    """Its row, if it is not voided."""
    return Activity.objects.filter(pk=activity.pk, voided_at=None)
