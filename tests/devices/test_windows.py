"""Setting up window cameras, switching them, and the gaps in what they record."""

import pytest

import factories
from devices.window_cast import (
    ADDRESS,
    HOUR,
    MINUTE,
    PASSWORD,
    SECOND,
    WHOLE,
    fixed_camera,
    gaps_of,
    kinds,
    set_up,
)
from factories import NOON
from liuhen.custody import log
from liuhen.custody.models import CustodyEvent
from liuhen.devices import windows
from liuhen.devices.models import DeviceKind, DeviceState, GapReason, WindowCamera, WindowGap
from liuhen.kernel.refusal import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]
kong = lambda: factories.officer("kong")  # noqa: E731


@pytest.mark.enforces("window", article="weidong-market:3")
def test_a_fixed_camera_is_set_up_with_its_address_sealed():
    camera = set_up()
    assert camera.is_on
    assert windows.address_of(camera) == WHOLE
    assert "192.168" not in camera.sealed_address
    assert windows.shown_address(camera) == ADDRESS


def test_neither_log_nor_row_knows_the_password():
    camera = set_up()
    [event] = CustodyEvent.objects.filter(kind="window.set")
    assert b"192.168.1.64" in bytes(event.entry)
    for secret in (PASSWORD, "p%40ss", "ss:w"):
        assert secret.encode() not in bytes(event.entry)
        assert secret not in camera.sealed_address


def test_saving_the_address_without_its_password_keeps_the_password():
    camera = set_up()
    set_up(password="", segment_seconds=300, at=NOON + HOUR)
    camera.refresh_from_db()
    assert windows.address_of(camera) == WHOLE
    assert (camera.segment_seconds, camera.changed_at) == (300, NOON + HOUR)
    assert camera.set_up_at == NOON


def test_nothing_differs_no_event():
    set_up()
    set_up(at=NOON + HOUR)
    assert kinds() == ["window.set"]


def test_a_lost_key_does_not_stand_in_the_way_of_a_new_address(monkeypatch):
    set_up()
    WindowCamera.objects.update(sealed_address="00" * 40)
    camera = set_up(at=NOON + HOUR)
    assert windows.address_of(camera) == WHOLE


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"address": "", "folder": ""}, "devices.bad_window_address"),
        ({"folder": "/mnt/nvr"}, "devices.bad_window_address"),
        ({"address": "http://192.168.1.64/"}, "devices.bad_window_address"),
    ],
)
def test_one_source_and_an_address_that_can_be_read(facts, code):
    with pytest.raises(Refusal) as no:
        windows.set_up(
            fixed_camera(),
            **{"address": ADDRESS, "segment_seconds": 600} | facts,
            by=kong(),
            at=NOON,
        )
    assert no.value.code == code
    assert kinds() == []


@pytest.mark.parametrize(
    "facts", [{"kind": DeviceKind.BODY_CAMERA}, {"state": DeviceState.SCRAPPED}]
)
def test_only_a_fixed_camera_that_is_there(facts):
    with pytest.raises(Refusal) as no:
        set_up(fixed_camera("X-1", **facts))
    assert no.value.code == "devices.not_a_window_camera"


def test_another_bureaus_camera_is_not_touched():
    theirs = fixed_camera("CK-01", agency=factories.agency("邻县卫健局"))
    with pytest.raises(Refusal) as no:
        set_up(theirs)
    assert no.value.code == "devices.not_this_bureaus_camera"
    camera = set_up()
    with pytest.raises(Refusal):
        windows.switch(camera, on=False, by=factories.stranger(), at=NOON)
    assert WindowCamera.objects.get().is_on


def test_switched_off_is_a_gap_that_only_the_switch_ends():
    camera = set_up()
    windows.switch(camera, on=False, by=kong(), at=NOON + HOUR)
    assert not windows.note_lost(camera, GapReason.STREAM_LOST, since=NOON, at=NOON)
    assert not windows.note_back(camera, since=NOON, at=NOON)
    windows.switch(camera, on=True, by=kong(), at=NOON + 2 * HOUR)
    assert gaps_of(camera) == [("switched_off", 3600, 7200)]
    assert windows.switched_on_at(camera) == NOON + 2 * HOUR
    assert kinds() == ["window.set"] * 3


def test_switching_what_is_so_already_changes_nothing():
    camera = set_up()
    windows.switch(camera, on=True, by=kong(), at=NOON + HOUR)
    assert kinds() == ["window.set"]


@pytest.mark.enforces("window", article="weidong-market:3")
def test_a_loss_is_one_gap_with_an_event_at_each_end():
    camera = set_up()
    assert windows.note_lost(camera, GapReason.STREAM_LOST, since=NOON, at=NOON + SECOND)
    assert not windows.note_lost(camera, GapReason.UNREACHABLE, since=NOON, at=NOON + MINUTE)
    assert windows.note_back(camera, since=NOON + HOUR, at=NOON + HOUR)
    assert not windows.note_back(camera, since=NOON + HOUR, at=NOON + HOUR)
    assert gaps_of(camera) == [("stream_lost", 0, 3600)]
    assert kinds() == ["window.set", "window.lost", "window.back"]


def test_another_reason_ends_the_gap_and_begins_one_beside_it():
    camera = set_up()
    windows.note_lost(camera, GapReason.NOT_RUNNING, since=NOON, at=NOON + HOUR)
    windows.note_lost(camera, GapReason.UNREACHABLE, since=NOON + HOUR, at=NOON + HOUR)
    assert gaps_of(camera) == [("not_running", 0, 3600), ("unreachable", 3600, None)]


def test_a_gap_never_ends_before_it_began():
    camera = set_up()
    windows.note_lost(camera, GapReason.STREAM_LOST, since=NOON + MINUTE, at=NOON + MINUTE)
    windows.note_back(camera, since=NOON, at=NOON + MINUTE)
    assert gaps_of(camera) == [("stream_lost", 60, 60)]


@pytest.mark.parametrize(
    "act",
    [
        lambda camera: windows.switch(camera, on=False, by=kong(), at=NOON),
        lambda camera: windows.note_lost(camera, GapReason.STREAM_LOST, since=NOON, at=NOON),
        lambda camera: set_up(segment_seconds=60),
    ],
)
def test_no_event_no_change(act, monkeypatch):
    camera = set_up()

    def fail(*_args, **_facts):
        raise RuntimeError("no log")

    monkeypatch.setattr(log, "record", fail)
    with pytest.raises(RuntimeError):
        act(camera)
    camera.refresh_from_db()
    assert (camera.is_on, camera.segment_seconds) == (True, 600)
    assert not WindowGap.objects.exists()
