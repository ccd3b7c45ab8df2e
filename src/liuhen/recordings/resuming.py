"""An intake that a crash stopped goes on where it was: what it has sealed is not copied again."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q

from liuhen.recordings import clearing
from liuhen.recordings.models import BatchState, IntakeBatch, IntakeItem, ItemState
from liuhen.recordings.scanning import Found

INTERRUPTED = "interrupted"
"""The problem of a batch whose process ended; a full or failing disk has others."""

MAY_BEGIN = Q(state__in=[BatchState.QUEUED, BatchState.RUNNING]) | Q(
    state=BatchState.STOPPED, problem=INTERRUPTED
)


def still_to_do(
    batch: IntakeBatch, found: list[Found], *, clock: Callable[[], datetime]
) -> list[Found]:
    """Of what lies on the card now, all that this batch has not dealt with. What it had sealed
    and was to clear is cleared; a name not found again keeps its row and its reason."""
    rows = IntakeItem.objects.filter(batch=batch).select_related("batch", "recording")
    dealt_with = {(item.root_index, bytes(item.name)): item for item in rows}
    left = []
    for one in found:
        item = dealt_with.get((one.root_index, one.name))
        if item is None or is_another(item, one):
            left.append(one)
        elif item.state == ItemState.INTERRUPTED:
            item.delete()
            left.append(one)
        elif batch.clear_source and not item.cleared:
            clearing.clear(item, one.path, by=batch.by, at=clock())
    return left


def is_another(item: IntakeItem, found: Found) -> bool:
    """Another file under the same name, written since."""
    return (item.size_bytes, item.mtime_ns) != (found.size_bytes, found.mtime_ns)
