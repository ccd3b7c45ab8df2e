"""Reads: what window cameras did not record, and how much of a time they did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from liuhen.devices.models import GapReason, WindowCamera, WindowGap
from liuhen.people.models import Agency


def of_agency(agency: Agency) -> QuerySet[WindowGap]:
    """Newest first."""
    gaps = WindowGap.objects.filter(camera__device__agency=agency)
    return gaps.select_related("camera__device__unit").order_by("-began_at", "-pk")


def touching(gaps: QuerySet[WindowGap], start: datetime, end: datetime) -> QuerySet[WindowGap]:
    """Those of which some part lies in [start, end)."""
    return gaps.filter(Q(ended_at=None) | Q(ended_at__gt=start), began_at__lt=end)


@dataclass(frozen=True)
class Coverage:
    """Of the time a camera was on: how much of it was recorded, in how many gaps it was not."""

    owed_seconds: float
    recorded_seconds: float
    gaps: int

    @property
    def percent(self) -> float | None:
        """To a tenth, rounded down, so that 100 is all; None where nothing was owed."""
        if self.owed_seconds <= 0:
            return None
        return int(1000 * self.recorded_seconds / self.owed_seconds) / 10


def coverage(
    camera: WindowCamera, gaps: Iterable[WindowGap], start: datetime, end: datetime
) -> Coverage:
    """Within [start, end), from when it was set up. `gaps` are the camera's, any that touch it."""
    start = max(start, camera.set_up_at)
    whole = max(timedelta(0), end - start)
    off = lost = timedelta(0)
    count = 0
    for gap in gaps:
        inside = min(gap.ended_at or end, end) - max(gap.began_at, start)
        if inside <= timedelta(0):
            continue
        if gap.reason == GapReason.SWITCHED_OFF:
            off += inside
        else:
            lost, count = lost + inside, count + 1
    owed = (whole - off).total_seconds()
    return Coverage(owed, max(0.0, owed - lost.total_seconds()), count)
