"""A service window's camera, from a real RTSP server to the vault, through an outage."""

import os
import signal
from dataclasses import replace
from itertools import chain

import av
import pytest

from devices.window_cast import gaps_of, set_up
from liuhen.custody import audit
from liuhen.custody.models import CustodyEvent
from liuhen.devices.models import WindowCamera, WindowGap
from liuhen.engines.media.streams import Recorder
from liuhen.kernel.clock import now
from liuhen.recordings import examination, intake, integrity, vaults
from liuhen.recordings.models import BatchState, IntakeBatch, Recording
from liuhen.recordings.window_crew import Crew
from liuhen.recordings.windows import Outlet, spool_of
from rtsp import Camera, needs_camera, until

pytestmark = [pytest.mark.slow, pytest.mark.django_db, needs_camera]
SECRET = "hen@2026"


@pytest.fixture
def camera():
    camera = Camera("--sign-in", f"liu:{SECRET}")
    yield camera
    camera.kill()


class Office:
    """What the worker does, round by round, with segments of a second instead of ten minutes."""

    def __init__(self) -> None:
        self.crew = Crew(start=lambda order: Recorder(replace(order, segment_seconds=1.0)))

    def work(self) -> "Office":
        self.crew.round(at=now())
        for batch in IntakeBatch.objects.filter(state=BatchState.QUEUED):
            intake.run(batch, clock=now)
        return self

    def sealed(self) -> int:
        self.work()
        return Recording.objects.count()

    def gap(self, **wanted) -> WindowGap | None:
        self.work()
        return WindowGap.objects.filter(**wanted).first()

    def close(self, window: WindowCamera) -> None:
        """End the recorders, and take in what they finished last."""
        self.crew.end()
        Outlet().empty(window, at=now())
        for batch in IntakeBatch.objects.filter(state=BatchState.QUEUED):
            intake.run(batch, clock=now)

    def recorder(self) -> Recorder:
        [seat] = self.crew.seats.values()
        return seat.recorder


@pytest.fixture
def office(data):
    office = Office()
    yield office
    office.crew.end()


@pytest.fixture
def window(data, camera):
    address, password = camera.address("liu"), SECRET
    return set_up(address=address, password=password, at=now())


@pytest.mark.enforces("window", article="weidong-market:3")
def test_recorded_lost_and_back_with_everything_sealed(office, camera, window, caplog):
    until(lambda: office.sealed() >= 3)
    camera.kill()
    until(lambda: office.gap(ended_at=None, reason="stream_lost"))
    before = office.sealed()
    camera.start()
    until(lambda: office.gap(ended_at__isnull=False))
    until(lambda: office.sealed() >= before + 2)
    office.close(window)

    [(reason, began, ended)] = gaps_of(window)
    assert (reason, ended > began) == ("stream_lost", True)
    assert WindowGap.objects.get().detail == "ended"
    assert list(spool_of(window).iterdir()) == []
    assert [d.as_dict() for d in chain(audit.audit(), integrity.audit())] == []
    assert all_play()
    assert_nothing_tells(SECRET, caplog)


def all_play() -> bool:
    for recording in Recording.objects.all():
        examination.examine(recording, at=now())
        recording.refresh_from_db()
        with vaults.current().open(recording.vault_key) as file, av.open(file) as film:
            assert sum(1 for _ in film.decode(film.streams.video[0])) > 0
        assert recording.examination["browser_playable"]
        assert abs((recording.sealed_at - recording.recorded_at).total_seconds()) < 60
    return True


def assert_nothing_tells(secret: str, caplog) -> None:
    for event in CustodyEvent.objects.all():
        assert secret.encode() not in bytes(event.entry)
        assert b"hen%40" not in bytes(event.entry)
    assert "hen@" not in caplog.text
    assert "hen%40" not in caplog.text


def test_a_recorder_killed_midway_costs_no_more_than_a_moment(office, window):
    until(lambda: office.sealed() >= 1)
    os.killpg(office.recorder().pid, signal.SIGKILL)
    until(lambda: office.gap(ended_at__isnull=False))
    office.close(window)
    gap = WindowGap.objects.get()
    assert gap.detail == "crashed"
    assert (gap.ended_at - gap.began_at).total_seconds() < 10
    assert list(spool_of(window).iterdir()) == []
    assert all_play()
