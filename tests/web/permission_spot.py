"""Spot checks of one's own, of the bureau, of another bureau: announced, and drawn."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.drawing import frames
from liuhen.engines.drawing.choosing import Candidate
from liuhen.engines.drawing.frames import Frame
from liuhen.people.models import Officer
from liuhen.supervision.models import SpotCheck, SpotItem, SpotState

Address = dict[str, Any]


@transaction.atomic
def announced(whose: Officer, begin: str = "CC-2026-") -> SpotCheck:
    """By them, whoever they are: whether they may see it is asked."""
    number = f"{begin}{whose.pk:06d}"
    if found := SpotCheck.objects.filter(number=number).first():
        return found
    film = factories.recording(f"2026-{whose.pk:06d}", officer=whose, agency=whose.agency)
    frame = Frame(number, 100, 0, (), (Candidate("全部", f"recording:{film.number}"),))
    content = frames.to_bytes(frame)
    made = SpotCheck.objects.create(
        agency=whose.agency, number=number, since_date=date(2026, 1, 5),
        until_date=date(2026, 1, 5), percent=100, frame=content, frame_size=1,
        frame_sha256=frames.digest(content), looks_until_date=date(2100, 1, 1),
        questions=[{"code": "recorded", "text": "是否记录", "article": None}],
        announced_at=factories.NOON, announced_by=whose,
    )  # fmt: skip
    subject = f"spot_check:{number}"
    log.record(Kind.SPOT_CHECK_ANNOUNCED, subject=subject, by=whose, at=factories.NOON)
    return made


def item(whose: Officer) -> Address:
    """Drawn, and theirs to check."""
    made = announced(whose, "CC-2027-")
    film = factories.recording(f"2026-{whose.pk:06d}")
    drawn = {"state": SpotState.DRAWN, "root": "ab" * 32, "drawn_at": factories.NOON}
    SpotCheck.objects.filter(pk=made.pk).update(**drawn, drawn_by=whose)
    facts = {"item": f"recording:{film.number}", "recording": film, "checker": whose}
    SpotItem.objects.get_or_create(check_of=made, position=1, defaults=facts)
    return {"number": made.number, "position": 1}


OF_SPOT: dict[str, Callable[[Officer], Address]] = {
    "spot_check": lambda whose: {"number": announced(whose).number},
    "spot_item": item,
}
