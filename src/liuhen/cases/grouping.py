"""Recordings that belong together and have no activity yet: one is registered from them.

One device's files follow each other, and what a unit's cameras film at the same time is one
activity. Each recording is held against those of the last hours alone; a page has few of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from liuhen.cases import activities, linking
from liuhen.cases.activity_facts import ActivityFacts
from liuhen.cases.linking import Pair
from liuhen.cases.matching import LONGEST, end_of
from liuhen.cases.models import Activity
from liuhen.devices.models import Device
from liuhen.people.models import Officer, Unit
from liuhen.recordings.models import Recording

GAP = timedelta(minutes=30)
"""Between two files of one device or officer. Cameras begin a new file every 5 to 30 minutes with
no gap to speak of; a longer pause is a way to another place."""

TOGETHER = 0.5
"""Of the shorter one, what two cameras of a unit film at the same time, to be at one site."""


@dataclass(frozen=True)
class Group:
    """In the order recorded, at least one."""

    recordings: tuple[Recording, ...]

    @property
    def start(self) -> datetime:
        return self.recordings[0].recorded_at

    @property
    def end(self) -> datetime:
        return max(map(end_of, self.recordings))

    @property
    def officers(self) -> list[Officer]:
        """Who made them, each once."""
        makers = {one.officer.pk: one.officer for one in self.recordings if one.officer}
        return list(makers.values())

    @property
    def devices(self) -> list[Device]:
        used = {one.device.pk: one.device for one in self.recordings if one.device}
        return list(used.values())

    @property
    def unit(self) -> Unit | None:
        return next((one.unit for one in self.recordings if one.unit), None)


def groups(recordings: Sequence[Recording]) -> list[Group]:
    """Every recording in exactly one; by the time they begin."""
    open_now: list[list[Recording]] = []
    ended: list[list[Recording]] = []
    for one in sorted(recordings, key=lambda row: (row.recorded_at, row.pk)):
        ended += [group for group in open_now if is_over(group, one)]
        open_now = [group for group in open_now if not is_over(group, one)]
        fitting = [group for group in open_now if any(belong(other, one) for other in group)]
        # A second camera may be what shows that two runs of files are one activity.
        joined = sorted(
            [*(row for group in fitting for row in group), one],
            key=lambda row: (row.recorded_at, row.pk),
        )
        open_now = [group for group in open_now if group not in fitting] + [joined]
    every = [Group(tuple(group)) for group in [*ended, *open_now]]
    return sorted(every, key=lambda group: (group.start, group.recordings[0].pk))


def is_over(group: Sequence[Recording], one: Recording) -> bool:
    too_late = one.recorded_at > max(map(end_of, group)) + GAP
    return too_late or one.recorded_at > group[0].recorded_at + LONGEST


def belong(earlier: Recording, one: Recording) -> bool:
    same_device = earlier.device_id is not None and earlier.device_id == one.device_id
    same_officer = earlier.officer_id is not None and earlier.officer_id == one.officer_id
    if same_device or same_officer:
        return one.recorded_at - end_of(earlier) <= GAP
    if earlier.unit_id is None or earlier.unit_id != one.unit_id:
        return False
    return share_together(earlier, one) >= TOGETHER


def share_together(one: Recording, other: Recording) -> float:
    """Of the shorter one, what both show; a photo within the other's time is whole."""
    start, end = max(one.recorded_at, other.recorded_at), min(end_of(one), end_of(other))
    shorter = min(end_of(one) - one.recorded_at, end_of(other) - other.recorded_at)
    if not shorter:
        return float(start <= end)
    return max(end - start, timedelta(0)) / shorter


@transaction.atomic
def register(
    facts: ActivityFacts, recordings: Sequence[Recording], *, by: Officer, at: datetime
) -> Activity:
    """An activity with its recordings, in one step. Refuses: as `activities.register` and
    `linking.link_all`; what somebody settled meanwhile is left where it is."""
    made = activities.register(facts, by=by, at=at)
    linking.link_all([Pair(made, one, was_proposed=True) for one in recordings], by=by, at=at)
    return made
