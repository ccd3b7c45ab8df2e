"""Recordings that belong to no enforcement activity, and why.

Devices are for enforcement alone (the `purpose` articles): what was recorded for anything else is
said so and stays in the list that supervision reads.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from liuhen.cases import linking
from liuhen.cases import linking_errors as errors
from liuhen.cases.models import ActivityRecording, Aside
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.people.models import Officer
from liuhen.recordings import sharing
from liuhen.recordings.models import Recording

MOST_REASON = 200


@transaction.atomic
def set_aside(
    recordings: Sequence[Recording], *, why: Aside.Why, reason: str, by: Officer, at: datetime
) -> None:
    """Say that they belong to no activity; all of them or none.

    Refuses: NothingChosen, TooManyChosen, NoReason, NotYoursToSetAside, LinkedAlready,
    AsideAlready.
    """
    linking.check_number(recordings)
    words = reason.strip()[:MOST_REASON]
    if not words:
        raise errors.NoReason()
    log.wait_for_turn()
    rows = Recording.objects.filter(pk__in=[one.pk for one in recordings]).defer("examination")
    current = list(rows.order_by("pk"))
    for recording in current:
        check_may(recording, by)
    check_open(current)
    Aside.objects.bulk_create(
        Aside(recording=recording, why=why, reason=words, set_at=at, set_by=by)
        for recording in current
    )
    rows.update(settled_at=at)
    told = {"why": str(why), "reason": words}
    log.record_all([act_of(Kind.RECORDING_SET_ASIDE, one, by, at, **told) for one in current])


@transaction.atomic
def take_back(recording: Recording, *, by: Officer, at: datetime) -> None:
    """It may belong to an activity after all. Refuses: NotYoursToSetAside, NotAside."""
    log.wait_for_turn()
    current = Recording.objects.defer("examination").get(pk=recording.pk)
    check_may(current, by)
    gone, _rows = Aside.objects.filter(recording=current).delete()
    if not gone:
        raise errors.NotAside(recording=current.number)
    linking.make_loose([current])
    log.record_all([act_of(Kind.RECORDING_TAKEN_BACK, current, by, at)])


def check_may(recording: Recording, by: Officer) -> None:
    """Refuses: NotYoursToSetAside."""
    if not sharing.may_share(recording, by):
        raise errors.NotYoursToSetAside(recording=recording.number)


def check_open(recordings: Sequence[Recording]) -> None:
    """Refuses: LinkedAlready, AsideAlready."""
    links = ActivityRecording.objects.filter(recording__in=recordings)
    if (of := links.select_related("activity", "recording").first()) is not None:
        raise errors.LinkedAlready(recording=of.recording.number, number=of.activity.number)
    if (aside := Aside.objects.filter(recording__in=recordings).first()) is not None:
        raise errors.AsideAlready(recording=aside.recording.number)


def act_of(kind: Kind, recording: Recording, by: Officer, at: datetime, **facts: str) -> Act:
    return Act(kind, f"recording:{recording.number}", by, at, facts)
