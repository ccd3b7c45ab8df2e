"""A device's clock is set right: what it was off until then goes for what it recorded before."""

from datetime import datetime

from django.db import transaction

from liuhen.devices import clocks
from liuhen.devices.clocks import Reading
from liuhen.devices.models import ClockReading, Device
from liuhen.people.models import Officer
from liuhen.recordings import placing


@transaction.atomic
def set_right(device: Device, reading: Reading, *, by: Officer, at: datetime) -> ClockReading:
    """Keep what was measured before the setting, and place the last use's recordings by it.

    Refuses: what `devices.clocks.read` refuses.
    """
    row = clocks.read(device, reading, is_reset=True, by=by, at=at)
    last = device.checkouts.order_by("-handed_at", "-pk").first()
    if last is not None:
        placing.again(last, at=at)
    return row
