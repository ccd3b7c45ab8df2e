"""Which recordings belong to which activity: said by hand, or a proposal confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from liuhen.cases import activities, activity_errors, coverage, linked_words, showing
from liuhen.cases import linking_errors as errors
from liuhen.cases.models import Activity, ActivityRecording, Aside, Declined
from liuhen.cases.needs import recordings_of
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.devices.models import DeviceKind
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import visible_to

__all__ = ["recordings_of"]

MOST_AT_ONCE = 500
"""Of one confirmation; each is an event or more, and all stand under one signed checkpoint."""


@dataclass(frozen=True)
class Pair:
    """`was_proposed`: the system proposed it and a person confirmed."""

    activity: Activity
    recording: Recording
    was_proposed: bool = False


@dataclass(frozen=True)
class Outcome:
    """`skipped`: what somebody else had settled meanwhile; it stays as it is."""

    linked: list[Pair]
    skipped: list[Pair]


@transaction.atomic
def link(
    activity: Activity, recording: Recording, *, by: Officer, at: datetime,
    was_proposed: bool = False,
) -> None:  # fmt: skip
    """Say that `recording` belongs to `activity`; those who took part see it from now on.

    Refuses: NotYoursToLink, Voided, NoSuchRecording (not there, or not `by`'s to see),
    LinkedAlready, IsAside.
    """
    done = link_all([Pair(activity, recording, was_proposed)], by=by, at=at)
    if not done.skipped:
        return
    if Aside.objects.filter(recording=recording).exists():
        raise errors.IsAside(recording=recording.number)
    of = ActivityRecording.objects.select_related("activity").get(recording=recording)
    raise errors.LinkedAlready(recording=recording.number, number=of.activity.number)


@transaction.atomic
def link_all(pairs: Sequence[Pair], *, by: Officer, at: datetime) -> Outcome:
    """Many at once, in one step; what belongs somewhere already is skipped and named.

    Eight queries beside two for each activity, however many recordings. Refuses: NothingChosen,
    TooManyChosen, NotYoursToLink, Voided, NoSuchRecording.
    """
    check_number(pairs)
    log.wait_for_turn()
    pairs = current(pairs, by=by)
    keys = [pair.recording.pk for pair in pairs]
    settled = set(ActivityRecording.objects.filter(recording__in=keys).values_list("recording"))
    settled |= set(Aside.objects.filter(recording__in=keys).values_list("recording"))
    new = [pair for pair in pairs if (pair.recording.pk,) not in settled]
    skipped = [pair for pair in pairs if (pair.recording.pk,) in settled]
    ActivityRecording.objects.bulk_create(
        ActivityRecording(
            activity=pair.activity,
            recording=pair.recording,
            was_proposed=pair.was_proposed,
            linked_at=at,
            linked_by=by,
        )
        for pair in new
    )
    Recording.objects.filter(pk__in=[pair.recording.pk for pair in new]).update(settled_at=at)
    linked_words.of_recordings([pair.recording.pk for pair in new])
    log.record_all([*linked(new, by=by, at=at), *shown(new, by=by, at=at)])
    for activity in {pair.activity.pk: pair.activity for pair in new}.values():
        coverage.refresh(activity, by=by, at=at)
    return Outcome(new, skipped)


@transaction.atomic
def unlink(
    activity: Activity, recording: Recording, *, reason: str, by: Officer, at: datetime
) -> None:
    """It was put there by mistake. Refuses: NotYoursToLink, Voided, ReasonMissing, NotLinked."""
    log.wait_for_turn()
    activity = activities.fresh(activity)
    check_links(activity, by)
    words = reason.strip()[:200]
    if not words:
        raise activity_errors.ReasonMissing()
    acts = freed(activity, [recording], by=by, at=at, reason=words)
    if not acts:
        raise errors.NotLinked(recording=recording.number, number=activity.number)
    log.record_all(acts)
    coverage.refresh(activity, by=by, at=at)


def freed(
    activity: Activity, recordings: Sequence[Recording], *, by: Officer, at: datetime, **facts: Any
) -> list[Act]:
    """Take them out of the activity; the caller writes the events. None of those that are not in
    it."""
    rows = ActivityRecording.objects.filter(activity=activity, recording__in=recordings)
    there = set(rows.values_list("recording", flat=True))
    gone = [recording for recording in recordings if recording.pk in there]
    rows.delete()
    make_loose(gone)
    linked_words.of_recordings([recording.pk for recording in gone])
    acts = [
        activities.act_of(
            Kind.RECORDING_UNLINKED, activity, by=by, at=at, recording=recording.number, **facts
        )
        for recording in gone
    ]
    return [*acts, *showing.hide(activity, gone, by=by, at=at)]


def decline(
    activity: Activity, recordings: Sequence[Recording], *, by: Officer, at: datetime
) -> int:
    """The proposals are wrong: they are not made again. As `decline_all`."""
    return decline_all([Pair(activity, recording) for recording in recordings], by=by, at=at)


@transaction.atomic
def decline_all(pairs: Sequence[Pair], *, by: Officer, at: datetime) -> int:
    """Of however many activities. Answers how many were new.

    Refuses: NothingChosen, TooManyChosen, NotYoursToLink, Voided, NoSuchRecording.
    """
    check_number(pairs)
    log.wait_for_turn()
    pairs = current(pairs, by=by)
    rows = Declined.objects.filter(recording__in=[pair.recording.pk for pair in pairs])
    known = set(rows.values_list("activity", "recording"))
    new = [pair for pair in pairs if (pair.activity.pk, pair.recording.pk) not in known]
    Declined.objects.bulk_create(
        Declined(activity=pair.activity, recording=pair.recording, declined_at=at, declined_by=by)
        for pair in new
    )
    log.record_all([declined(pair, by=by, at=at) for pair in new])
    return len(new)


def declined(pair: Pair, *, by: Officer, at: datetime) -> Act:
    return activities.act_of(
        Kind.RECORDING_DECLINED, pair.activity, by=by, at=at, recording=pair.recording.number
    )


def may_link(activity: Activity, by: Officer) -> bool:
    """Whoever may change the activity, and the bureau's custodian; none once it is voided."""
    return activity.voided_at is None and links(activity, by)


def links(activity: Activity, by: Officer) -> bool:
    if activity.agency_id != by.agency_id:
        return False
    is_custodian = {Permission.SEE_AGENCY, Permission.TAKE_IN} <= permissions_of(by)
    return is_custodian or activities.is_theirs(activity, by)


def check_links(activity: Activity, by: Officer) -> None:
    """Refuses: NotYoursToLink, Voided."""
    if not links(activity, by):
        raise errors.NotYoursToLink(number=activity.number)
    if activity.voided_at is not None:
        raise activity_errors.Voided(number=activity.number)


def check_number(chosen: Sequence[object]) -> None:
    """Refuses: NothingChosen, TooManyChosen."""
    if not chosen:
        raise errors.NothingChosen()
    if len(chosen) > MOST_AT_ONCE:
        raise errors.TooManyChosen(most=MOST_AT_ONCE)


def current(pairs: Sequence[Pair], *, by: Officer) -> list[Pair]:
    """As they stand now, each recording once. Refuses: NotYoursToLink, Voided, NoSuchRecording."""
    wanted = {pair.activity.pk for pair in pairs}
    there = {one.pk: one for one in Activity.objects.filter(pk__in=wanted)}
    for activity in there.values():
        check_links(activity, by)
    first = {pair.recording.pk: pair for pair in reversed(pairs)}
    rows = visible_to(by).filter(pk__in=first).defer("examination")
    seen = {one.pk: one for one in rows.select_related("officer", "device")}
    for pk, pair in first.items():
        if pk not in seen:
            raise NoSuchRecording(number=pair.recording.number)
    return [
        Pair(there[pair.activity.pk], seen[pk], pair.was_proposed)
        for pk, pair in reversed(first.items())
    ]


def linked(pairs: Iterable[Pair], *, by: Officer, at: datetime) -> list[Act]:
    return [
        activities.act_of(
            Kind.RECORDING_LINKED,
            pair.activity,
            by=by,
            at=at,
            recording=pair.recording.number,
            proposed=pair.was_proposed,
        )
        for pair in pairs
    ]


def shown(pairs: Iterable[Pair], *, by: Officer, at: datetime) -> list[Act]:
    together: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        together[pair.activity.pk].append(pair)
    acts: list[Act] = []
    for group in together.values():
        recordings = [pair.recording for pair in group]
        acts += showing.show(group[0].activity, recordings, by=by, at=at)
    return acts


def make_loose(recordings: Sequence[Recording]) -> None:
    """Nobody says any more to what they belong; a window's are nobody's from the start."""
    rows = Recording.objects.filter(pk__in=[recording.pk for recording in recordings])
    rows.exclude(device__kind=DeviceKind.FIXED_CAMERA).update(settled_at=None)
    windows = rows.filter(device__kind=DeviceKind.FIXED_CAMERA)
    windows.update(settled_at=F("sealed_at"))
