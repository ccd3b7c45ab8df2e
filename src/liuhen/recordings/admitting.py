"""Who may know of a recording for a while beyond the usual range: kept for the rooms above."""

from datetime import datetime

from liuhen.people.models import Officer
from liuhen.recordings.models import Admission, Recording


def admit(recording: Recording, officer: Officer, *, until: datetime | None) -> None:
    """Until then; None: no longer. In the caller's transaction, whose event says why."""
    rows = Admission.objects.filter(recording=recording, officer=officer)
    if until is None:
        rows.delete()
    elif not rows.update(until=until):
        Admission.objects.create(recording=recording, officer=officer, until=until)
