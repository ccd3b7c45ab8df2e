"""What lies in quarantine of a recording: since when, where. A damaged original that was laid aside
when a whole copy took its place, and a whole copy that an interrupted intake left behind.

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
from liuhen.recordings.models import Recording, Store
from liuhen.recordings.second_place import QUARANTINE


@dataclass(frozen=True)
class Aside:
    """`index` of the event that tells of it. `place`: the folder it lies in."""

    index: int
    subject: str
    at: datetime
    place: str


def of(subjects: Iterable[str]) -> list[Aside]:
    """In the order they were laid aside. Four queries."""
    subjects = list(subjects)
    rows = CustodyEvent.objects.filter(subject__in=subjects, kind=Kind.DAMAGE_MENDED)
    places = second_places()
    found = []
    for event in rows.order_by("index"):
        facts = proofs.facts_of(event)
        if facts["quarantine"]:
            folder = folder_of(facts["store"], places, event.index) / facts["quarantine"]
            found.append(Aside(event.index, event.subject, event.at, str(folder)))
    return sorted([*found, *left_by_intake(subjects)], key=lambda aside: aside.index)


def left_by_intake(subjects: Iterable[str]) -> list[Aside]:
    """Known by its digest: what is but half of an original is not."""
    numbers = [subject.removeprefix("recording:") for subject in subjects]
    rows = Recording.objects.filter(number__in=numbers).values_list("sha256", "number")
    number_of = dict(rows)
    found = []
    for event in proofs.events_of_kind(Kind.QUARANTINED):
        number = number_of.get(proofs.facts_of(event).get("sha256", ""))
        if number is not None:
            folder = Path(settings.DATA.quarantine) / event.subject.partition(":")[2]
            found.append(Aside(event.index, f"recording:{number}", event.at, str(folder)))
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
