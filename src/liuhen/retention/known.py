"""What recordings hang on, as far as keeping asks: activity, cases, parties, people. Reads."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from liuhen.cases.models import (
    Activity,
    ActivityOfficer,
    ActivityRecording,
    Case,
    CaseParty,
    Exhibit,
)
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.clock import in_china, midnight
from liuhen.recordings.models import Recording, Share


def ended_at(recording: Recording) -> datetime:
    """When it ended, not when it was taken in; one without a known length ends as it begins."""
    return recording.recorded_at + timedelta(seconds=float(recording.duration_seconds or 0))


def term_from(recording: Recording) -> datetime:
    """From when its term runs: its end. A clock that nobody ever compared may have been set back
    by years: then not before the recording was taken in, which our clock and the log tell."""
    end = ended_at(recording)
    return end if recording.clock_offset_seconds is not None else max(end, recording.sealed_at)


@dataclass(frozen=True)
class Known:
    """Of one recording. `used_in`: the cases it is evidence in; `parties` and `officers` are keys:
    of the activity and all its cases, of who made it, was there or took part.

    `was_used_in`: it was taken back from these, which had been closed with it in them: opened for
    that by one person, they do not let go of it. `used_at` and `closed_at` by case: when it was
    last entered as evidence, when the closing was last entered.
    """

    recording: Recording
    start: datetime
    end: datetime
    activity: Activity | None
    used_in: tuple[Case, ...]
    parties: frozenset[int]
    officers: frozenset[int]
    was_used_in: tuple[Case, ...] = ()
    used_at: Mapping[int, datetime] = field(default_factory=dict)
    closed_at: Mapping[int, datetime] = field(default_factory=dict)

    @property
    def term_from(self) -> datetime:
        return term_from(self.recording)

    @property
    def case(self) -> Case | None:
        return self.activity.case if self.activity else None

    @property
    def cases(self) -> tuple[Case, ...]:
        """Each once."""
        own = (self.case,) if self.case else ()
        return tuple({one.pk: one for one in (*own, *self.used_in)}.values())

    @property
    def evidence_in(self) -> tuple[Case, ...]:
        """As far as keeping goes; each once."""
        return tuple({one.pk: one for one in (*self.used_in, *self.was_used_in)}.values())

    @property
    def files(self) -> tuple[Case, ...]:
        """All whose file it may be kept with; each once."""
        return tuple({one.pk: one for one in (*self.cases, *self.was_used_in)}.values())

    def not_before(self, case: Case) -> tuple[datetime, ...]:
        """The case file's term runs for it from none of these instants earlier, whatever date
        somebody enters as the closing's."""
        found = [self.term_from]
        if case.pk in self.closed_at:
            found.append(midnight(in_china(self.closed_at[case.pk]).date()))
        if case.pk in self.used_at:
            found.append(self.used_at[case.pk])
        return tuple(found)


def known_of(recordings: Sequence[Recording]) -> dict[int, Known]:
    """By the recordings' keys. Six queries, however many they are."""
    keys = [one.pk for one in recordings]
    links = ActivityRecording.objects.filter(recording__in=keys).select_related("activity__case")
    activities = {link.recording_id: link.activity for link in links}
    exhibits = exhibits_of(keys)
    cases = {one.case_id for one in activities.values() if one.case_id}
    cases |= {row.case_id for some in exhibits.values() for row in some}
    closings = closings_of(cases)
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
        activity, used_in = activities.get(one.pk), in_use(exhibits[one.pk])
        own = {activity.case_id} if activity and activity.case_id else set()
        parties = {activity.party_id} if activity and activity.party_id else set()
        for case in own | {case.pk for case in used_in}:
            parties |= in_case[case]
        officers = shared[one.pk] | (there[activity.pk] if activity else set())
        officers |= {one.officer_id} if one.officer_id else set()
        found[one.pk] = Known(
            one, one.recorded_at, ended_at(one), activity, used_in,
            frozenset(parties), frozenset(officers), *use_of(exhibits[one.pk], closings),
            {case: max(some) for case, some in closings.items()},
        )  # fmt: skip
    return found


def exhibits_of(keys: Sequence[int]) -> defaultdict[int, list[Exhibit]]:
    """Each recording's, those taken back as well."""
    found: defaultdict[int, list[Exhibit]] = defaultdict(list)
    rows = Exhibit.objects.filter(recording__in=keys)
    for row in rows.select_related("case").order_by("pk"):
        found[row.recording_id].append(row)
    return found


def in_use(exhibits: Sequence[Exhibit]) -> tuple[Case, ...]:
    return tuple(row.case for row in exhibits if row.withdrawn_at is None)


def use_of(
    exhibits: Sequence[Exhibit], closings: Mapping[int, Sequence[datetime]]
) -> tuple[tuple[Case, ...], dict[int, datetime]]:
    """`was_used_in` and `used_at`."""
    was: list[Case] = []
    used_at: dict[int, datetime] = {}
    for row in exhibits:
        if row.withdrawn_at is not None:
            stood = (row.used_at <= at <= row.withdrawn_at for at in closings.get(row.case_id, ()))
            if not any(stood):
                continue
            was.append(row.case)
        used_at[row.case_id] = max(row.used_at, used_at.get(row.case_id, row.used_at))
    return tuple(was), used_at


def closings_of(cases: Iterable[int]) -> dict[int, list[datetime]]:
    """When each closing was entered, by the case's key; by the log, for a case may be opened
    again."""
    subjects = {f"case:{key}": key for key in cases}
    rows = CustodyEvent.objects.filter(subject__in=subjects, kind=Kind.CASE_CLOSED)
    found: dict[int, list[datetime]] = defaultdict(list)
    for subject, at in rows.order_by("index").values_list("subject", "at"):
        found[subjects[subject]].append(at)
    return found


def grouped(pairs: Iterable[tuple[int, int]]) -> defaultdict[int, set[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found
