"""Fixed cameras at service windows: where they are recorded from, and when they were not."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import window_address
from liuhen.devices import window_errors as errors
from liuhen.devices.models import (
    GONE,
    Device,
    DeviceKind,
    GapReason,
    WindowCamera,
    WindowGap,
)
from liuhen.devices.register import subject_of
from liuhen.people import sealing
from liuhen.people.errors import SecretUnreadable
from liuhen.people.models import Agency, Officer

CAMERAS_FAULT = frozenset({GapReason.UNREACHABLE, GapReason.STREAM_LOST})
"""One and the same interruption: a stream that was lost cannot be reached for a while."""


def cameras() -> QuerySet[WindowCamera]:
    """All that are set up, of every bureau, for the worker; those of devices that are gone, too."""
    return WindowCamera.objects.select_related("device__agency").order_by("pk")


def is_recorded(camera: WindowCamera) -> bool:
    return camera.is_on and camera.device.state not in GONE


def of_agency(agency: Agency) -> QuerySet[WindowCamera]:
    return cameras().filter(device__agency=agency).order_by("device__device_no")


def can_be_set_up(agency: Agency) -> QuerySet[Device]:
    """The bureau's fixed cameras, each with its `window` if it has one."""
    devices = Device.objects.filter(agency=agency, kind=DeviceKind.FIXED_CAMERA)
    return devices.exclude(state__in=GONE).select_related("window", "unit").order_by("device_no")


def address_of(camera: WindowCamera) -> str:
    """With its password: for the recorder, never for a page. Refuses: SecretUnreadable."""
    return sealing.unseal(camera.sealed_address, of=whose(camera.device)).decode()


def whose(device: Device) -> str:
    return f"window:{device.pk}"


@transaction.atomic
def set_up(
    device: Device,
    *,
    address: str = "",
    folder: str = "",
    segment_seconds: int,
    by: Officer,
    at: datetime,
    password: str = "",
) -> WindowCamera:
    """Record the camera from `address` (RTSP) or from `folder`, of which exactly one is given.

    A new one is on at once; one that is there keeps its switch, and its password where the address
    comes without and names the same place. Nothing differs: no event.

    Args:
        segment_seconds: 10 to 3600; how long one file is.
    Refuses: NotThisBureausCamera, NotAWindowCamera, BadAddress, PasswordNeeded.
    """
    log.wait_for_turn()
    device = Device.objects.select_related("window").get(pk=device.pk)
    if device.agency_id != by.agency_id:
        raise errors.NotThisBureausCamera()
    if device.kind != DeviceKind.FIXED_CAMERA or device.state in GONE:
        raise errors.NotAWindowCamera(device_no=device.device_no)
    if bool(address) == bool(folder):
        raise errors.BadAddress()
    camera = getattr(device, "window", None) or WindowCamera(device=device, set_up_at=at)
    before = known_address(camera)
    whole = window_address.read(address, password, kept=before) if address else ""
    is_same = (before, camera.folder, camera.segment_seconds) == (whole, folder, segment_seconds)
    if camera.pk and is_same:
        return camera
    if whole != before:
        camera.sealed_address = sealing.seal(whole.encode(), of=whose(device)) if whole else ""
    camera.folder, camera.segment_seconds, camera.changed_at = folder, segment_seconds, at
    camera.save()
    record_set(camera, whole, by=by, at=at)
    return camera


def known_address(camera: WindowCamera) -> str:
    """'' where there is none, or none can be read any more: it can be set up anew all the same."""
    if not camera.sealed_address:
        return ""
    try:
        return address_of(camera)
    except SecretUnreadable:
        return ""


def shown_address(camera: WindowCamera) -> str:
    """For a page: without its password."""
    address = known_address(camera)
    return window_address.without_password(address) if address else ""


