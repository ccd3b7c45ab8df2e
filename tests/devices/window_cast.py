"""One fixed camera at the service window, and what happened to it."""

from datetime import timedelta
from typing import Any

import factories
from factories import NOON
from liuhen.custody.models import CustodyEvent
from liuhen.devices import windows
from liuhen.devices.models import Device, DeviceKind, WindowCamera, WindowGap

ADDRESS = "rtsp://admin@192.168.1.64:554/Streaming/Channels/101"
PASSWORD = "p@ss:w/rd"
WHOLE = "rtsp://admin:p%40ss%3Aw%2Frd@192.168.1.64:554/Streaming/Channels/101"
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def fixed_camera(device_no: str = "CK-01", **more: Any) -> Device:
    facts = {"kind": DeviceKind.FIXED_CAMERA, "registered_at": NOON} | more
    bureau = facts.pop("agency", None) or factories.agency()
    found = Device.objects.get_or_create(agency=bureau, device_no=device_no, defaults=facts)
    return found[0]


def set_up(device: Device | None = None, **more: Any) -> WindowCamera:
    device = device or fixed_camera()
    facts = {"segment_seconds": 600, "by": factories.officer("kong"), "at": NOON} | more
    if not facts.get("folder"):
        facts = {"address": ADDRESS, "password": PASSWORD} | facts
    return windows.set_up(device, **facts)


def gaps_of(camera: WindowCamera) -> list[tuple[str, Any, Any]]:
    """Oldest first: reason, and seconds after noon it began and ended."""
    rows = WindowGap.objects.filter(camera=camera).order_by("began_at", "pk")
    return [(gap.reason, after_noon(gap.began_at), after_noon(gap.ended_at)) for gap in rows]


def after_noon(instant: Any) -> float | None:
    return (instant - NOON).total_seconds() if instant else None


def kinds() -> list[str]:
    return list(CustodyEvent.objects.order_by("index").values_list("kind", flat=True))
