"""The one place from which papers ask for an activity's verdict to be looked at anew."""

from datetime import datetime

from liuhen.cases import coverage
from liuhen.cases.models import Activity
from liuhen.people.models import Officer


def rejudge(activity: Activity, *, by: Officer, at: datetime) -> None:
    """What the verdict rests on has changed."""
    coverage.refresh(activity, by=by, at=at)
