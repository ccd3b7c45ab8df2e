"""Those who took part in an activity see its recordings as their own, while these belong to it.

Another must have said so: nobody is entered beside a recording by themselves, neither by putting
it into the activity nor by naming themselves among its officers after it was registered.

What somebody entered by hand as taking part (`recordings.sharing`) is left as it was. Which entries
came with an activity stands in the log: the event of each names it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from liuhen.cases.activity_facts import number_of
from liuhen.cases.models import Activity, ActivityOfficer
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.custody.models import CustodyEvent
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording, Share

AT_ONCE = 500
"""Values of one query's list; SQLite takes a few thousand."""


def show(
    activity: Activity, recordings: Sequence[Recording], *, by: Officer, at: datetime
) -> list[Act]:
    """Enter the activity's officers beside each maker; the caller writes the events."""
    return enter(activity, recordings, vouched_for(activity, by=by), by=by, at=at)


def enter(
    activity: Activity,
    recordings: Sequence[Recording],
    officers: Sequence[Officer],
    *,
    by: Officer,
    at: datetime,
) -> list[Act]:
    keys = [recording.pk for recording in recordings]
    known = set(Share.objects.filter(recording__in=keys).values_list("recording", "officer"))
    new = [
        (recording, officer)
        for recording in recordings
        for officer in officers
        if officer.pk != recording.officer_id and (recording.pk, officer.pk) not in known
    ]
    Share.objects.bulk_create(
        Share(recording=recording, officer=officer, shared_at=at, shared_by=by)
        for recording, officer in new
    )
    return [act_of(Kind.RECORDING_SHARED, *pair, activity, by=by, at=at) for pair in new]


def hide(
    activity: Activity,
    recordings: Sequence[Recording],
    *,
    by: Officer,
    at: datetime,
    but: Iterable[Officer] = (),
) -> list[Act]:
    """Strike out again what came with this activity, except for those in `but`."""
    kept = {officer.pk for officer in but}
    through = shared_through(activity, recordings)
    shares = Share.objects.filter(recording__in=[one.pk for one in recordings])
    gone = [
        share
        for share in shares.select_related("officer", "recording").order_by("pk")
        if share.officer_id not in kept and share.officer_id in through[share.recording.number]
    ]
    Share.objects.filter(pk__in=[share.pk for share in gone]).delete()
    return [
        act_of(Kind.RECORDING_UNSHARED, share.recording, share.officer, activity, by=by, at=at)
        for share in gone
    ]


def follow(activity: Activity, were: Iterable[Officer], *, by: Officer, at: datetime) -> list[Act]:
    """After its officers changed: its recordings are no longer seen by those struck out, and are
    by those who are new. Whatever else was changed vouches for nobody."""
    recordings = list(Recording.objects.filter(activity_recording__activity=activity))
    if not recordings:
        return []
    known = {officer.pk for officer in were}
    new = [officer for officer in vouched_for(activity, by=by) if officer.pk not in known]
    gone = hide(activity, recordings, by=by, at=at, but=officers_of(activity))
    return [*gone, *enter(activity, recordings, new, by=by, at=at)]


def officers_of(activity: Activity) -> list[Officer]:
    return [entry.officer for entry in entries_of(activity)]


def vouched_for(activity: Activity, *, by: Officer) -> list[Officer]:
    """Its officers, but not `by`, nor one whose being there nobody but they themselves said after
    it was registered. Whoever registers what they take part in names themselves: that is usual."""
    return [
        entry.officer
        for entry in entries_of(activity)
        if entry.officer_id != by.pk
        and (entry.added_by_id != entry.officer_id or entry.added_at == activity.registered_at)
    ]


def entries_of(activity: Activity) -> QuerySet[ActivityOfficer]:
    entries = ActivityOfficer.objects.filter(activity=activity).select_related("officer")
    return entries.order_by("-is_lead", "pk")


def shared_through(activity: Activity, recordings: Sequence[Recording]) -> dict[str, set[int]]:
    """By recording: the officers (their rows: numbers may change) whose newest entry beside it
    came with this activity."""
    newest: dict[str, dict[int, str | None]] = defaultdict(dict)
    subjects = [f"recording:{recording.number}" for recording in recordings]
    for first in range(0, len(subjects), AT_ONCE):
        rows = CustodyEvent.objects.filter(
            subject__in=subjects[first : first + AT_ONCE], kind=Kind.RECORDING_SHARED
        )
        for subject, entry in rows.order_by("index").values_list("subject", "entry"):
            facts = json.loads(bytes(entry))["facts"]
            # Entries by hand from before activities were known name no row, and came with none.
            if "officer_row" in facts:
                by_row = newest[subject.removeprefix("recording:")]
                by_row[facts["officer_row"]] = facts.get("activity")
    found: dict[str, set[int]] = defaultdict(set)
    for number, by_officer in newest.items():
        found[number] = {who for who, number_ in by_officer.items() if number_ == activity.number}
    return found


def act_of(
    kind: Kind, recording: Recording, officer: Officer, activity: Activity, *, by: Officer,
    at: datetime,
) -> Act:  # fmt: skip
    told: dict[str, Any] = {
        "officer": number_of(officer),
        "officer_row": officer.pk,
        "name": officer.name,
        "activity": activity.number,
    }
    return Act(kind, f"recording:{recording.number}", by, at, told)
