"""What an activity needs: from when to when it has to be recorded, and why. Reads only."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from liuhen.cases.models import Activity, ListedMatter
from liuhen.engines.policy import recording as policy
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import Span
from liuhen.engines.policy.vocabulary import Matter, Moment, Right, Trigger
from liuhen.kernel.clock import in_china, midnight
from liuhen.recordings.models import Recording


def recordings_of(activity: Activity) -> QuerySet[Recording]:
    """What belongs to it, in the order recorded."""
    rows = Recording.objects.filter(activity_recording__activity=activity)
    return rows.order_by("recorded_at", "pk")


def span_of(activity: Activity, rules: Rules | None) -> tuple[datetime | None, datetime | None]:
    """From when to when it has to be recorded, by the regulation's span; None: not known yet.

    The start and end of a case are, of one activity, its arrival and leaving. Where the
    inspection's end was not entered, it ended when they left.
    """
    span = rules.get(Span) if rules else None
    end = activity.left_at
    if span is not None and span.end == Moment.INSPECTION_END and activity.inspection_ended_at:
        end = activity.inspection_ended_at
    return activity.arrived_at, end


def day_of(activity: Activity) -> date:
    """Whose rules hold for it: the day of arrival, before that the day it was registered."""
    return in_china(activity.arrived_at or activity.registered_at).date()


def requirement_of(activity: Activity, rules: Rules) -> policy.Requirement:
    """Whether it has to be recorded, and why. One query at most."""
    return policy.required(
        rules,
        policy.ActivityFacts(
            matter=Matter(activity.kind),
            in_matter_list=in_matter_list(activity),
            is_disputable=activity.is_disputable,
            rights=frozenset(Right(one) for one in activity.rights),
            triggers=frozenset(Trigger(one) for one in activity.triggers),
        ),
    )


def in_matter_list(activity: Activity) -> bool | None:
    """Is its matter a line of the list that held on its day? None: no list held then."""
    day = midnight(day_of(activity))
    held = Q(listed_at__lt=day + timedelta(days=1)) & (Q(dropped_at=None) | Q(dropped_at__gte=day))
    lines = ListedMatter.objects.filter(held, agency_id=activity.agency_id)
    if activity.listed_id is not None and lines.filter(pk=activity.listed_id).exists():
        return True
    return False if lines.exists() else None
