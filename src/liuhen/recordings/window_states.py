"""Reads: how each of a bureau's window cameras stands, for the page that lists them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Max, Q

from liuhen.devices import window_gaps, windows
from liuhen.devices.models import Device, GapReason, WindowCamera, WindowGap
from liuhen.devices.window_gaps import Coverage
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Agency
from liuhen.recordings.health import worker_is_alive
from liuhen.recordings.models import Recording

CONNECTING = timedelta(seconds=30)
"""So long after it was set up or switched on a camera may still be answering."""
LAST_DAYS = timedelta(days=7)
"""How far back the last recording is looked for: a list of years is not read for this page."""


class State(StrEnum):
    NOT_SET_UP = "not_set_up"
    OFF = "off"
    NO_WORKER = "no_worker"
    LOST = "lost"
    CONNECTING = "connecting"
    RECORDING = "recording"


@dataclass(frozen=True)
class Row:
    """One fixed camera. `since` is when its state began, `gap` the one that lasts, if one does."""

    device: Device
    camera: WindowCamera | None
    state: State
    since: datetime | None = None
    gap: WindowGap | None = None
    last_recorded_at: datetime | None = None
    today: Coverage | None = None


def of_agency(agency: Agency, *, at: datetime) -> list[Row]:
    """In four queries, however many cameras there are."""
    today = midnight(in_china(at).date())
    gaps = list(window_gaps.touching(window_gaps.of_agency(agency), today, at))
    devices = list(windows.can_be_set_up(agency))
    recent = Recording.objects.filter(agency=agency, recorded_at__gte=at - LAST_DAYS)
    recorded = recent.filter(device__in=devices).order_by().values("device")
    last = {row["device"]: row["last"] for row in recorded.annotate(last=Max("recorded_at"))}
    ended = window_gaps.of_agency(agency).order_by().values("camera")
    switched = Max("ended_at", filter=Q(reason=GapReason.SWITCHED_OFF))
    ended = ended.annotate(last=Max("ended_at"), switched_on=switched)
    back = {row["camera"]: (row["last"], row["switched_on"]) for row in ended}
    is_alive = worker_is_alive()
    return [row_of(device, gaps, last, back, is_alive, today, at) for device in devices]


def row_of(
    device: Device,
    gaps: list[WindowGap],
    last: dict[int, datetime],
    back: dict[int, tuple[datetime | None, datetime | None]],
    is_alive: bool,
    day_begun: datetime,
    at: datetime,
) -> Row:
    camera: WindowCamera | None = getattr(device, "window", None)
    if camera is None:
        return Row(device, None, State.NOT_SET_UP)
    own = [gap for gap in gaps if gap.camera_id == camera.pk]
    lasting = next((gap for gap in own if gap.ended_at is None), None)
    recorded_at = last.get(device.pk)
    back_at, switched_on_at = back.get(camera.pk, (None, None))
    since = max(camera.set_up_at, back_at or camera.set_up_at)
    state = State.RECORDING
    if lasting:
        state = State.OFF if lasting.reason == GapReason.SWITCHED_OFF else State.LOST
        since = lasting.began_at
    elif at - since < CONNECTING and since in (camera.set_up_at, switched_on_at):
        state = State.CONNECTING
    if state != State.OFF and not is_alive:
        state = State.NO_WORKER
    today = window_gaps.coverage(camera, own, day_begun, at)
    return Row(device, camera, state, since, lasting, recorded_at, today)
