"""Striking out a mark: one an interruption's explanation rests on stays."""

from datetime import datetime

from django.db import transaction

from liuhen.cases import errors
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
