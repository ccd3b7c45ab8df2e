"""Who may know of a recording for a while beyond the usual range: kept for the rooms above."""

from collections.abc import Mapping
from datetime import datetime

from liuhen.people.models import Officer
from liuhen.recordings.models import Admission


def admit(officer: Officer, until: Mapping[int, datetime | None]) -> None:
    """To each recording, by key, until then; None: no longer. In the caller's transaction, whose
    event says why. Two queries, however many."""
    Admission.objects.filter(officer=officer, recording_id__in=until).delete()
    Admission.objects.bulk_create(
        Admission(recording_id=recording, officer=officer, until=ends)
        for recording, ends in until.items()
        if ends is not None
    )
