"""Filling in what lacks for many recordings at once: their activities get the case or the party.

Only what nobody has entered is filled in; an activity of another case stays as it is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat

from liuhen.cases import case_files, linked_words, parties, queries
from liuhen.cases.errors import NothingToFill
from liuhen.cases.models import Activity, ActivityRecording, Case, Party
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.recordings.models import Recording


@dataclass(frozen=True)
class Filled:
    """How many activities got something; how many had everything; how many of the recordings
    chosen belong to no activity yet, so that nothing could be filled in."""

    activities: int
    left: int
    without: int


@transaction.atomic
def fill(
    chosen: Collection[Recording],
    *,
    case: Case | None = None,
    party: Party | None = None,
    by: Officer,
    at: datetime,
) -> Filled:
    """Give the activities of these recordings a case, a party or both, each with its event.

    Refuses: NotPermitted, NothingToFill, NotYourCase, NoSuchParty, Merged.
    """
    permissions.check(by, Permission.HANDLE_CASES)
    if case is None and party is None:
        raise NothingToFill()
    log.wait_for_turn()
    if case is not None:
        case_files.check_handles(case, by)
    if party is not None:
        party = parties.standing(party, by)
    links = ActivityRecording.objects.filter(recording__in=chosen)
    of_recordings = dict(links.values_list("recording_id", "activity_id"))
    rows = queries.activities_for(by).filter(pk__in=of_recordings.values(), voided_at=None)
    rows = rows.select_related("case", "party").order_by("pk")
    acts = [act for row in rows if (act := fill_one(row, case, party, by=by, at=at))]
    linked_words.follow(rows)
    log.record_all(acts)
    count = len(set(of_recordings.values()))
    return Filled(len(acts), count - len(acts), len(chosen) - len(of_recordings))


def fill_one(
    activity: Activity, case: Case | None, party: Party | None, *, by: Officer, at: datetime
) -> Act | None:
    """None: it had both."""
    told: dict[str, Any] = {}
    words: list[str] = []
    # Compare-and-set: what somebody entered meanwhile stays.
    mine = Activity.objects.filter(pk=activity.pk)
    if case is not None and mine.filter(case=None).update(
        case=case, case_set_at=at, case_set_by=by
    ):
        told["case"] = [None, case.pk]
        words += [case.case_no, case.name]
    if party is not None and mine.filter(party=None).update(party=party):
        told["party"] = [None, party.pk]
        words.append(party.name)
    if not told:
        return None
    said = Value(" " + " ".join(words))
    mine.update(search_text=Concat(F("search_text"), said, output_field=TextField()))
    return Act(Kind.ACTIVITY_CHANGED, f"activity:{activity.number}", by, at, told)
