"""The background worker: one at a time, nothing lost when it is killed."""

import os
import signal
import threading
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from liuhen.kernel.clock import now
from liuhen.ops import worker
from liuhen.people.models import OfficerSession, SignInTries
from liuhen.recordings import tasks


def test_only_one_worker_holds_the_lock(tmp_path):
    first = worker.take_lock(tmp_path / "worker.lock")
    assert first is not None
    assert worker.take_lock(tmp_path / "worker.lock") is None
    os.close(first)
    assert worker.take_lock(tmp_path / "worker.lock") is not None


@pytest.mark.django_db
def test_a_task_a_killed_worker_left_running_is_queued_again():
    tasks.examine.enqueue(1)
    DBTaskResult.objects.get().claim("killed")
    worker.requeue_orphans()
    assert DBTaskResult.objects.ready().count() == 1


@pytest.mark.django_db
def test_a_task_that_takes_every_worker_down_is_given_up():
    tasks.examine.enqueue(1)
    for n in range(worker.MOST_TRIES):
        DBTaskResult.objects.update(status="READY")
        DBTaskResult.objects.get().claim(f"killed-{n}")
    worker.requeue_orphans()
    assert DBTaskResult.objects.failed().count() == 1


@pytest.mark.django_db
def test_a_failing_round_is_logged_and_the_next_one_comes(caplog):
    def fail() -> None:
        raise OSError("disk full")

    worker.guarded(fail)
    assert "disk full" in caplog.text


@pytest.mark.django_db
def test_a_stopped_worker_ends_its_rounds(settings, data):
    stop = threading.Event()
    stop.set()
    worker.rounds(stop)


def test_a_signal_stops_it():
    stop = threading.Event()
    worker.stop_on_signals(stop)
    os.kill(os.getpid(), signal.SIGTERM)
    assert stop.is_set()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.django_db
def test_its_rounds_see_to_what_is_owed(settings, data, monkeypatch):
    stop, gone = threading.Event(), []

    def go(_self, *, at) -> None:
        gone.append(at)
        stop.set()

    monkeypatch.setattr("liuhen.duties.rounds.Rounds.go", go)
    worker.rounds(stop)
    assert len(gone) == 1


@pytest.mark.django_db
def test_its_first_round_sweeps_tries_and_sessions_that_are_over(settings, data, monkeypatch):
    stop, long_ago = threading.Event(), now() - timedelta(days=2)
    SignInTries.objects.create(login="li", failures=5, last_at=long_ago)
    OfficerSession.objects.create(session_key="x", expire_date=long_ago)
    monkeypatch.setattr("liuhen.duties.rounds.Rounds.go", lambda _self, *, at: stop.set())
    worker.rounds(stop)
    assert not SignInTries.objects.exists()
    assert not OfficerSession.objects.exists()


@pytest.mark.django_db
def test_window_cameras_are_seen_to_until_it_stops_and_their_recorders_ended(data, monkeypatch):
    stop, done = threading.Event(), []

    def round(_self, *, at) -> None:
        done.append("round")
        stop.set()

    monkeypatch.setattr("liuhen.recordings.window_crew.Crew.round", round)
    monkeypatch.setattr("liuhen.recordings.window_crew.Crew.end", lambda _self: done.append("end"))
    worker.recording_windows(stop)
    assert done == ["round", "end"]
