"""Disposal registers of one's own, of the bureau, of another bureau."""

from collections.abc import Callable
from typing import Any

import factories
from liuhen.people.models import Officer
from liuhen.retention.models import DisposalList

Address = dict[str, Any]


def register(whose: Officer, state: str) -> Address:
    """Drawn by them, whoever they are: whether they may see it is asked."""
    facts = {"reason": "保存期满", "drawn_at": factories.NOON, "drawn_by": whose, "state": state}
    number = f"XH-{state}-{whose.pk:06d}"
    made, _ = DisposalList.objects.get_or_create(
        agency=whose.agency, number=number[:20], defaults=facts
    )
    return {"number": made.number}


OF_DISPOSAL: dict[str, Callable[[Officer], Address]] = {
    "disposal": lambda whose: register(whose, "submitted"),
    "done_disposal": lambda whose: register(whose, "done"),
}
