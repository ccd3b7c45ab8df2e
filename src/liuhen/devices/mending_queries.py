"""Reads: tickets, losses and compensation cases, and which of them an officer sees."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from liuhen.devices import repair_errors as errors
from liuhen.devices.mending_states import OPEN_CASES, OPEN_TICKETS
from liuhen.devices.models import CompensationCase, Device, LossReport, RepairTicket
from liuhen.people.models import Officer, Unit
from liuhen.people.permissions import Permission, permissions_of

Row = TypeVar("Row", bound=Model)
PENDING = "pending"
"""Not stored: whatever is not yet ended."""

BESIDE_TICKET = (
    *("device__unit", "device__keeper", "checkout__officer", "reported_by"),
    *("taken_up_by", "finished_by", "closed_by"),
)
BESIDE_LOSS = ("device__unit", "checkout", "officer__unit", "reported_by")
BESIDE_CASE = (
    *("device__unit", "device__asset", "officer__unit", "checkout", "ticket", "loss"),
    *("opened_by", "decided_by"),
)


def open_ticket(device: Device) -> RepairTicket | None:
    return RepairTicket.objects.filter(device_id=device.pk, state__in=OPEN_TICKETS).first()


def units_near(officer: Officer) -> Q:
    """Of a device: that its unit is the officer's, or one the officer heads."""
    units = Q(device__unit__in=Unit.objects.filter(head_id=officer.pk))
    return units | Q(device__unit=officer.unit_id) if officer.unit_id else units


def is_in_reach(device: Device, officer: Officer) -> bool:
    """Whether it is a device of the officer's unit, or of one the officer heads."""
    if device.unit is None:
        return False
    return device.unit_id == officer.unit_id or device.unit.head_id == officer.pk


def within(rows: QuerySet[Row], officer: Officer, own: Q) -> QuerySet[Row]:
    """By the widest permission held; what is one's `own` in any case."""
    granted = permissions_of(officer)
    if Permission.SEE_DEVICES in granted:
        return rows
    if Permission.SEE_UNIT_DEVICES in granted:
        return rows.filter(own | units_near(officer))
    return rows.filter(own) if officer.is_active else rows.none()


def tickets_for(officer: Officer) -> QuerySet[RepairTicket]:
    """Own: whoever reported it, and whoever used the device then."""
    rows = RepairTicket.objects.filter(agency_id=officer.agency_id)
    own = Q(reported_by=officer) | Q(checkout__officer=officer)
    return within(rows, officer, own)


def losses_for(officer: Officer) -> QuerySet[LossReport]:
    """Own: whoever reported it, and whoever had the device."""
    rows = LossReport.objects.filter(device__agency_id=officer.agency_id)
    return within(rows, officer, Q(reported_by=officer) | Q(officer=officer))


def cases_for(officer: Officer) -> QuerySet[CompensationCase]:
    """Own: whom it is about."""
    rows = CompensationCase.objects.filter(agency_id=officer.agency_id)
    return within(rows, officer, Q(officer=officer))


def ticket_for(pk: int, officer: Officer) -> RepairTicket:
    """Refuses: NoSuchTicket, alike for what is not there and what is not shown."""
    found = tickets_for(officer).select_related(*BESIDE_TICKET).filter(pk=pk).first()
    if found is None:
        raise errors.NoSuchTicket()
    return found


def loss_for(pk: int, officer: Officer) -> LossReport:
    """Refuses: NoSuchLoss."""
    found = losses_for(officer).select_related(*BESIDE_LOSS).filter(pk=pk).first()
    if found is None:
        raise errors.NoSuchLoss()
    return found


def case_for(pk: int, officer: Officer) -> CompensationCase:
    """Refuses: NoSuchCase."""
    found = cases_for(officer).select_related(*BESIDE_CASE).filter(pk=pk).first()
    if found is None:
        raise errors.NoSuchCase()
    return found


@dataclass(frozen=True)
class Filters:
    """What a filter bar asks for; "" and None mean everything.

    `state` is a stored one or PENDING; of a loss PENDING, else it is found. `until` is the first
    instant that is too late.
    """

    words: str = ""
    state: str = ""
    unit: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def tickets(self, rows: QuerySet[RepairTicket]) -> QuerySet[RepairTicket]:
        wanted = self.unit_only() & self.between("reported_at")
        if self.words:
            wanted &= self.anywhere("device__device_no", "fault", "repairer")
        wanted &= self.in_state(OPEN_TICKETS)
        return rows.filter(wanted).order_by("-pk")

    def losses(self, rows: QuerySet[LossReport]) -> QuerySet[LossReport]:
        wanted = self.unit_only() & self.between("reported_at")
        if self.words:
            wanted &= self.anywhere("device__device_no", "officer__name", "story")
        if self.state:
            wanted &= Q(found_at__isnull=self.state == PENDING)
        return rows.filter(wanted).order_by("-pk")

    def cases(self, rows: QuerySet[CompensationCase]) -> QuerySet[CompensationCase]:
        wanted = self.unit_only() & self.between("opened_at")
        if self.words:
            wanted &= self.anywhere("device__device_no", "officer__name", "receipt_no")
        wanted &= self.in_state(OPEN_CASES)
        return rows.filter(wanted).order_by("-pk")

    def unit_only(self) -> Q:
        return Q(device__unit=self.unit) if self.unit else Q()

    def anywhere(self, *fields: str) -> Q:
        found = Q()
        for field in fields:
            found |= Q(**{f"{field}__icontains": self.words})
        return found

    def between(self, field: str) -> Q:
        found = Q(**{f"{field}__gte": self.since}) if self.since else Q()
        return found & Q(**{f"{field}__lt": self.until}) if self.until else found

    def in_state(self, pending: tuple[str, ...]) -> Q:
        if not self.state:
            return Q()
        return Q(state__in=pending) if self.state == PENDING else Q(state=self.state)


def cases_between(device: Device | None, officer: Officer | None) -> list[CompensationCase]:
    """What this officer pays, or paid, for this device; the newest first."""
    if device is None or officer is None:
        return []
    rows = CompensationCase.objects.filter(device=device, officer=officer)
    return list(rows.order_by("-pk"))
