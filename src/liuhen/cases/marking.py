"""Marks as an activity needs them: which point each shows, and that one an interruption's
explanation rests on is not struck out."""

from datetime import datetime
from typing import Any

from django.db import transaction

from liuhen.cases import errors, points
from liuhen.cases.models import Interruption, PaperState
from liuhen.custody import log
from liuhen.people.models import Officer
from liuhen.recordings import errors as recording_errors
from liuhen.recordings import marks
from liuhen.recordings.models import Mark, Recording


@transaction.atomic
def unmark(recording: Recording, pk: int, *, by: Officer, at: datetime) -> None:
    """Refuses: NoSuchMark, MarkExplains, and what `recordings.marks.remove` does."""
    log.wait_for_turn()
    mark = Mark.objects.select_related("recording", "made_by").filter(
        pk=pk, recording=recording, removed_at=None
    )
    found = mark.first()
    if found is None:
        raise recording_errors.NoSuchMark()
    resting = Interruption.objects.filter(mark=found).exclude(state=PaperState.REFUSED)
    if resting.exists():
        raise errors.MarkExplains()
    marks.remove(found, by=by, at=at)


def told(mark: Mark, recording: Recording, *, may_remove: bool) -> dict[str, Any]:
    """The mark as JSON values for the player; `start` and `end` are seconds as numbers, `shows`
    is the point of a list it shows: "shot/traces"."""
    shown = points.shown_by(mark)
    return {
        "pk": mark.pk,
        "recording": recording.number,
        "kind": mark.kind,
        "shows": "/".join(shown) if shown else None,
        "start": float(mark.start_seconds),
        "end": None if mark.end_seconds is None else float(mark.end_seconds),
        "note": mark.note,
        "by": mark.made_by.name,
        "mayRemove": may_remove,
    }
