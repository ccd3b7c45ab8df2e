"""All that was recorded in an activity, device by device, on one clock."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet

from liuhen.cases import explaining, gaps, linking, needs, points
from liuhen.cases.gaps import Gap
from liuhen.cases.models import Activity, Interruption
from liuhen.cases.points import Standing
from liuhen.engines.policy.pack import Rules
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.recordings import playing, queries
from liuhen.recordings.models import Mark, MediaKind, Recording
from liuhen.recordings.playing import Playback
from liuhen.regulations import current


@dataclass(frozen=True)
class Lane:
    """One device's; what no device is known of is a lane by its number, or one for all such."""

    key: str
    recordings: list[Recording] = field(default_factory=list)


@dataclass(frozen=True)
class Timeline:
    """`lanes` hold films and sound, `photos` stand by themselves; all by `recorded_at`, which is
    on the corrected clock. `seen`: keys of the recordings this officer may open. `activity` None:
    one recording by itself.
    """

    activity: Activity | None
    lanes: list[Lane]
    photos: list[Recording]
    gaps: list[Gap]
    interruptions: list[Interruption]
    points: list[Standing]
    playbacks: dict[int, Playback]
    seen: frozenset[int]

    @property
    def recordings(self) -> list[Recording]:
        return [one for lane in self.lanes for one in lane.recordings] + self.photos


def of(activity: Activity, *, by: Officer) -> Timeline:
    """As this officer sees it. The same number of queries however much was recorded."""
    recordings = list(beside(queries.but_secrets(linking.recordings_of(activity), by)))
    keys = [one.pk for one in recordings]
    seen = queries.visible_to(by).filter(pk__in=keys).values_list("pk", flat=True)
    films = [one for one in recordings if one.kind != MediaKind.PHOTO]
    stops = explaining.of(activity)
    rules = current.rules_if_any(activity.agency, needs.day_of(activity))
    return Timeline(
        activity,
        lanes_of(films),
        [one for one in recordings if one.kind == MediaKind.PHOTO],
        gaps.of(activity, stops),
        stops,
        points.standing(activity, rules, by=by),
        playing.playbacks(recordings),
        frozenset(seen),
    )


def of_one(recording: Recording, *, by: Officer) -> Timeline:
    """A recording by itself, with the lists of its activity if it belongs to one."""
    [one] = beside(Recording.objects.filter(pk=recording.pk))
    of_it = Activity.objects.filter(activity_recordings__recording=one).first()
    rules = current.rules_if_any(recording.agency, in_china(one.recorded_at).date())
    standing = points.standing(of_it, rules, by=by) if of_it else unticked(rules)
    playbacks = playing.playbacks([one])
    return Timeline(None, lanes_of([one]), [], [], [], standing, playbacks, frozenset([one.pk]))


def unticked(rules: Rules | None) -> list[Standing]:
    return [Standing(point, None, None) for point in points.of(rules)]


def beside(rows: QuerySet[Recording]) -> QuerySet[Recording]:
    """With all a timeline draws, four queries in all; marks that stand in `standing_marks`."""
    standing = Mark.objects.filter(removed_at=None).select_related("made_by")
    marks = Prefetch("marks", standing.order_by("start_seconds", "pk"), to_attr="standing_marks")
    return rows.select_related("device", "officer", "unit").prefetch_related("findings", marks)


def end_of(recording: Recording) -> datetime:
    """Of unknown length: where it begins."""
    return recording.recorded_at + timedelta(seconds=float(recording.duration_seconds or 0))


def lanes_of(recordings: Iterable[Recording]) -> list[Lane]:
    """In the order of their first recording."""
    lanes: dict[str, Lane] = {}
    for one in recordings:
        key = f"d{one.device_id}" if one.device_id else f"n{one.device_no or ''}"
        lanes.setdefault(key, Lane(key)).recordings.append(one)
    return list(lanes.values())
