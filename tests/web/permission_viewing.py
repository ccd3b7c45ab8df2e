"""Viewing requests, stand-ins and secrecy marks of one's own, of the unit, of the bureau, of
another bureau."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

import factories
from liuhen.access.models import Request, RequestItem, RequestState, Step
from liuhen.cases.models import Document
from liuhen.people.models import Officer, StandIn
from liuhen.recordings.models import Recording, SecrecyMark

NOON = factories.NOON
Address = dict[str, Any]


def viewing_request(whose: Officer, recording: Recording) -> Address:
    """Theirs, waiting for the bureau's head."""
    until = (timezone.now() + timedelta(days=9)).date()
    facts = {
        "agency": whose.agency, "kind": "view", "state": RequestState.ASKED, "purpose": "复核",
        "wanted_until": until, "asked_by": whose, "asked_at": NOON, "handed_in_at": NOON,
    }  # fmt: skip
    made, new = Request.objects.get_or_create(number=f"2026-DY-{whose.pk:06d}", defaults=facts)
    if new:
        RequestItem.objects.create(request=made, recording=recording)
        Step.objects.create(request=made, round=1, position=1, posts="bureau_head", act="approve")
    return {"number": made.number}


def viewing_paper(whose: Officer, recording: Recording) -> Address:
    """The letter that came with it."""
    where = viewing_request(whose, recording)
    key = f"test/letter{whose.pk}.pdf"
    facts = {
        "request_no": where["number"], "kind": "letter", "title": "函", "original_name": "a.pdf",
        "media_type": "application/pdf", "size_bytes": 3, "sha256": "0" * 64, "sm3": "0" * 64,
        "added_at": NOON, "added_by": whose,
    }  # fmt: skip
    made, _ = Document.objects.get_or_create(agency=whose.agency, vault_key=key, defaults=facts)
    path = settings.DATA.vault / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"pdf")
    return where | {"pk": made.pk}


def stand_in(whose: Officer) -> Address:
    """Somebody acts for them today."""
    instead, day = somebody(whose), timezone.now().date()
    facts = {"from_date": day, "until_date": day + timedelta(days=9), "set_at": NOON}
    made, _ = StandIn.objects.get_or_create(
        agency=whose.agency, officer=instead, for_officer=whose, defaults=facts | {"set_by": whose}
    )
    return {"pk": made.pk}


def secrecy(whose: Officer) -> Address:
    """On what they made, by somebody else; a recording of its own, for a mark hides it."""
    number = f"2026-8{whose.pk:05d}"
    recording = factories.recording(number, officer=whose, agency=whose.agency)
    facts = {"reason": "配方", "marked_at": NOON, "marked_by": somebody(whose)}
    made, _ = SecrecyMark.objects.get_or_create(
        recording=recording, kind="trade", lifted_at=None, defaults=facts
    )
    return {"number": recording.number, "pk": made.pk}


def somebody(of: Officer) -> Officer:
    return factories.officer(f"other{of.agency_id}", agency=of.agency, unit=None)


def of_viewing(
    recording: Callable[[Officer], Recording],
) -> dict[str, Callable[[Officer], Address]]:
    return {
        "viewing_request": lambda whose: viewing_request(whose, recording(whose)),
        "viewing_paper": lambda whose: viewing_paper(whose, recording(whose)),
        "stand_in": stand_in,
        "secrecy": secrecy,
    }
