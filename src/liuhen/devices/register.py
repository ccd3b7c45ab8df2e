"""The register of recording devices: entering one, putting its facts right."""

from datetime import datetime

from django.db import IntegrityError, transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import errors, facts, register_errors
from liuhen.devices.facts import NOTHING, AssetFacts, DeviceFacts
from liuhen.devices.models import Asset, Device, DeviceKind, DeviceState
from liuhen.people.errors import NotOfThisAgency
from liuhen.people.models import Agency, Officer, Unit
from liuhen.people.roles import ADMINISTRATORS, Role
from liuhen.people.spelling import half_width
from liuhen.people.units import differences

COLLECTING = (DeviceKind.STATION, DeviceKind.STORAGE)
"""What recordings are collected with and lie on: found by its unit and its place alone."""


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
    """A device of which no more than this is known. Refuses: as `enter`."""
    new = DeviceFacts(kind, unit, maker, model, serial_no)
    return enter(agency, device_no, new, by=by, at=at)


@transaction.atomic
def enter(
    agency: Agency, device_no: str, new: DeviceFacts, *, by: Officer | str, at: datetime
) -> Device:
    """Register a device; its number stays its own for good, even when it is scrapped.

    Refuses: NotOfThisAgency, NumberBlank, DeviceNoTaken, KeeperNotFit, ResponsibleNotFit,
    PlaceNeeded.
    """
    log.wait_for_turn()
    number = half_width(device_no)
    if isinstance(by, Officer) and by.agency_id != agency.pk:
        raise NotOfThisAgency()
    check_number(agency, number)
    check(agency, new)
    device = Device(agency=agency, device_no=number, registered_at=at)
    put(device, new)
    try:
        with transaction.atomic():
            device.save()
    except IntegrityError:
        raise errors.DeviceNoTaken(device_no=number) from None
    keep_asset(device, new.asset)
    log.record(
        Kind.DEVICE_REGISTERED, subject=subject_of(device), by=by, at=at, **facts.told_first(new)
    )
    return device


@transaction.atomic
def change(device: Device, to: DeviceFacts, *, by: Officer, at: datetime) -> None:
    """Put a device's facts right; its number stays. Nothing differs: no event.

    Refuses: NotOfThisAgency, Scrapped, KeeperNotFit, ResponsibleNotFit, PlaceNeeded.
    """
    log.wait_for_turn()
    rows = Device.objects.select_related("agency", "unit", "keeper", "first_responsible")
    device = rows.get(pk=device.pk)
    if device.agency_id != by.agency_id:
        raise NotOfThisAgency()
    if device.state == DeviceState.SCRAPPED:
        raise register_errors.Scrapped(device_no=device.device_no)
    was = facts.of(device)
    before, after = facts.said(was), facts.said(to)
    if before == after:
        return
    check(device.agency, to, was=was)
    put(device, to)
    device.save(update_fields=facts.OWN_FIELDS)
    keep_asset(device, to.asset)
    log.record(
        Kind.DEVICE_CHANGED,
        subject=subject_of(device),
        by=by,
        at=at,
        **differences(before, after),
    )


def subject_of(device: Device) -> str:
    return f"device:{device.device_no}"


def check_number(agency: Agency, number: str) -> None:
    """Refuses: NumberBlank, DeviceNoTaken (whatever the case)."""
    if not number:
        raise register_errors.NumberBlank()
    if Device.objects.filter(agency=agency, device_no__iexact=number).exists():
        raise errors.DeviceNoTaken(device_no=number)


def check(agency: Agency, to: DeviceFacts, *, was: DeviceFacts | None = None) -> None:
    """Everybody and every unit named is this bureau's, and fit for it.

    Who was named before stays named: a keeper who has left stands in no other change's way.
    """
    if to.unit and to.unit.agency_id != agency.pk:
        raise NotOfThisAgency()
    if to.keeper and not (was and was.keeper == to.keeper):
        check_keeper(agency, to.keeper)
    if to.first_responsible and not (was and was.first_responsible == to.first_responsible):
        check_responsible(agency, to.first_responsible)
    if to.kind in COLLECTING and not (to.unit and to.asset.place):
        raise register_errors.PlaceNeeded()


def check_keeper(agency: Agency, keeper: Officer) -> None:
    """Refuses: KeeperNotFit."""
    is_ours = keeper.is_active and keeper.agency_id == agency.pk
    if not (is_ours and keeper.role_holdings.filter(role=Role.KEEPER).exists()):
        raise register_errors.KeeperNotFit(name=keeper.name)


def check_responsible(agency: Agency, officer: Officer) -> None:
    """Refuses: ResponsibleNotFit."""
    is_ours = officer.is_active and officer.agency_id == agency.pk
    if not is_ours or officer.role_holdings.filter(role__in=ADMINISTRATORS).exists():
        raise register_errors.ResponsibleNotFit(name=officer.name)


def put(device: Device, to: DeviceFacts) -> None:
    for name in facts.OWN_FIELDS:
        setattr(device, name, getattr(to, name))


def keep_asset(device: Device, to: AssetFacts) -> None:
    """A row only where something is known."""
    values = {name: getattr(to, name) for name in facts.ASSET_FIELDS}
    if to != NOTHING or Asset.objects.filter(device=device).exists():
        Asset.objects.update_or_create(device=device, defaults=values)
