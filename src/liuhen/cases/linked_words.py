"""What recordings are found by through what they belong to: activity, case, parties.

Recordings stand below and know of none of these. Each operation here that changes such words, or
who may know of them, enters them in its own transaction (`follow`), so that a search is never
behind.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from liuhen.cases.models import (
    Activity,
    ActivityOfficer,
    ActivityRecording,
    Case,
    CaseOfficer,
    Party,
)
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings.search import keeping
from liuhen.recordings.search.keeping import Linked, facet

READ = (
    "recording_id",
    "activity__search_text",
    "activity__case__search_text",
    "activity__party__search_text",
    "activity_id",
    "activity__unit_id",
    "activity__registered_by_id",
    "activity__case_id",
    "activity__case__unit_id",
    "activity__case__added_by_id",
)
NO_CASE = "nocase"


def follow(activities: QuerySet[Activity]) -> None:
    """What these activities are called has changed, or their cases or parties have."""
    links = ActivityRecording.objects.filter(activity__in=activities.order_by().values("pk"))
    keys = links.order_by("recording_id").values_list("recording_id", flat=True)
    for some in keeping.at_once(keys.iterator()):
        of_recordings(some)


def follow_activity(activity: Activity, *cases: Case | None) -> None:
    """It has changed, or who took part in it: they see its cases, those it had and has."""
    named = [case for case in cases if case is not None]
    follow(Activity.objects.filter(Q(pk=activity.pk) | Q(case__in=named)))


def follow_case(case: Case) -> None:
    follow(Activity.objects.filter(case=case))


def follow_party(party: Party) -> None:
    """Through cases it has a part in, too."""
    follow(Activity.objects.filter(Q(party=party) | Q(case__in=party.cases.values("pk"))))


def of_recordings(keys: Iterable[int]) -> None:
    """These were put into an activity, or taken out of one."""
    keeping.link(linked(keys))


def linked(keys: Iterable[int]) -> dict[int, Linked]:
    """By recording. Four queries."""
    said = dict.fromkeys(keys, Linked())
    rows = list(ActivityRecording.objects.filter(recording_id__in=list(said)).values_list(*READ))
    did = took_part({row[4] for row in rows})
    handle = handling({row[7] for row in rows if row[7] is not None})
    for recording, *texts, activity, unit, registered_by, case, case_unit, added_by in rows:
        known = facets("did", {*did[activity], registered_by}, unit)
        if case is None:
            known.append(NO_CASE)
        else:
            known += facets("handles", {*handle[case], added_by}, case_unit)
        said[recording] = Linked(together(texts), tuple(known))
    return said


def facets(name: str, officers: set[int], unit: int | None) -> list[str]:
    units = [] if unit is None else [facet(f"{name}unit", unit)]
    return [*(facet(name, pk) for pk in sorted(officers)), *units]


def took_part(activities: set[int]) -> dict[int, set[int]]:
    rows = ActivityOfficer.objects.filter(activity_id__in=activities)
    return grouped(rows.values_list("activity_id", "officer_id"))


def handling(cases: set[int]) -> dict[int, set[int]]:
    """Those a case names, and who took part in one of its activities."""
    named = CaseOfficer.objects.filter(case_id__in=cases).values_list("case_id", "officer_id")
    doing = ActivityOfficer.objects.filter(activity__case_id__in=cases)
    return grouped([*named, *doing.values_list("activity__case_id", "officer_id")])


def grouped(rows: Iterable[tuple[Any, Any]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for key, officer in rows:
        found[key].add(officer)
    return found


def together(texts: Iterable[str | None]) -> str:
    """Each word once: a case says again who its activity's party is."""
    return " ".join(dict.fromkeys(word for text in texts for word in (text or "").split()))


def known_by(officer: Officer) -> tuple[tuple[str, ...], ...] | None:
    """Facets of the recordings whose activity the officer sees, with its case if it has one, as
    `queries` says of either; None: all. Whoever may not see them must not find out by searching
    what they are called."""
    granted = permissions_of(officer)
    if Permission.SEE_AGENCY in granted:
        return None
    unit = officer.unit_id if Permission.SEE_UNIT in granted else None
    activity, case = (tuple(facets(name, {officer.pk}, unit)) for name in ("did", "handles"))
    return activity, (*case, NO_CASE)
