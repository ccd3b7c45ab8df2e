"""Devices entered by the register's own operations."""

from typing import Any

import factories
from factories import NOON
from liuhen.devices import register
from liuhen.devices.facts import AssetFacts, DeviceFacts
from liuhen.devices.models import Device, DeviceKind

PLACED = AssetFacts(place="资料室")


def facts(kind: DeviceKind = DeviceKind.BODY_CAMERA, **more: Any) -> DeviceFacts:
    return DeviceFacts(kind, **more)


def enter(
    device_no: str = "ZF-7", kind: DeviceKind = DeviceKind.BODY_CAMERA, **more: Any
) -> Device:
    by = factories.officer("kong")
    return register.enter(by.agency, device_no, facts(kind, **more), by=by, at=NOON)


def change(device: Device, kind: DeviceKind = DeviceKind.BODY_CAMERA, **more: Any) -> None:
    register.change(device, facts(kind, **more), by=factories.officer("kong"), at=NOON)
    device.refresh_from_db()
