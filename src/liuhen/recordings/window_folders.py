"""Window cameras whose own recorder writes files into a folder: watched, and missed."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from liuhen.devices import windows
from liuhen.devices.models import GapReason, WindowCamera
from liuhen.recordings.watching import Watch
from liuhen.recordings.windows import recorded_until

LOOK_EVERY = timedelta(seconds=5)
"""As the watched folder: two equal looks mean a file is at rest."""
LEAST_SILENCE = timedelta(minutes=10)
FILES_MISSED = 3
"""A folder without a new file for as long as three of them are is silent."""


@dataclass
class Place:
    """One camera's folder. `newest`: when a file in it was last written to."""

    changed_at: datetime
    watch: Watch
    newest: datetime
    looked_at: datetime | None = field(default=None)


class Folders:
    """Remembers each folder's last look."""

    def __init__(self) -> None:
        self.places: dict[int, Place] = {}

    def look(self, camera: WindowCamera, *, at: datetime) -> None:
        """Take in what is at rest; note when nothing comes any more, and when it does again."""
        if not windows.is_recorded(camera):
            self.places.pop(camera.pk, None)
            return
        place = self.places.get(camera.pk)
        if place is None or place.changed_at != camera.changed_at:
            place = self.places[camera.pk] = place_of(camera, at=at)
        if place.looked_at and at - place.looked_at < LOOK_EVERY:
            return
        place.looked_at = at
        is_there = place.watch.folder.is_dir()
        place.watch.round(at=at)
        written = [mtime for look in place.watch.last.values() for _, _, mtime in look]
        ends = (datetime.fromtimestamp(mtime / 10**9, UTC) for mtime in written)
        place.newest = max([place.newest, *(end for end in ends if end <= at)])
        self.note(camera, place, is_there, at=at)

    def note(self, camera: WindowCamera, place: Place, is_there: bool, *, at: datetime) -> None:
        silence = max(LEAST_SILENCE, timedelta(seconds=FILES_MISSED * camera.segment_seconds))
        if not is_there:
            self.lose(camera, GapReason.UNREACHABLE, since=place.newest, at=at)
        elif at - place.newest > silence:
            self.lose(camera, GapReason.STREAM_LOST, since=place.newest, at=at)
        elif windows.open_gap(camera):
            windows.note_back(camera, since=place.newest, at=at)

    def lose(
        self, camera: WindowCamera, reason: GapReason, *, since: datetime, at: datetime
    ) -> None:
        if not windows.open_gap(camera):
            windows.note_lost(camera, reason, since=since, at=at)


def place_of(camera: WindowCamera, *, at: datetime) -> Place:
    known = [camera.set_up_at, windows.switched_on_at(camera), recorded_until(camera, at=at)]
    newest = max(one for one in known if one)
    watch = Watch(Path(camera.folder), device=camera.device)
    return Place(camera.changed_at, watch, newest)
