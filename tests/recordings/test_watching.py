"""The folder stations drop into."""

import os

import pytest

from liuhen.devices import register
from liuhen.devices.models import DeviceKind
from liuhen.people import agencies
from liuhen.recordings import intake, watching
from liuhen.recordings.models import Recording
from liuhen.recordings.watching import Watch
from recordings.conftest import NOON, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(data) -> Watch:
    return Watch(data.watch)


def test_a_file_is_taken_in_once_it_is_at_rest(watch, clock):
    put(watch.folder, "a.mp4", b"first half")
    assert watch.round(at=NOON) == []
    put(watch.folder, "a.mp4", b"first half, second half")
    assert watch.round(at=NOON) == []
    [batch] = watch.round(at=NOON)
    intake.run(batch, clock=clock)
    assert Recording.objects.get().size_bytes == 23
    assert os.listdir(watch.folder) == []


def test_a_folder_named_as_a_device_says_whose_card_it_was(watch, clock):
    device = register.add(
        agencies.first(), device_no="BC-7", kind=DeviceKind.BODY_CAMERA, by="test", at=NOON
    )
    put(watch.folder, "BC-7/a.mp4")
    watch.round(at=NOON)
    [batch] = watch.round(at=NOON)
    assert batch.device == device


def test_nothing_is_asked_for_twice(watch):
    put(watch.folder, "a.mp4")
    watch.round(at=NOON)
    assert len(watch.round(at=NOON)) == 1
    assert watch.round(at=NOON) == []
    assert Watch(watch.folder).round(at=NOON) == []


def test_a_restart_does_not_ask_again_for_what_is_waiting(watch):
    put(watch.folder, "a.mp4")
    watch.round(at=NOON)
    watch.round(at=NOON)
    restarted = Watch(watch.folder)
    restarted.round(at=NOON)
    assert restarted.round(at=NOON) == []


def test_what_is_no_recording_stays_where_it_is(watch):
    put(watch.folder, "readme.txt")
    watch.round(at=NOON)
    assert watch.round(at=NOON) == []
    assert os.listdir(watch.folder) == ["readme.txt"]


def test_a_folder_that_is_not_there_is_no_fault(data):
    assert Watch(data.root / "unplugged").round(at=NOON) == []


def test_a_transfer_that_only_stalls_is_left_alone_until_it_ends(watch, clock):
    with open(put(watch.folder, "a.mp4", b"half"), "ab") as sender:
        for _ in range(4):
            assert watch.round(at=NOON) == []
        sender.write(b", whole")
    watch.round(at=NOON)
    [batch] = watch.round(at=NOON)
    intake.run(batch, clock=clock)
    assert Recording.objects.get().size_bytes == 11


def test_where_writers_cannot_be_told_an_entry_rests_longer(watch, monkeypatch):
    monkeypatch.setattr(watching, "is_being_written", lambda path: None)
    put(watch.folder, "a.mp4")
    looks = [len(watch.round(at=NOON)) for _ in range(watching.LOOKS_UNTOLD + 1)]
    assert looks == [0] * watching.LOOKS_UNTOLD + [1]
