"""One recorder for each window camera that is on: started, heard, started again, ended.

What a recorder says becomes facts (recorded since, recorded until, lost because); the facts become
gaps and events by operations that change nothing when they are called twice. So a round that fails
(a locked database) is made up for by the next one.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from liuhen.devices import windows
from liuhen.devices.models import GapReason, WindowCamera
from liuhen.engines.media import spool
from liuhen.engines.media.streams import STORE, Lost, Order, Recorder
from liuhen.recordings import window_folders
from liuhen.recordings.windows import Outlet, recorded_until, spool_of

TOLERANCE = timedelta(seconds=2)
"""Between two segments of a running stream there is one picture's time; more is a gap."""
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(seconds=60)
"""A camera that is away is called again after 1, 2, 4 … 60 seconds."""
SILENCE = timedelta(seconds=30)
"""A recorder that says nothing for longer hangs: it speaks every two seconds, or says why not."""
FINISH_SECONDS = 10.0
"""For all recorders together to finish their segments when the program ends."""
Guard = Callable[[Callable[[], object]], object]


class Starts(Protocol):
    def __call__(self, order: Order) -> Any: ...


@dataclass
class Seat:
    """One camera and its recorder, if one is at work."""

    camera: WindowCamera
    recorded_to: datetime
    outlet: Outlet = field(default_factory=Outlet)
    recorder: Any = None
    is_stopping: bool = False
    is_connected: bool = False
    lost: str | None = None
    heard_at: datetime | None = None
    pause: timedelta = FIRST_PAUSE
    next_start: datetime | None = None
    facts: list[Callable[[], object]] = field(default_factory=list)


