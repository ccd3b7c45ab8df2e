"""Reads: which devices there are, and which of them an officer sees."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.db.models import Case, Q, QuerySet, When

from liuhen.devices import keepers
from liuhen.devices.errors import NoSuchDevice
from liuhen.devices.models import GONE, Checkout, Device, PreUseCheck
from liuhen.devices.register import COLLECTING
from liuhen.devices.register_errors import UnknownDevice
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.spelling import half_width, seen

MOST_SUGGESTED = 300


def with_number(typed: str, agency: Agency) -> Device:
    """As it was scanned or typed. Refuses: NoSuchDevice."""
    rows = Device.objects.filter(agency=agency).select_related("unit", "keeper", "agency")
    found = of_number(typed, rows)
    if found is None:
        raise NoSuchDevice(device_no=number_in(typed)[:50])
    return found


def of_number(typed: str, rows: QuerySet[Device]) -> Device | None:
    """The one of `rows`, whatever the case and the width of its letters."""
    number = number_in(typed)
    exact = rows.filter(device_no=number).first()
    return exact or rows.filter(device_no__iexact=half_width(number)).first()


def number_in(typed: str) -> str:
    """A scanner types the whole address a label's code is: what follows its `no=`."""
    text = seen(typed)
    if text.startswith(("http://", "https://")):
        try:
            text = parse_qs(urlsplit(text).query).get("no", [text])[0]
        except ValueError:
            return text
    return seen(text)


def open_checkout(device: Device) -> Checkout | None:
    """The use that has not ended yet."""
    rows = Checkout.objects.filter(device=device, returned_at=None)
    return rows.select_related("device", "officer", "unit", "handed_by").first()


def suggested_of(agency: Agency) -> QuerySet[Device]:
    """To complete a number being typed; those of a bureau with more are typed whole or scanned."""
    return devices_of(agency)[:MOST_SUGGESTED]


def devices_of(agency: Agency) -> QuerySet[Device]:
    return Device.objects.filter(agency=agency).select_related("unit").order_by("device_no")


def visible_to(officer: Officer) -> QuerySet[Device]:
    """All of the bureau's, the own unit's, or none, by the widest permission held."""
    granted = permissions_of(officer)
    devices = Device.objects.filter(agency_id=officer.agency_id)
    if Permission.SEE_DEVICES in granted:
        return devices
    if Permission.SEE_UNIT_DEVICES in granted and officer.unit_id:
        return devices.filter(unit_id=officer.unit_id)
    return devices.none()


def checks_visible_to(officer: Officer) -> QuerySet[PreUseCheck]:
    """Of the devices the officer may see."""
    rows = PreUseCheck.objects.filter(device__in=visible_to(officer).values("pk"))
    return rows.select_related("device", "checked_by")


def get_visible(pk: int, officer: Officer) -> Device:
    """Refuses: UnknownDevice, alike for what is not there and what is not shown."""
    rows = visible_to(officer).select_related(
        "agency", "unit", "unit__head", "keeper", "first_responsible", "asset"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise UnknownDevice()
    return found


@dataclass(frozen=True)
class DeviceFilters:
    """What the filter bar asks for; None or "" means every device."""

    words: str = ""
    kind: str = ""
    unit: int | None = None
    state: str = ""
    keeper: int | None = None
    explosion_proof: bool = False
    lacks_keeper: bool = False

    def apply(self, devices: QuerySet[Device]) -> QuerySet[Device]:
        wanted: dict[str, Any] = {
            "kind": self.kind,
            "unit_id": self.unit,
            "state": self.state,
            "keeper_id": self.keeper,
            "is_explosion_proof": self.explosion_proof or None,
        }
        devices = devices.filter(**{k: v for k, v in wanted.items() if v not in (None, "")})
        for word in self.words.split():
            devices = devices.filter(
                Q(device_no__icontains=word)
                | Q(maker__icontains=word)
                | Q(model__icontains=word)
                | Q(serial_no__icontains=word)
                | Q(asset__asset_no__icontains=word)
            )
        return keepers.lacking(devices) if self.lacks_keeper else devices


def for_list(devices: QuerySet[Device]) -> QuerySet[Device]:
    """By number, with what a row shows; `is_kept`: its keeper is one still."""
    is_kept = Case(When(keepers.holds_the_post(), then=True), default=False)
    rows = devices.select_related("unit", "keeper", "asset").annotate(is_kept=is_kept)
    return rows.order_by("device_no", "pk")


def collecting(agency: Agency) -> QuerySet[Device]:
    """What the bureau collects and stores recordings with: each has its place."""
    devices = devices_of(agency).filter(kind__in=COLLECTING).exclude(state__in=GONE)
    return devices.select_related("unit", "asset")
