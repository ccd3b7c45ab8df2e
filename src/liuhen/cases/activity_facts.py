"""What is said of an activity: as it is entered, compared and told in the log."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import rfc8785

from liuhen.cases.models import Activity, Case, ListedMatter, Party
from liuhen.devices.models import Device
from liuhen.people.models import Officer, Unit

COLUMNS = (
    "kind", "listed", "stage", "unit", "place", "latitude", "longitude", "party", "party_name",
    "case", "arrived_at", "inspection_ended_at", "left_at", "returned_at", "excuse",
    "is_disputable", "rights", "triggers", "note",
)  # fmt: skip
"""Of the row; officers and devices stand in tables of their own."""


@dataclass(frozen=True)
class ActivityFacts:
    """As `models.Activity` has them. `lead` None: the first of `officers` leads on site."""

    kind: str
    place: str
    officers: tuple[Officer, ...]
    lead: Officer | None = None
    listed: ListedMatter | None = None
    stage: str = ""
    unit: Unit | None = None
    devices: tuple[Device, ...] = ()
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    party: Party | None = None
    party_name: str = ""
    case: Case | None = None
    arrived_at: datetime | None = None
    inspection_ended_at: datetime | None = None
    left_at: datetime | None = None
    returned_at: datetime | None = None
    excuse: str = ""
    is_disputable: bool | None = None
    rights: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    note: str = ""

    @property
    def leader(self) -> Officer | None:
        return self.lead or (self.officers[0] if self.officers else None)

    @property
    def moments(self) -> tuple[datetime | None, ...]:
        """In the order in which they come."""
        return (self.arrived_at, self.inspection_ended_at, self.left_at, self.returned_at)

    def column(self, name: str) -> Any:
        value = getattr(self, name)
        return list(value) if isinstance(value, tuple) else value


def of(activity: Activity) -> ActivityFacts:
    """As it stands. Two queries beside the row's own relations."""
    entries = activity.activity_officers.select_related("officer").order_by("-is_lead", "pk")
    officers = tuple(entry.officer for entry in entries)
    lead = next((entry.officer for entry in entries if entry.is_lead), None)
    columns = {name: getattr(activity, name) for name in COLUMNS}
    columns |= {name: tuple(columns[name]) for name in ("rights", "triggers")}
    devices = tuple(activity.devices.order_by("device_no"))
    return ActivityFacts(officers=officers, lead=lead, devices=devices, **columns)


def said(facts: ActivityFacts) -> dict[str, Any]:
    """For the log: text and numbers alone; what is not known is left out."""
    lead = facts.leader
    told = {
        "kind": str(facts.kind),
        "matter": str(facts.listed) if facts.listed else None,
        "matter_row": facts.listed.pk if facts.listed else None,
        "stage": facts.stage,
        "unit": facts.unit.name if facts.unit else None,
        "place": facts.place,
        "position": position(facts),
        "party": facts.party.pk if facts.party else None,
        "party_name": facts.party_name or (facts.party.name if facts.party else None),
        "case": facts.case.pk if facts.case else None,
        "case_no": facts.case.case_no if facts.case else None,
        "officers": sorted(map(number_of, facts.officers)),
        "lead": number_of(lead) if lead else None,
        "devices": sorted(device.device_no for device in facts.devices),
        "excuse": str(facts.excuse),
        "rights": sorted(facts.rights),
        "triggers": sorted(facts.triggers),
        "disputable": facts.is_disputable,
        "note": facts.note,
        "arrived_at": iso(facts.arrived_at),
        "inspection_ended_at": iso(facts.inspection_ended_at),
        "left_at": iso(facts.left_at),
        "returned_at": iso(facts.returned_at),
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def fingerprint(activity: Activity) -> str:
    """Tells whether the activity was changed since a page with its facts was made."""
    return hashlib.sha256(rfc8785.dumps(said(of(activity)))).hexdigest()


def position(facts: ActivityFacts) -> str | None:
    if facts.latitude is None or facts.longitude is None:
        return None
    return f"{facts.latitude:.6f},{facts.longitude:.6f}"


def iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def number_of(officer: Officer) -> str:
    """As the log calls an officer."""
    return officer.officer_cert_no or officer.login


def searchable(number: str, facts: ActivityFacts) -> str:
    words = [number, facts.place, facts.party_name, facts.stage]
    words += [str(facts.listed) if facts.listed else "", facts.party.name if facts.party else ""]
    words += [facts.case.case_no, facts.case.name] if facts.case else []
    for officer in facts.officers:
        words += [officer.name, officer.officer_cert_no or ""]
    words += [device.device_no for device in facts.devices]
    return " ".join(filter(None, words))
