"""Reads: which devices there are."""

from django.db.models import QuerySet

from liuhen.devices.models import Device
from liuhen.people.models import Agency


def devices_of(agency: Agency) -> QuerySet[Device]:
    return Device.objects.filter(agency=agency).select_related("unit").order_by("device_no")
