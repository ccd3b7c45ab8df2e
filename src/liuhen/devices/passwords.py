"""A device's own password (设备口令): kept sealed, shown to its keeper, each look in the log."""

from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import keepers
from liuhen.devices import register_errors as errors
from liuhen.devices.models import Device, DeviceState
from liuhen.devices.register import subject_of
from liuhen.kernel.refusal import Refusal
from liuhen.people import permissions, sealing
from liuhen.people.errors import NotOfThisAgency, SecretUnreadable
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission

LONGEST = 64
"""Characters; sealed and in hex they fit their column even where each takes four bytes."""


@sensitive_variables("password")
@transaction.atomic
def keep(device: Device, password: str, *, by: Officer, at: datetime) -> None:
    """Keep it in place of the one before; "" forgets that one. The log says only that.

    Refuses: NotPermitted, NotOfThisAgency, Scrapped.
    """
    log.wait_for_turn()
    permissions.check(by, Permission.MANAGE_DEVICES)
    if device.agency_id != by.agency_id:
        raise NotOfThisAgency()
    sealed = sealing.seal(password.encode(), of=owner(device)) if password else ""
    rows = Device.objects.filter(pk=device.pk).exclude(state=DeviceState.SCRAPPED)
    if not rows.update(sealed_password=sealed):
        raise errors.Scrapped(device_no=device.device_no)
    log.record(
        Kind.DEVICE_PASSWORD_SET,
        subject=subject_of(device),
        by=by,
        at=at,
        is_kept=bool(password),
    )


@sensitive_variables("password")
def show(device: Device, *, by: Officer, at: datetime) -> str:
    """The password, once the look is in the log for good.

    Refuses: NotPermitted, NotOfThisAgency, NotItsKeeper, NoPassword, PasswordUnreadable.
    """
    with transaction.atomic():
        log.wait_for_turn()
        device = Device.objects.select_related("agency").get(pk=device.pk)
        check_may_show(device, by)
        if not device.sealed_password:
            raise errors.NoPassword(device_no=device.device_no)
        log.record(Kind.DEVICE_PASSWORD_SHOWN, subject=subject_of(device), by=by, at=at)
    # Committed: whatever fails from here on, a look too many is in the log, never one too few.
    return unsealed(device)


def unsealed(device: Device) -> str:
    """Refuses: PasswordUnreadable."""
    try:
        return sealing.unseal(device.sealed_password, of=owner(device)).decode()
    except SecretUnreadable:
        raise errors.PasswordUnreadable(device_no=device.device_no) from None


def check_may_show(device: Device, officer: Officer) -> None:
    """Its own keeper; any keeper of the bureau where nobody keeps it.

    Refuses: NotPermitted, NotOfThisAgency, NotItsKeeper.
    """
    permissions.check(officer, Permission.KEEP_PASSWORDS)
    if device.agency_id != officer.agency_id:
        raise NotOfThisAgency()
    keeper = keepers.of(device)
    if keeper is not None and keeper.pk != officer.pk:
        raise errors.NotItsKeeper(device_no=device.device_no)


def may_show(device: Device, officer: Officer) -> bool:
    try:
        check_may_show(device, officer)
    except Refusal:
        return False
    return True


def owner(device: Device) -> str:
    """Whose secret it is: sealed for one device, it opens in no other one's row."""
    return f"device:{device.pk}"
