"""Who made or took part in what a recording shows: it is their own work, and about them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from liuhen.cases.models import ActivityOfficer, CaseOfficer
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
