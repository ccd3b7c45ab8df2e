"""Reads: who asked for which devices, and which could be given."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from liuhen.devices.models import Device, DeviceRequest, DeviceState
from liuhen.devices.supply_errors import NoSuchRequest
from liuhen.people.models import Agency, Officer, Unit
from liuhen.people.permissions import Permission, permissions_of


def units_for(officer: Officer) -> QuerySet[Unit]:
    """Those the officer may ask for: the own unit, and those the officer heads."""
    own = Q(head_id=officer.pk) | Q(pk=officer.unit_id)
    return Unit.objects.filter(own, agency_id=officer.agency_id).order_by("name", "pk")


def requests_of(agency: Agency) -> QuerySet[DeviceRequest]:
    """Newest first, each with how many devices it was given (`given`)."""
    rows = DeviceRequest.objects.filter(agency=agency).annotate(given=Count("devices"))
    return rows.select_related("unit", "asked_by", "decided_by").order_by("-pk")


def visible_to(officer: Officer) -> QuerySet[DeviceRequest]:
    """Those who see the bureau's devices see all of them; anybody else the own unit's."""
    rows = requests_of(officer.agency)
    if Permission.SEE_DEVICES in permissions_of(officer):
        return rows
    return rows.filter(Q(unit__in=units_for(officer)) | Q(asked_by=officer))


def get_visible(pk: int, officer: Officer) -> DeviceRequest:
    """Refuses: NoSuchRequest, alike for what is not there and what is not shown."""
    found = visible_to(officer).filter(pk=pk).first()
    if found is None:
        raise NoSuchRequest()
    return found


@dataclass(frozen=True)
class Filters:
    """What the filter bar asks for; "" and None mean everything."""

    state: str = ""
    kind: str = ""
    unit: int | None = None

    def apply(self, rows: QuerySet[DeviceRequest]) -> QuerySet[DeviceRequest]:
        wanted = {"state": self.state, "kind": self.kind, "unit_id": self.unit}
        return rows.filter(**{name: value for name, value in wanted.items() if value})


def free_for(request: DeviceRequest) -> QuerySet[Device]:
    """Devices of the kind asked for that lie ready and are not the unit's yet.

    Those that no unit has come first; another unit's may be given too, and are named as such.
    """
    rows = Device.objects.filter(
        agency_id=request.agency_id, kind=request.kind, state=DeviceState.READY
    )
    rows = rows.filter(Q(unit=None) | ~Q(unit_id=request.unit_id))
    return rows.order_by(F("unit").asc(nulls_first=True), "device_no")
