"""What window cameras record comes into the vault by the one way there is: an intake."""

import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max

from liuhen.devices import window_address, windows
from liuhen.devices.models import Device, WindowCamera
from liuhen.devices.window_errors import NotThisBureausCamera
from liuhen.engines.media import spool, streams
from liuhen.people.models import Agency, Officer
from liuhen.recordings import batches, errors, watching
from liuhen.recordings.models import IntakeBatch, Recording
from liuhen.recordings.names import shown
from liuhen.recordings.own_folders import check_outside

RETRY = timedelta(minutes=10)
"""A segment that could not be taken in (a full vault) is asked for again after this, then after
twice as long each time."""
LONGEST_RETRY = timedelta(hours=12)


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
    """As `devices.windows.set_up`, and what that cannot know: which folders may be read.

    Refuses besides: NothingThere, PlaceNotAllowed, OwnFolder, FolderTaken.
    """
    if folder:
        check_folder(folder, by.agency, device)
    return windows.set_up(
        device,
        address=address,
        folder=folder,
        segment_seconds=segment_seconds,
        by=by,
        at=at,
        password=password,
    )


def try_out(device: Device, *, address: str, password: str = "", by: Officer) -> dict[str, Any]:
    """Call the camera once: what it sends (`streams.probe`), or {"lost": …}. Changes nothing.

    Takes up to 20 seconds. Refuses: NotThisBureausCamera, BadAddress, PasswordNeeded.
    """
    if device.agency_id != by.agency_id:
        raise NotThisBureausCamera()
    camera = WindowCamera.objects.filter(device=device).first()
    kept = windows.known_address(camera) if camera else ""
    whole = window_address.read(address, password, kept=kept)
    with tempfile.TemporaryDirectory(prefix="liuhen-window-") as folder:
        return streams.probe(whole, Path(folder))


def check_folder(folder: str, agency: Agency, device: Device) -> None:
    """A folder is emptied as it is taken in: it must be one a page may name, and nobody else's."""
    path = os.fsencode(folder)
    if not Path(folder).is_dir() or not Path(folder).is_absolute():
        raise errors.NothingThere(path=shown(path))
    batches.check_place(folder, agency)
    check_outside(path)
    others = windows.cameras().exclude(folder="").exclude(device=device)
    taken = [Path(settings.LIUHEN_WATCH), *map(Path, others.values_list("folder", flat=True))]
    real = Path(folder).resolve()
    for other in (one.resolve() for one in taken):
        if real.is_relative_to(other) or other.is_relative_to(real):
            raise errors.FolderTaken(path=shown(path))


def spool_of(camera: WindowCamera) -> Path:
    """Where its recorder writes; made when it is first asked for."""
    folder = Path(settings.DATA.windows) / str(camera.pk)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def recorded_until(camera: WindowCamera, *, at: datetime) -> datetime | None:
    """The end of its last segment, in the spool or in the vault; None before the first one."""
    sealed = Recording.objects.filter(
        device=camera.device, file_mtime_ns__lte=int(at.timestamp() * 10**9)
    ).aggregate(last=Max("file_mtime_ns"))["last"]
    written = spool.last_written(spool_of(camera))
    ends = [sealed / 10**9] if sealed else []
    ends += [written] if written and written <= at.timestamp() else []
    return datetime.fromtimestamp(max(ends), UTC) if ends else None


class Outlet:
    """One camera's segments on their way from the spool into the vault."""

    def __init__(self) -> None:
        self.next_try: dict[Path, tuple[datetime, timedelta]] = {}

    def empty(self, camera: WindowCamera, *, at: datetime) -> list[IntakeBatch]:
        """Ask for what is finished and not asked for. A segment stays in the spool until it has
        been verified in the vault; there the intake removes it."""
        found = spool.finished(spool_of(camera))
        self.next_try = {path: due for path, due in self.next_try.items() if path in set(found)}
        asked = []
        for path in found:
            due, pause = self.next_try.get(path, (at, RETRY))
            if at < due:
                continue
            raw = os.fsencode(path)
            if not watching.is_waiting(raw):
                device = camera.device
                asked.append(watching.ask(raw, device.agency, at=at, device=device))
            self.next_try[path] = (at + pause, min(pause * 2, LONGEST_RETRY))
        return asked
