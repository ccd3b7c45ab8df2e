"""What an officer should know on arriving: counts, and the newest of what they may see."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Officer
from liuhen.recordings.models import IntakeBatch, Recording, RecordingState
from liuhen.recordings.queries import UNASSIGNED, batches_of, visible_to

LATEST_RECORDINGS = 8
LATEST_BATCHES = 6


@dataclass(frozen=True)
class Counters:
    total: int
    taken_in_today: int
    waiting: int
    marked: int
    unassigned: int


def counters(officer: Officer, *, at: datetime) -> Counters:
    """Of the recordings this officer sees, in one query; today is China's."""
    today = midnight(in_china(at).date())
    counts = visible_to(officer).aggregate(
        total=Count("pk"),
        taken_in_today=Count("pk", filter=Q(sealed_at__gte=today)),
        waiting=Count("pk", filter=Q(state=RecordingState.SEALED)),
        marked=Count("pk", filter=Q(state=RecordingState.MARKED)),
        unassigned=Count("pk", filter=UNASSIGNED),
    )
    return Counters(**counts)


def latest_recordings(officer: Officer) -> list[Recording]:
    """As they came in, newest first."""
    rows = visible_to(officer).select_related("officer", "unit", "device").defer("examination")
    return list(rows.order_by("-sealed_at", "-pk")[:LATEST_RECORDINGS])


def latest_batches(officer: Officer) -> list[IntakeBatch]:
    return list(batches_of(officer).order_by("-pk")[:LATEST_BATCHES])
