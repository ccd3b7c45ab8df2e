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
from liuhen.recordings.models import SecondStore, Store
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
    stores = list(SecondStore.objects.order_by("begun_at"))
    found = []
    for event in rows.order_by("index"):
        facts = proofs.facts_of(event)
        if facts["quarantine"]:
            folder = folder_of(facts["store"], stores, event.at) / facts["quarantine"]
            found.append(Aside(event.index, event.subject, event.at, str(folder)))
    return found


def folder_of(store: str, stores: list[SecondStore], at: datetime) -> Path:
    """Of the second copy: of the one that was in use then."""
    begun = [one for one in stores if one.begun_at <= at]
    if store == Store.FIRST or not begun:
        return Path(settings.DATA.quarantine)
    return Path(begun[-1].place) / QUARANTINE
