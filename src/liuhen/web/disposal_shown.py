"""What a recording's page says of its appraisal and disposal."""

from typing import Any

from liuhen.people.models import Officer
from liuhen.recordings.models import Recording
from liuhen.retention import disposal_queries as queries


def of(recording: Recording, officer: Officer) -> dict[str, Any]:
    """Two queries; a third where it stands on a register."""
    items = recording.disposal_items.filter(is_live=True).select_related("disposal")
    item = items.first()
    seen = queries.visible_to(officer).filter(pk=item.disposal_id) if item else None
    return {
        "disposal_item": item,
        "list_is_seen": seen is not None and seen.exists(),
        "appraisals": list(queries.history_of(recording.pk)),
    }
