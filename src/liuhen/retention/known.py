"""What recordings hang on, as far as keeping asks: activity, cases, parties, people. Reads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from liuhen.cases.models import (
    Activity,
    ActivityOfficer,
    ActivityRecording,
    Case,
    CaseParty,
    Exhibit,
)
from liuhen.recordings.models import Recording, Share


def ended_at(recording: Recording) -> datetime:
    """When it ended, not when it was taken in; one without a known length ends as it begins."""
    return recording.recorded_at + timedelta(seconds=float(recording.duration_seconds or 0))


@dataclass(frozen=True)
class Known:
    """Of one recording. `used_in`: the cases it is evidence in; `parties` and `officers` are keys:
    of the activity and all its cases, of who made it, was there or took part."""

    recording: Recording
    start: datetime
    end: datetime
    activity: Activity | None
    used_in: tuple[Case, ...]
    parties: frozenset[int]
    officers: frozenset[int]

    @property
    def case(self) -> Case | None:
        return self.activity.case if self.activity else None

    @property
    def cases(self) -> tuple[Case, ...]:
        """Each once."""
        own = (self.case,) if self.case else ()
        return tuple({one.pk: one for one in (*own, *self.used_in)}.values())


def known_of(recordings: Sequence[Recording]) -> dict[int, Known]:
    """By the recordings' keys. Five queries, however many they are."""
    keys = [one.pk for one in recordings]
    links = ActivityRecording.objects.filter(recording__in=keys).select_related("activity__case")
    activities = {link.recording_id: link.activity for link in links}
    used = exhibits_of(keys)
    cases = {one.case_id for one in activities.values() if one.case_id}
    cases |= {case.pk for some in used.values() for case in some}
    in_case = grouped(CaseParty.objects.filter(case__in=cases).values_list("case_id", "party_id"))
    shared = grouped(
        Share.objects.filter(recording__in=keys).values_list("recording_id", "officer_id")
    )
    there = grouped(
        ActivityOfficer.objects.filter(
            activity__in={one.pk for one in activities.values()}
        ).values_list("activity_id", "officer_id")
    )
    found = {}
    for one in recordings:
        activity, used_in = activities.get(one.pk), tuple(used[one.pk])
        own = {activity.case_id} if activity and activity.case_id else set()
        parties = {activity.party_id} if activity and activity.party_id else set()
        for case in own | {case.pk for case in used_in}:
            parties |= in_case[case]
        officers = shared[one.pk] | (there[activity.pk] if activity else set())
        officers |= {one.officer_id} if one.officer_id else set()
        found[one.pk] = Known(
            one, one.recorded_at, ended_at(one), activity, used_in,
            frozenset(parties), frozenset(officers),
        )  # fmt: skip
    return found


def exhibits_of(keys: Sequence[int]) -> defaultdict[int, list[Case]]:
    """The cases each recording stands in as evidence."""
    found: defaultdict[int, list[Case]] = defaultdict(list)
    rows = Exhibit.objects.filter(recording__in=keys, withdrawn_at=None)
    for row in rows.select_related("case").order_by("pk"):
        found[row.recording_id].append(row.case)
    return found


def grouped(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found
