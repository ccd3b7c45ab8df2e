"""Damaged originals that were laid aside when a whole copy took their place: since when, where.

The log tells of each; there is no table of them, and no program takes them away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from liuhen.custody import proofs
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.recordings.models import Store
from liuhen.recordings.second_place import QUARANTINE


@dataclass(frozen=True)
class Aside:
    """`index` of the event that tells of it. `place`: the folder it lies in."""

    index: int
    subject: str
    at: datetime
    place: str


def of(subjects: Iterable[str]) -> list[Aside]:
    """In the order they were laid aside. Two queries."""
    rows = CustodyEvent.objects.filter(subject__in=list(subjects), kind=Kind.DAMAGE_MENDED)
    places = second_places()
    found = []
    for event in rows.order_by("index"):
        facts = proofs.facts_of(event)
        if facts["quarantine"]:
            folder = folder_of(facts["store"], places, event.index) / facts["quarantine"]
            found.append(Aside(event.index, event.subject, event.at, str(folder)))
    return found


def second_places() -> list[tuple[int, str]]:
    """Every place a second copy was begun at, and the event that tells so: the table has but the
    last one, for all bear this installation's mark."""
    return [
        (event.index, proofs.facts_of(event)["place"])
        for event in proofs.events_of_kind(Kind.SECOND_COPY_BEGUN)
    ]


def folder_of(store: str, places: list[tuple[int, str]], index: int) -> Path:
    """Of the second copy: of the one that was in use when `index` was written."""
    if store == Store.FIRST:
        return Path(settings.DATA.quarantine)
    before = [place for begun, place in places if begun < index]
    return Path(before[-1]) / QUARANTINE
