"""The register of recording devices."""

from datetime import datetime

from django.db import IntegrityError, transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import errors
from liuhen.devices.models import Device, DeviceKind
from liuhen.people.models import Agency, Officer, Unit


def add(
    agency: Agency,
    *,
    device_no: str,
    kind: DeviceKind,
    by: Officer | str,
    at: datetime,
    unit: Unit | None = None,
    maker: str = "",
    model: str = "",
    serial_no: str = "",
) -> Device:
    """Refuses: DeviceNoTaken."""
    try:
        with transaction.atomic():
            device = Device.objects.create(
                agency=agency,
                device_no=device_no,
                kind=kind,
                unit=unit,
                maker=maker,
                model=model,
                serial_no=serial_no,
                registered_at=at,
            )
            log.record(
                Kind.DEVICE_REGISTERED,
                subject=f"device:{device_no}",
                by=by,
                at=at,
                device_device_kind=str(kind),
                maker=maker,
                model=model,
                serial_no=serial_no,
            )
    except IntegrityError:
        raise errors.DeviceNoTaken(device_no=device_no) from None
    return device