def record_set(camera: WindowCamera, address: str, *, by: Officer, at: datetime) -> None:
    log.record(
        Kind.WINDOW_SET,
        subject=subject_of(camera.device),
        by=by,
        at=at,
        address=window_address.without_password(address) if address else "",
        has_password=bool(address) and window_address.has_password(address),
        folder=camera.folder,
        segment_seconds=camera.segment_seconds,
        is_on=camera.is_on,
    )


@transaction.atomic
def switch(camera: WindowCamera, *, on: bool, by: Officer, at: datetime) -> None:
    """Begin or cease to record. While it is off a gap lasts that says so. Already so: no event.

    Refuses: NotThisBureausCamera, NotAWindowCamera.
    """
    log.wait_for_turn()
    camera = cameras().get(pk=camera.pk)
    if camera.device.agency_id != by.agency_id:
        raise errors.NotThisBureausCamera()
    if on and camera.device.state in GONE:
        raise errors.NotAWindowCamera(device_no=camera.device.device_no)
    moved = WindowCamera.objects.filter(pk=camera.pk, is_on=not on).update(is_on=on, changed_at=at)
    if not moved:
        return
    camera.is_on = on
    end_open_gap(camera, at)
    if not on:
        WindowGap.objects.create(camera=camera, began_at=at, reason=GapReason.SWITCHED_OFF)
    record_set(camera, known_address(camera), by=by, at=at)


@transaction.atomic
def note_lost(
    camera: WindowCamera, reason: GapReason, *, since: datetime, at: datetime, detail: str = ""
) -> bool:
    """Nothing is recorded `since` then: begin a gap, unless one lasts for the same reason.

    One that lasts for another reason ends there. Off: nothing to note. Whether it was noted.
    """
    log.wait_for_turn()
    if not WindowCamera.objects.filter(pk=camera.pk, is_on=True).exists():
        return False
    lasting = open_gap(camera)
    if lasting and is_same(GapReason(lasting.reason), reason):
        return False
    if lasting:
        end_open_gap(camera, since)
        since = max(since, lasting.began_at)
    gap = WindowGap.objects.create(camera=camera, began_at=since, reason=reason, detail=detail)
    record_gap(Kind.WINDOW_LOST, gap, at=at)
    return True


@transaction.atomic
def note_back(camera: WindowCamera, *, since: datetime, at: datetime) -> bool:
    """It is recorded again `since` then: end the gap that lasts, if one does; whether one did.

    What a switch began, only the switch ends.
    """
    log.wait_for_turn()
    lasting = open_gap(camera)
    if lasting is None or lasting.reason == GapReason.SWITCHED_OFF:
        return False
    end_open_gap(camera, since)
    lasting.refresh_from_db()
    record_gap(Kind.WINDOW_BACK, lasting, at=at)
    return True


def open_gap(camera: WindowCamera) -> WindowGap | None:
    return WindowGap.objects.filter(camera=camera, ended_at=None).first()


def switched_on_at(camera: WindowCamera) -> datetime | None:
    """When it was last switched on again; None if it never was off."""
    off = WindowGap.objects.filter(camera=camera, reason=GapReason.SWITCHED_OFF)
    return off.order_by("-began_at").values_list("ended_at", flat=True).first()


def is_same(lasting: GapReason, new: GapReason) -> bool:
    return lasting == new or {lasting, new} <= CAMERAS_FAULT


def end_open_gap(camera: WindowCamera, at: datetime) -> None:
    """Never before it began, though the server's clock was set back meanwhile."""
    for gap in WindowGap.objects.filter(camera=camera, ended_at=None):
        ended_at = max(at, gap.began_at)
        WindowGap.objects.filter(pk=gap.pk, ended_at=None).update(ended_at=ended_at)


def record_gap(kind: Kind, gap: WindowGap, *, at: datetime) -> None:
    log.record(
        kind,
        subject=subject_of(gap.camera.device),
        by=log.SYSTEM,
        at=at,
        bureau=gap.camera.device.agency_id,
        reason=str(gap.reason),
        detail=gap.detail,
        began_at=gap.began_at.isoformat(),
        ended_at=gap.ended_at.isoformat() if gap.ended_at else None,
    )
