"""A window camera whose recorder writes into a folder: watched, and missed."""

import os

import pytest

import factories
from devices.window_cast import HOUR, MINUTE, fixed_camera, gaps_of
from liuhen.kernel.refusal import Refusal
from liuhen.recordings import intake, windows
from liuhen.recordings.models import IntakeBatch, Recording
from liuhen.recordings.window_crew import Crew
from recordings.camera_crew import Company, at
from recordings.conftest import put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


@pytest.fixture
def nvr(tmp_path, settings):
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]
    folder = tmp_path / "nvr"
    folder.mkdir()
    return folder


def set_up(folder, device_no="CK-01", **more):
    facts = {"segment_seconds": 600, "by": factories.officer("kong"), "at": at(0)} | more
    return windows.set_up(fixed_camera(device_no), folder=str(folder), **facts)


@pytest.fixture
def crew():
    return Crew(start=Company())


def test_files_below_it_are_taken_in_each_once_it_is_at_rest(nvr, crew):
    camera = set_up(nvr)
    put(nvr, "2026-01-05/a.mp4", b"one", at(60))
    with open(put(nvr, "2026-01-05/b.mp4", b"two", at(70)), "ab") as growing:
        for seconds in (80, 85, 90):
            crew.round(at=at(seconds))
        growing.write(b".")
    [batch] = IntakeBatch.objects.all()
    assert (batch.device, batch.clear_source) == (camera.device, True)
    intake.run(batch, clock=lambda: at(91))
    assert Recording.objects.get().device == camera.device
    assert os.listdir(nvr / "2026-01-05") == ["b.mp4"]


def test_it_is_not_looked_at_more_often_than_needed(nvr, crew):
    set_up(nvr)
    put(nvr, "a.mp4", b"one", at(1))
    for second in range(5):
        crew.round(at=at(second))
    assert not IntakeBatch.objects.exists()


def test_without_a_new_file_for_long_it_is_silent_since_the_last_one(nvr, crew):
    camera = set_up(nvr)
    path = put(nvr, "readme.mp4", b"one", at(60))
    crew.round(at=at(70))
    crew.round(at=at(60) + 31 * MINUTE)
    assert gaps_of(camera) == [("stream_lost", 60, None)]
    os.utime(path, (at(0).timestamp() + 7200, at(0).timestamp() + 7200))
    crew.round(at=at(7210))
    assert gaps_of(camera) == [("stream_lost", 60, 7200)]


def test_a_folder_that_went_away_is_a_gap(nvr, crew):
    camera = set_up(nvr)
    nvr.rmdir()
    crew.round(at=at(0) + HOUR)
    assert gaps_of(camera) == [("unreachable", 0, None)]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("not-there", "intake.nothing_there"),
        ("relative", "intake.nothing_there"),
        ("/etc", "intake.place_not_allowed"),
        ("data/vault", "intake.own_folder"),
        ("data/watch", "intake.folder_taken"),
        ("nvr/window-2", "intake.folder_taken"),
        (".", "intake.folder_taken"),
    ],
)
def test_not_every_folder_may_be_emptied(nvr, tmp_path, settings, place, code):
    settings.LIUHEN_WATCH = settings.DATA.watch
    set_up(nvr, "CK-02")
    (nvr / "window-2").mkdir()
    path = place if place == "relative" else tmp_path / place
    with pytest.raises(Refusal) as no:
        set_up(path)
    assert no.value.code == code


def test_its_own_folder_may_be_saved_again(nvr):
    set_up(nvr)
    assert set_up(nvr, segment_seconds=300).segment_seconds == 300
