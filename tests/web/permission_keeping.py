"""Holds, complaints and marks for long keeping about one's own, the unit's, another bureau's."""

from collections.abc import Callable
from typing import Any

import factories
from liuhen.cases.models import LongTermMark
from liuhen.people.models import Officer
from liuhen.retention.models import Complaint, Hold

NOON = factories.NOON
Address = dict[str, Any]


def hold(whose: Officer) -> Hold:
    """About them; placed by somebody else of their bureau."""
    facts = {
        "ground": "review", "reason": "…", "scope": "officer", "placed_at": NOON,
        "placed_by": other(whose), "agency": whose.agency, "officer": whose,
    }  # fmt: skip
    return Hold.objects.get_or_create(number=f"BQ-2026-{whose.pk:06d}", defaults=facts)[0]


def complaint(whose: Officer) -> Address:
    """Not about them, nor about a time in which anybody here recorded: who is complained of does
    not find it, who took part may not end what it holds, and both have tests of their own."""
    about = Hold.objects.get_or_create(
        number=f"BQ-2025-{whose.pk:06d}",
        defaults={
            "ground": "complaint",
            "reason": "…",
            "scope": "period",
            "placed_at": NOON,
            "since": NOON.replace(year=2020),
            "until": NOON.replace(year=2021),
            "placed_by": whose,
            "agency": whose.agency,
        },
    )[0]
    facts = {
        "kind": "complaint", "channel": "phone", "text": "…", "received_at": NOON,
        "hold": about, "entered_at": NOON, "entered_by": whose,
    }  # fmt: skip
    number = f"TS-2026-{whose.pk:06d}"
    made, _ = Complaint.objects.get_or_create(agency=whose.agency, number=number, defaults=facts)
    return {"pk": made.pk}


def long_term(whose: Officer) -> Address:
    """On a recording of theirs, by themselves."""
    number = f"2026-{whose.pk:06d}"
    made = factories.recording(number, number.encode(), officer=whose, agency=whose.agency)
    facts = {"reason": "…", "marked_at": NOON, "marked_by": whose, "agency": whose.agency}
    one, _ = LongTermMark.objects.get_or_create(recording=made, trigger="objection", defaults=facts)
    return {"pk": one.pk}


def other(whose: Officer) -> Officer:
    return factories.officer(f"beside{whose.agency_id}", agency=whose.agency, unit=None)


OF_KEEPING: dict[str, Callable[[Officer], Address]] = {
    "hold": lambda whose: {"pk": hold(whose).pk},
    "complaint": complaint,
    "long_term": long_term,
}
