"""Marks and a picture on the demonstration's activity, so that its player shows what they are."""

from decimal import Decimal
from typing import Any

MARKS = (
    ("notice", "", "3.2", ""),
    ("credentials", "", "7.5", ""),
    ("purpose", "", "11", ""),
    ("shot_point", "place", "13.4", ""),
    ("shot_point", "participants", "18", ""),
    ("key_object", "", "24.6", "货架第二层，无标签食品"),
)
"""Kind, the list's point, second of the activity's first film, note."""

PICTURE_AT = Decimal("24.6")


def make() -> None:
    """On the first activity that films of two devices belong to, by its leader on site."""
    from liuhen.cases.models import Activity
    from liuhen.recordings.models import MediaKind, Recording

    for activity in Activity.objects.order_by("arrived_at"):
        films = Recording.objects.filter(
            activity_recording__activity=activity, kind=MediaKind.VIDEO
        ).order_by("recorded_at")
        if len({film.device_id for film in films}) > 1:
            watch(films[0], activity)
            explain(films, activity)
            return


def watch(film: Any, activity: Any) -> None:
    from liuhen.access import viewing
    from liuhen.kernel.clock import now
    from liuhen.recordings import marks, snapshots
    from liuhen.recordings.errors import NoSuchPoint
    from liuhen.recordings.models import MarkKind

    lead, at = activity.activity_officers.get(is_lead=True).officer, now()
    viewing.open_recording(film.number, by=lead, at=at)
    for kind, code, second, note in MARKS:
        spot = marks.Spot(MarkKind(kind), Decimal(second), code=code, note=note)
        try:
            marks.add(film, spot, by=lead, at=at)
        except NoSuchPoint:  # the regulation on show has no such point
            continue
    snapshots.take(film, PICTURE_AT, by=lead, at=at)


def explain(films: Any, activity: Any) -> None:
    """The hole before the last film: a battery was changed, and said so when it went on."""
    from liuhen.cases import interruptions
    from liuhen.cases.timeline import end_of
    from liuhen.engines.policy.vocabulary import Cause
    from liuhen.kernel.clock import now
    from liuhen.recordings import marks
    from liuhen.recordings.models import MarkKind

    *before, last = films
    stopped = max(end_of(film) for film in before)
    lead, at = activity.activity_officers.get(is_lead=True).officer, now()
    spot = marks.Spot(MarkKind.INTERRUPTION, Decimal(2), note="刚才更换电池")
    said = marks.add(last, spot, by=lead, at=at)
    stretch = interruptions.Stretch(
        stopped, last.recorded_at, Cause.BATTERY, "电池电量耗尽，更换电池后继续记录。",
        basis="设备当日检查时电量 94%", mark=said,
    )  # fmt: skip
    interruptions.enter(activity, stretch, by=lead, at=at)
