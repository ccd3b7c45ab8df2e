"""Breaches of one's own, of the bureau, of another bureau; whom they concern is somebody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from permission_keeping import other

import factories
from liuhen.cases.models import Document
from liuhen.people.models import Officer
from liuhen.supervision.models import Breach, BreachSanction

Address = dict[str, Any]
NOON = factories.NOON


def third(whose: Officer) -> Officer:
    return factories.officer(f"third{whose.agency_id}", agency=whose.agency, unit=None)


def breach(whose: Officer, concerned: Officer, number: str, **more: Any) -> Breach:
    """About to be decided on, with the legal office asked."""
    facts = {
        "agency": whose.agency, "source": "report", "key": number, "text": "…",
        "state": "proposed", "happened_at": NOON, "found_at": NOON, "officer": concerned,
        "told_at": NOON, "heard_at": NOON, "consulted_at": NOON, "finding": "…",
        "proposed_by": third(whose),
    } | more  # fmt: skip
    return Breach.objects.get_or_create(number=number, defaults=facts)[0]


def open_one(whose: Officer) -> Breach:
    return breach(whose, other(whose), f"WG-2026-{whose.pk:06d}")


def decided(whose: Officer, concerned: Officer, prefix: str) -> Breach:
    number = f"{prefix}-2026-{whose.pk:06d}"
    decider = factories.officer(f"fourth{whose.agency_id}", agency=whose.agency, unit=None)
    facts = {
        "state": "decided", "decision_no": f"Z{number}"[:20], "decided_by": decider,
        "decided_at": NOON + timedelta(days=1),
    }  # fmt: skip
    return breach(whose, concerned, number, **facts)


def sanction(whose: Officer) -> Address:
    of = decided(whose, other(whose), "WD")
    facts = {"text": "批评教育", "article": 23}
    made, _ = BreachSanction.objects.get_or_create(breach=of, code="criticism", defaults=facts)
    return {"number": of.number, "pk": made.pk}


def paper(whose: Officer) -> Address:
    of = open_one(whose)
    facts = {
        "kind": "other", "title": of.number, "original_name": "a.pdf", "size_bytes": 1,
        "media_type": "application/pdf", "sha256": "0" * 64, "sm3": "0" * 64, "added_at": NOON,
        "vault_key": f"test/{of.number}.pdf", "added_by": whose, "agency": whose.agency,
    }  # fmt: skip
    made, _ = Document.objects.get_or_create(request_no=of.number, defaults=facts)
    factories.keep(made, b"%PDF-1.4")
    return {"number": of.number, "pk": made.pk}


def own(whose: Officer) -> Breach:
    return breach(whose, whose, f"WO-2026-{whose.pk:06d}")


def step(name: str) -> Callable[[Officer], Address]:
    return lambda whose: {"number": open_one(whose).number, "step": name}


OF_BREACHES: dict[str, Callable[[Officer], Address]] = {
    "breach": lambda whose: {"number": open_one(whose).number},
    "breach_inquiry": step("note"),
    "breach_decision": step("decide"),
    "breach_sanction": sanction,
    "breach_paper": paper,
    "breach_decided": lambda whose: {
        "number": decided(whose, other(whose), "WD").number, "kind": "decision",
    },
    "own_breach": lambda whose: {"number": own(whose).number},
    "own_breach_step": lambda whose: {"number": own(whose).number, "step": "state"},
    "own_breach_decided": lambda whose: {
        "number": decided(whose, whose, "WE").number, "kind": "receipt",
    },
}  # fmt: skip
