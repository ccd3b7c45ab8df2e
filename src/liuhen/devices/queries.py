"""Reads: which devices there are."""

from django.db.models import QuerySet

from liuhen.devices.errors import NoSuchDevice
from liuhen.devices.models import Checkout, Device
from liuhen.people.models import Agency
from liuhen.people.spelling import seen

MOST_SUGGESTED = 300


def with_number(typed: str, agency: Agency) -> Device:
    """As it was scanned or typed. Refuses: NoSuchDevice."""
    number = seen(typed)
    rows = Device.objects.filter(agency=agency).select_related("unit", "keeper", "agency")
    found = rows.filter(device_no=number).first() or rows.filter(device_no__iexact=number).first()
    if found is None:
        raise NoSuchDevice(device_no=number[:50])
    return found


def open_checkout(device: Device) -> Checkout | None:
    """The use that has not ended yet."""
    rows = Checkout.objects.filter(device=device, returned_at=None)
    return rows.select_related("device", "officer", "unit", "handed_by").first()


def suggested_of(agency: Agency) -> QuerySet[Device]:
    """To complete a number being typed; those of a bureau with more are typed whole or scanned."""
    return devices_of(agency)[:MOST_SUGGESTED]


def devices_of(agency: Agency) -> QuerySet[Device]:
    return Device.objects.filter(agency=agency).select_related("unit").order_by("device_no")
