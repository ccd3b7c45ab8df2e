"""Who made or took part in what a recording shows: it is about them, and may be their own work.

Whoever is named, by whomever, decides on nothing about it. Their own work, to look at, it is only
where another said so: nobody gives themselves a right by an entry of their own.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet

from liuhen.cases.models import ActivityOfficer, ActivityRecording, CaseOfficer
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording, Share


def sources(keys: Iterable[int]) -> list[QuerySet[Any, tuple[int, int | None]]]:
    """(recording, officer) from each place that names one."""
    wanted = list(keys)
    linked = "activity__activity_recordings__recording_id"
    of_case = "case__activities__activity_recordings__recording_id"
    return [
        Recording.objects.filter(pk__in=wanted, officer__isnull=False).values_list(
            "pk", "officer_id"
        ),
        Share.objects.filter(recording_id__in=wanted).values_list("recording_id", "officer_id"),
        ActivityOfficer.objects.filter(**{f"{linked}__in": wanted}).values_list(
            linked, "officer_id"
        ),
        CaseOfficer.objects.filter(**{f"{of_case}__in": wanted}).values_list(of_case, "officer_id"),
    ]


def involved_in(keys: Iterable[int]) -> dict[int, set[int]]:
    """Recording's key → officers' keys. Four queries, however many."""
    wanted = list(keys)
    found: dict[int, set[int]] = {key: set() for key in wanted}
    for rows in sources(wanted):
        for recording, officer in rows:
            if recording in found and officer is not None:
                found[recording].add(officer)
    return found


def own_of(officer: Officer, recordings: Iterable[Recording]) -> set[int]:
    """Keys of those the officer made, shares by another's word, or handles the case of; no query
    where they made all."""
    rows = list(recordings)
    made = {one.pk for one in rows if one.officer_id == officer.pk}
    others = [one.pk for one in rows if one.pk not in made]
    if not others:
        return made
    shared = Share.objects.filter(recording_id__in=others, officer=officer)
    of_case = links_by_others(officer).filter(recording_id__in=others)
    return made.union(
        *(found.values_list("recording_id", flat=True) for found in (shared, of_case))
    )


def links_by_others(officer: Officer) -> QuerySet[ActivityRecording]:
    """What belongs to a case of the officer's, each step of the way by another: the recording put
    into the activity, the activity into the case, the officer among who handles it. Whoever opens a
    case names themselves; afterwards it takes another."""
    by_another = ~Q(added_by=officer) | Q(added_at=F("case__added_at"))
    handled = CaseOfficer.objects.filter(by_another, officer=officer).values("case_id")
    links = ActivityRecording.objects.filter(activity__case_id__in=handled)
    return links.exclude(linked_by=officer).exclude(activity__case_set_by=officer)
