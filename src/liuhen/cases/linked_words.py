"""What recordings are found by through what they belong to: activity, case, parties.

Recordings stand below and know of none of these. Each operation here that changes such words
enters them in its own transaction (`follow`), so that a search is never behind.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from liuhen.cases import queries
from liuhen.cases.models import Activity, ActivityRecording, Case, Party
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings.search import keeping
from liuhen.recordings.search.wanted import Ids

READ = (
    "recording_id",
    "activity__search_text",
    "activity__case__search_text",
    "activity__party__search_text",
)


def follow(activities: QuerySet[Activity]) -> None:
    """What these activities are called has changed, or their cases or parties have."""
    links = ActivityRecording.objects.filter(activity__in=activities.order_by().values("pk"))
    keys = links.order_by("recording_id").values_list("recording_id", flat=True)
    for some in keeping.at_once(keys.iterator()):
        of_recordings(some)


def follow_case(case: Case) -> None:
    follow(Activity.objects.filter(case=case))


def follow_party(party: Party) -> None:
    """Through cases it has a part in, too."""
    follow(Activity.objects.filter(Q(party=party) | Q(case__in=party.cases.values("pk"))))


def of_recordings(keys: Iterable[int]) -> None:
    """These were put into an activity, or taken out of one."""
    keeping.link(texts(keys))


def texts(keys: Iterable[int]) -> dict[int, str]:
    """By recording; "" for those that belong to nothing. One query."""
    said = dict.fromkeys(keys, "")
    rows = ActivityRecording.objects.filter(recording_id__in=list(said)).values_list(*READ)
    return said | {pk: together(words) for pk, *words in rows}


def together(texts: Iterable[str | None]) -> str:
    """Each word once: a case says again who its activity's party is."""
    return " ".join(dict.fromkeys(word for text in texts for word in (text or "").split()))


def seen_by(officer: Officer) -> Ids | None:
    """Ids of the recordings whose activity the officer sees, with its case if it has one; None:
    all. Whoever may not see them must not find out by searching what they are called."""
    if Permission.SEE_AGENCY in permissions_of(officer):
        return None
    rows = ActivityRecording.objects.filter(
        Q(activity__case=None) | Q(activity__case__in=queries.cases_for(officer).values("pk")),
        activity__in=queries.activities_for(officer).values("pk"),
    )
    return rows.order_by().values("recording_id")
