"""Cases, parties and papers of one's own, of the unit, of the bureau, of another bureau."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction

import factories
from liuhen.access import extraction as extracting
from liuhen.access.models import Extraction
from liuhen.cases.models import (
    Case,
    CaseParty,
    Document,
    Exhibit,
    Party,
    PartyMerge,
    PartyTwin,
)
from liuhen.custody.models import CustodyEvent
from liuhen.people.models import Officer
from liuhen.retention.models import Disc, DiscImage, DiscSet

NOON = factories.NOON
Address = dict[str, Any]


def party(whose: Officer, name: str = "店") -> Party:
    """Known to those who see the case it is in."""
    facts = {"kind": "organisation", "added_at": NOON, "added_by": whose}
    made, _ = Party.objects.get_or_create(
        agency=whose.agency, name=f"{name}{whose.pk}", defaults=facts
    )
    CaseParty.objects.get_or_create(case=case(whose), party=made)
    return made


def case(whose: Officer) -> Case:
    facts = {"name": "案", "opened_date": NOON.date(), "added_at": NOON, "unit": whose.unit}
    made, _ = Case.objects.get_or_create(
        agency=whose.agency, case_no=f"{whose.pk}号", defaults=facts | {"added_by": whose}
    )
    return made


def case_entry(whose: Officer) -> Address:
    entry = CaseParty.objects.get(party=party(whose))
    return {"pk": entry.case_id, "entry": entry.pk}


def document(whose: Officer) -> Address:
    facts = {
        "kind": "other", "title": "t", "original_name": "a.pdf", "media_type": "application/pdf",
        "size_bytes": 3, "sha256": "0" * 64, "sm3": "0" * 64, "added_at": NOON, "added_by": whose,
        "case": case(whose),
    }  # fmt: skip
    key = f"test/paper{whose.pk}.pdf"
    made, _ = Document.objects.get_or_create(agency=whose.agency, vault_key=key, defaults=facts)
    path = settings.DATA.vault / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"pdf")
    return {"pk": made.pk}


def twin(whose: Officer) -> Address:
    one, other = party(whose), party(whose, "厂")
    made, _ = PartyTwin.objects.get_or_create(
        agency=whose.agency, one=one, other=other, defaults={"why": "name", "found_at": NOON}
    )
    return {"pk": made.pk}


def merge(whose: Officer) -> Address:
    facts = {"reason": "…", "proposed_by": whose, "proposed_at": NOON}
    made, _ = PartyMerge.objects.get_or_create(
        kept=party(whose), dropped=party(whose, "厂"), defaults=facts
    )
    return {"pk": made.pk}


def exhibit(whose: Officer) -> Address:
    facts = {"used_at": NOON, "used_by": whose}
    footage = factories.recording(
        f"2027-{whose.pk:06d}", officer=whose, agency=whose.agency, unit=whose.unit
    )
    made, _ = Exhibit.objects.get_or_create(case=case(whose), recording=footage, defaults=facts)
    return {"pk": made.case_id, "exhibit": made.pk}


NOTE = dict.fromkeys(("proves", "place", "method", "original_place", "why_copy", "summary"), "…")


def extraction(whose: Officer) -> Address:
    """Of nothing: what is asked is whose it is."""
    second = factories.officer("witnessing", agency=whose.agency, unit=None)
    facts = {
        "agency": whose.agency, "case": case(whose), "state": "ready", "made_by": whose,
        "note": NOTE | {"copies": 2}, "witness": second, "made_at": NOON,
    }  # fmt: skip
    factories.handles(facts["case"], whose.login)
    number = f"ZJ-2026-{whose.pk:06d}"
    made, _ = Extraction.objects.get_or_create(number=number, defaults=facts)
    if not CustodyEvent.objects.filter(subject=extracting.subject_of(made)).exists():
        with transaction.atomic():
            extracting.record(made, [], by=whose, at=NOON)
    return {"number": number}


def disc(whose: Officer) -> Disc:
    """Of a case of theirs; nothing is on it."""
    facts = {
        "case": case(whose), "title": "t", "purpose": "p", "medium": "dvd", "capacity_bytes": 9,
        "copies": 1, "made_at": NOON, "made_by": whose, "agency": whose.agency,
    }  # fmt: skip
    made, _ = DiscSet.objects.get_or_create(number=f"GP-2026-{whose.pk:06d}", defaults=facts)
    image, _ = DiscImage.objects.get_or_create(disc_set=made, no=1)
    return Disc.objects.get_or_create(image=image, copy=1, defaults={"identity": "i"})[0]


OF_CASES: dict[str, Callable[[Officer], Address]] = {
    "party": lambda whose: {"pk": party(whose).pk},
    "case": lambda whose: {"pk": case(whose).pk},
    "case_entry": case_entry,
    "document": document,
    "twin": twin,
    "merge": merge,
    "exhibit": exhibit,
    "extraction": extraction,
    "disc": lambda whose: {"pk": disc(whose).pk},
    "disc_set": lambda whose: {"pk": disc(whose).image.disc_set_id},
}
