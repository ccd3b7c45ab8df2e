"""Taking a device out of use for good (报废), also one that stays lost."""

from datetime import datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import register_errors as errors
from liuhen.devices import states
from liuhen.devices.mending_states import OPEN_CASES, OPEN_TICKETS
from liuhen.devices.models import Device, DeviceState
from liuhen.devices.register import subject_of
from liuhen.devices.states import Step
from liuhen.kernel.refusal import Refusal
from liuhen.people.errors import NotOfThisAgency
from liuhen.people.models import Officer

WHY_NOT: dict[str, type[Refusal]] = {
    DeviceState.OUT: errors.StillOut,
    DeviceState.SCRAPPED: errors.Scrapped,
}


@transaction.atomic
def scrap(device: Device, *, reason: str, by: Officer, at: datetime) -> None:
    """Never undone: a device entered by mistake is entered again, under another number.

    Refuses: NotOfThisAgency, StillOut, Scrapped, RepairOpen, CaseOpen.
    """
    log.wait_for_turn()
    if device.agency_id != by.agency_id:
        raise NotOfThisAgency()
    if device.repair_tickets.filter(state__in=OPEN_TICKETS).exists():
        raise errors.RepairOpen(device_no=device.device_no)
    if device.compensations.filter(state__in=OPEN_CASES).exists():
        raise errors.CaseOpen(device_no=device.device_no)
    if not states.move(device, Step.SCRAP):
        raise WHY_NOT[device.state](device_no=device.device_no)
    log.record(Kind.DEVICE_SCRAPPED, subject=subject_of(device), by=by, at=at, reason=reason)


def may_scrap(device: Device) -> bool:
    """Does its state allow it? What its repair tickets say is asked when it is done."""
    return states.allows(Step.SCRAP, device.state)
