"""Reviews and corrections of one's own, of the unit, of the bureau, of another bureau."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.conf import settings

import factories
from liuhen.cases.models import Document
from liuhen.people.models import Officer, Unit
from liuhen.supervision.models import Correction, Review, ReviewItem

NOON = factories.NOON
Address = dict[str, Any]


def unit_of(whose: Officer) -> Unit:
    return whose.unit or factories.unit("邻县科", of=whose.agency)


def correction(whose: Officer) -> Address:
    """For them to put right, ordered by somebody else."""
    facts = {
        "source": "review", "unit": unit_of(whose), "officer": whose, "problem": "…",
        "demand": "…", "pack_id": "neiqiu-health", "article": 20,
        "due_at": NOON + timedelta(days=9000), "ordered_at": NOON, "ordered_by": somebody(whose),
    }  # fmt: skip
    number = f"ZG-2026-{whose.pk:06d}"
    Correction.objects.get_or_create(agency=whose.agency, number=number, defaults=facts)
    return {"number": number}


def proof(whose: Officer) -> Address:
    where, key = correction(whose), f"test/proof{whose.pk}.pdf"
    facts = {
        "request_no": where["number"], "kind": "other", "title": "…", "original_name": "a.pdf",
        "media_type": "application/pdf", "size_bytes": 3, "sha256": "1" * 64, "sm3": "1" * 64,
        "added_at": NOON, "added_by": whose,
    }  # fmt: skip
    made, _ = Document.objects.get_or_create(agency=whose.agency, vault_key=key, defaults=facts)
    path = settings.DATA.vault / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"pdf")
    return where | {"pk": made.pk}


def review(whose: Officer) -> Address:
    """Of theirs, the result told; by somebody else."""
    lines = [{"content": "…", "points": 100, "deduct": "", "article": None, "knock_out": False}]
    facts = {
        "title": "评查", "state": "announced", "since_date": NOON.date(), "until_date": NOON.date(),
        "reason": "…", "form_version": 0, "form_title": "评查表", "form_lines": lines, "good": 90,
        "pass_from": 60, "opened_at": NOON, "opened_by": somebody(whose), "announced_at": NOON,
        "object_by_date": date(2100, 1, 1),
    }  # fmt: skip
    number = f"PC-2026-{whose.pk:06d}"
    made, new = Review.objects.get_or_create(agency=whose.agency, number=number, defaults=facts)
    if new:
        held = factories.activity(f"HD-2025-{whose.pk:06d}", officer=whose)
        ReviewItem.objects.create(
            review=made, position=1, activity=held, officer=whose, unit=unit_of(whose), score=95
        )
    return {"number": number}


def somebody(of: Officer) -> Officer:
    return factories.officer(f"orders{of.agency_id}", agency=of.agency, unit=None)


OF_REVIEWS: dict[str, Callable[[Officer], Address]] = {
    "correction": correction,
    "proof": proof,
    "review": review,
    "review_item": lambda whose: review(whose) | {"position": 1},
}