class Crew:
    """All recorders of this installation. `start` makes one; `guard` runs what may fail."""

    def __init__(self, start: Starts = Recorder, guard: Guard = lambda action: action()) -> None:
        self.start, self.guard = start, guard
        self.seats: dict[int, Seat] = {}
        self.folders = window_folders.Folders()
        self.began_at: datetime | None = None

    def round(self, *, at: datetime) -> None:
        self.began_at = self.began_at or at
        for camera in windows.cameras():
            if camera.folder:
                self.guard(lambda camera=camera: self.folders.look(camera, at=at))  # type: ignore[misc]
            self.guard(lambda camera=camera: self.tend(camera, at=at))  # type: ignore[misc]

    def tend(self, camera: WindowCamera, *, at: datetime) -> None:
        """See to one camera: hear, note, empty the spool, and have a recorder where one is due."""
        seat = self.seats.get(camera.pk) or self.take_seat(camera, at=at)
        self.hear(seat, at=at)
        while seat.facts:
            seat.facts[0]()
            del seat.facts[0]
        due = windows.is_recorded(camera) and bool(camera.sealed_address)
        changed = seat.camera.changed_at != camera.changed_at
        if seat.recorder and (changed or not due) and not seat.is_stopping:
            seat.recorder.stop()
            seat.is_stopping = True
        if seat.recorder is None:
            if changed:
                self.adopt(seat, camera)
            if due and (seat.next_start is None or at >= seat.next_start):
                self.begin(seat, at=at)
        seat.outlet.empty(camera, at=at)

    def take_seat(self, camera: WindowCamera, *, at: datetime) -> Seat:
        """Nothing is recorded since the last segment's end, or since it was switched on."""
        assert self.began_at is not None
        spool.finish(spool_of(camera))
        owed_since = max(camera.set_up_at, windows.switched_on_at(camera) or camera.set_up_at)
        until = max(owed_since, recorded_until(camera, at=at) or owed_since)
        seat = self.seats[camera.pk] = Seat(camera, until)
        is_due = windows.is_recorded(camera) and camera.sealed_address
        # One that lasts began before: what ended the program did not begin it.
        if is_due and self.began_at - until > TOLERANCE and not windows.open_gap(camera):
            self.lose(seat, GapReason.NOT_RUNNING, since=until, at=at)
            seat.recorded_to = self.began_at
        return seat

    def adopt(self, seat: Seat, camera: WindowCamera) -> None:
        """It was set up anew, or switched: what was owed before is noted."""
        seat.camera, seat.pause, seat.next_start = camera, FIRST_PAUSE, None
        switched_on_at = windows.switched_on_at(camera)
        if switched_on_at and switched_on_at > seat.recorded_to:
            seat.recorded_to = switched_on_at

    def begin(self, seat: Seat, *, at: datetime) -> None:
        """What an earlier one left is whole first: nobody else writes there now."""
        folder = spool_of(seat.camera)
        spool.finish(folder)
        seat.is_stopping, seat.is_connected, seat.lost, seat.heard_at = False, False, None, at
        seat.recorder = self.start(
            Order(
                windows.address_of(seat.camera),
                seat.camera.device.device_no,
                folder,
                seat.camera.segment_seconds,
            )
        )

    def hear(self, seat: Seat, *, at: datetime) -> None:
        if seat.recorder is None:
            return
        has_ended = seat.recorder.has_ended()  # before: what it says last must be heard
        for said in seat.recorder.hear():
            seat.heard_at = at
            if "connected" in said:
                seat.is_connected = True
            elif "recording" in said:
                self.recording(seat, instant(said["recording"], "began_at", at), at=at)
            elif "recorded_to" in said:
                seat.recorded_to = instant(said, "recorded_to", at)
            elif "segment" in said:
                seat.recorded_to = instant(said["segment"], "ended_at", at)
            elif "lost" in said:
                seat.lost = str(said["lost"])  # it may end only after this round
        assert seat.heard_at is not None
        if not has_ended and at - seat.heard_at > SILENCE:
            seat.recorder.kill()
            has_ended, seat.lost = True, seat.lost or Lost.SILENT
        if has_ended:
            self.ended(seat, at=at)

    def recording(self, seat: Seat, began_at: datetime, *, at: datetime) -> None:
        """A segment has begun: the gap that lasts is over, or there was a short one."""
        camera, until = seat.camera, seat.recorded_to
        seat.facts.append(lambda: recorded_again(camera, until, began_at, at=at))
        seat.recorded_to, seat.pause = max(began_at, until), FIRST_PAUSE

    def ended(self, seat: Seat, *, at: datetime) -> None:
        """By our own order: the next one may begin at once. Else: a gap, and a pause."""
        was_asked = seat.is_stopping and seat.lost is None
        folder = spool_of(seat.camera)
        seat.recorder.close()
        seat.recorder, seat.is_stopping = None, False
        if spool.finish(folder):  # it was killed: the last moment is the file's
            written = spool.last_written(folder)
            last = datetime.fromtimestamp(written, UTC) if written else seat.recorded_to
            seat.recorded_to = max(seat.recorded_to, min(last, at))
        if was_asked:
            return
        code = Lost(seat.lost) if seat.lost in set(Lost) else Lost.CRASHED
        reason = GapReason.STREAM_LOST if seat.is_connected else GapReason.UNREACHABLE
        if code in STORE:
            reason = GapReason.STORE_FAILED
        self.lose(seat, reason, since=seat.recorded_to, at=at, detail=str(code))
        seat.next_start = at + seat.pause
        seat.pause = min(seat.pause * 2, LONGEST_PAUSE)

    def lose(
        self, seat: Seat, reason: GapReason, *, since: datetime, at: datetime, detail: str = ""
    ) -> None:
        camera = seat.camera
        seat.facts.append(
            lambda: windows.note_lost(camera, reason, since=since, at=at, detail=detail)
        )

    def end(self) -> None:
        """Have every recorder finish its segment. What they say last the next start reads from
        the files themselves."""
        working = [seat.recorder for seat in self.seats.values() if seat.recorder]
        for recorder in working:
            recorder.stop()
        for recorder in working:
            with contextlib.suppress(OSError):
                recorder.end(FINISH_SECONDS / len(working))
                recorder.close()
        self.seats.clear()


def recorded_again(
    camera: WindowCamera, until: datetime, began_at: datetime, *, at: datetime
) -> None:
    """End the gap that lasts; where none does, but there was one, note it as a whole."""
    if windows.note_back(camera, since=began_at, at=at) or began_at - until <= TOLERANCE:
        return
    if windows.note_lost(camera, GapReason.STREAM_LOST, since=until, at=at):
        windows.note_back(camera, since=began_at, at=at)


def instant(said: Any, key: str, at: datetime) -> datetime:
    """What a child says is not believed beyond now, nor if it is no time at all."""
    try:
        then = datetime.fromisoformat(said[key])
    except (KeyError, TypeError, ValueError):
        return at
    return min(then, at) if then.tzinfo else at
