"""Reads: the usage ledger (使用台账), and which devices are still out."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from liuhen.custody import keyset
from liuhen.custody.keyset import Slice
from liuhen.devices.models import Checkout, PreUseCheck
from liuhen.kernel.clock import midnight
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission, permissions_of

PAGE_SIZE = 30
MOST_PRINTED = 1000
"""Rows of one printed ledger or Excel file; a longer time is printed in parts."""

BESIDE = ("device", "officer", "unit", "handed_by", "received_by")


def of_agency(agency: Agency) -> QuerySet[Checkout]:
    return Checkout.objects.filter(agency=agency).select_related(*BESIDE)


def visible_to(officer: Officer) -> QuerySet[Checkout]:
    """All of the bureau's, the unit's, or one's own."""
    granted = permissions_of(officer)
    rows = of_agency(officer.agency)
    if Permission.SEE_DEVICES in granted:
        return rows
    if Permission.SEE_UNIT_DEVICES in granted and officer.unit_id:
        return rows.filter(Q(unit_id=officer.unit_id) | Q(officer_id=officer.pk))
    return rows.filter(officer_id=officer.pk)


def still_out(rows: QuerySet[Checkout]) -> QuerySet[Checkout]:
    """Longest first."""
    return rows.filter(returned_at=None).order_by("handed_at", "pk")


@dataclass(frozen=True)
class Filters:
    """Dates are China's, of the hand-out, both included; None or "" means everything."""

    since: date | None = None
    until: date | None = None
    device_no: str = ""
    officer: int | None = None
    unit: int | None = None
    is_out: bool = False

    def apply(self, rows: QuerySet[Checkout]) -> QuerySet[Checkout]:
        wanted: dict[str, Any] = {
            "handed_at__gte": midnight(self.since) if self.since else None,
            "handed_at__lt": midnight(self.until + timedelta(days=1)) if self.until else None,
            "device__device_no__iexact": self.device_no.strip() or None,
            "officer_id": self.officer,
            "unit_id": self.unit,
        }
        rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
        return rows.filter(returned_at=None) if self.is_out else rows

    def checks(self, rows: QuerySet[PreUseCheck]) -> QuerySet[PreUseCheck]:
        """The same of checks before use, by the day of the check and the device."""
        wanted: dict[str, Any] = {
            "checked_at__gte": midnight(self.since) if self.since else None,
            "checked_at__lt": midnight(self.until + timedelta(days=1)) if self.until else None,
            "device__device_no__iexact": self.device_no.strip() or None,
            "device__unit_id": self.unit,
        }
        return rows.filter(**{name: value for name, value in wanted.items() if value is not None})


def page(rows: QuerySet[Checkout], cursor: str | None) -> Slice[Checkout]:
    """A bad cursor is the first page."""
    return keyset.take(rows, cursor, by="handed_at", size=PAGE_SIZE)
