"""Looking for a check: whoever has to look at what was drawn needs no request, and is registered.

The rooms above say who has to look at what and why; here it becomes a right for as long as the
check lasts. It lets one look, never take along.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from liuhen.access import letting_in
from liuhen.access.errors import OwnToCheck
from liuhen.access.involved import involved_in
from liuhen.access.models import Assignment
from liuhen.access.rights import Ground
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording

TOLD_AT_ONCE = 2000
"""Numbers of recordings in one event: it holds at most 65,535 bytes."""


@transaction.atomic
def assign(
    recordings: Sequence[Recording],
    viewer: Officer,
    *,
    subject: str,
    ground: Ground,
    article: int | None,
    until: datetime,
    by: Officer,
    at: datetime,
) -> None:
    """Let `viewer` look at these until then. What holds for this check already, stays; what is over
    begins again.

    Args:
        subject: the check in the log's words, `spot_check:CC-2026-000001`; its number is what
            the register names.
    Refuses: OwnToCheck.
    """
    log.wait_for_turn()
    check_not_own(recordings, viewer)
    reference = subject.partition(":")[2]
    new = not_held(recordings, viewer, reference=reference, at=at)
    begin(new, viewer, reference=reference, ground=ground, article=article, until=until, at=at)
    letting_in.refresh(viewer, [one.pk for one in new], at=at)
    facts = {"viewer": viewer.login, "ground": str(ground), "until": until.isoformat()}
    numbers = [one.number for one in new]
    parts = [numbers[n : n + TOLD_AT_ONCE] for n in range(0, len(numbers), TOLD_AT_ONCE)]
    told = [facts | {"recordings": part} for part in parts]
    log.record_all([Act(Kind.VIEWING_ASSIGNED, subject, by, at, one) for one in told])


def not_held(
    recordings: Sequence[Recording], viewer: Officer, *, reference: str, at: datetime
) -> list[Recording]:
    """Those nothing of this check lets the viewer look at now."""
    live = viewer.assignments.filter(reference=reference, ended_at=None, until__gt=at)
    there = set(live.filter(recording__in=recordings).values_list("recording_id", flat=True))
    return [one for one in recordings if one.pk not in there]


def begin(
    new: Sequence[Recording], viewer: Officer, *, reference: str, at: datetime, **span: Any
) -> None:
    """A row each; one that is over begins again, for there is one row for each check."""
    over = viewer.assignments.filter(reference=reference, recording__in=new)
    known = set(over.values_list("recording_id", flat=True))
    over.update(from_at=at, ended_at=None, **span)
    Assignment.objects.bulk_create(
        Assignment(recording=one, viewer=viewer, reference=reference, from_at=at, **span)
        for one in new
        if one.pk not in known
    )


def check_not_own(recordings: Iterable[Recording], viewer: Officer) -> None:
    """Nobody checks what they made or took part in. Refuses: OwnToCheck."""
    numbers = {one.pk: one.number for one in recordings}
    for key, whose in involved_in(numbers).items():
        if viewer.pk in whose:
            raise OwnToCheck(number=numbers[key], who=viewer.name)


@transaction.atomic
def end(
    subject: str,
    *,
    viewer: Officer | None = None,
    recordings: Sequence[Recording] | None = None,
    by: Officer,
    at: datetime,
) -> int:
    """The check is over: all its looks end, also for who is looking; or of this viewer, at these
    recordings alone. Answers how many ended."""
    log.wait_for_turn()
    live = Assignment.objects.filter(reference=subject.partition(":")[2], ended_at=None)
    if viewer is not None:
        live = live.filter(viewer=viewer)
    if recordings is not None:
        live = live.filter(recording__in=recordings)
    over = list(live.select_related("viewer"))
    if not over:
        return 0
    Assignment.objects.filter(pk__in=[one.pk for one in over]).update(ended_at=at)
    ended: dict[Officer, list[int]] = defaultdict(list)
    for one in over:
        ended[one.viewer].append(one.recording_id)
    for who, keys in ended.items():
        letting_in.refresh(who, keys, at=at)
    log.record(Kind.VIEWING_ASSIGNMENTS_ENDED, subject=subject, by=by, at=at, ended=len(over))
    return len(over)
