"""Recorders started, heard and started again; what they say becomes gaps and recordings."""

import itertools

import pytest

import factories
from devices.window_cast import PASSWORD, WHOLE, fixed_camera, gaps_of, kinds, set_up
from liuhen.devices import windows
from liuhen.devices.models import Device, DeviceState, WindowGap
from liuhen.recordings import intake, overview
from liuhen.recordings.models import IntakeBatch, Recording
from liuhen.recordings.queries import Filters, visible_to
from liuhen.recordings.window_crew import LONGEST_PAUSE, SILENCE, Crew
from liuhen.recordings.windows import RETRY, spool_of
from recordings.camera_crew import Company, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


@pytest.fixture
def company() -> Company:
    return Company()


@pytest.fixture
def crew(company) -> Crew:
    return Crew(start=company)


@pytest.fixture
def camera():
    return set_up()


@pytest.fixture
def recording(crew, company, camera):
    """Two seconds in, the stream runs."""
    crew.round(at=at(0))
    company.newest.connect(at(1))
    crew.round(at=at(1))
    return company.newest


def switch(camera, on, seconds):
    windows.switch(camera, on=on, by=factories.officer("kong"), at=at(seconds))


def test_a_camera_that_is_on_gets_a_recorder_with_its_whole_address(crew, company, camera):
    crew.round(at=at(0))
    crew.round(at=at(1))
    [recorder] = company.started
    assert (recorder.order.address, recorder.order.device_no) == (WHOLE, "CK-01")
    assert PASSWORD not in repr(recorder.order)
    assert "64" not in repr(recorder.order)


def test_one_that_is_off_or_scrapped_gets_none(crew, company, camera):
    switch(camera, False, 0)
    set_up(fixed_camera("CK-02"))
    Device.objects.filter(device_no="CK-02").update(state=DeviceState.SCRAPPED)
    crew.round(at=at(0))
    assert company.started == []


@pytest.mark.enforces("window", article="weidong-market:3")
def test_a_lost_stream_is_a_gap_until_it_is_back(crew, company, camera, recording):
    recording.write(at(1), at(60))
    recording.lose("ended")
    crew.round(at=at(61))
    assert gaps_of(camera) == [("stream_lost", 60, None)]
    crew.round(at=at(62))
    company.newest.connect(at(65))
    crew.round(at=at(65))
    assert gaps_of(camera) == [("stream_lost", 60, 65)]
    assert WindowGap.objects.get().detail == "ended"
    assert [kind for kind in kinds() if "window" in kind] == [
        "window.set", "window.lost", "window.back",
    ]  # fmt: skip


def test_a_recorder_may_say_why_a_round_before_it_ends(crew, camera, recording):
    recording.said.append({"lost": "silent"})
    crew.round(at=at(5))
    recording.is_over = True
    crew.round(at=at(6))
    assert WindowGap.objects.get().detail == "silent"


def test_a_camera_that_never_answers_is_a_gap_from_the_switch(crew, company, camera):
    for second in range(30):
        crew.round(at=at(second))
        company.newest.lose("sign_in")
    assert gaps_of(camera) == [("unreachable", 0, None)]
    assert WindowGap.objects.get().detail == "sign_in"


def test_it_is_called_again_after_ever_longer_pauses(crew, company, camera):
    calls = []
    for second in range(320):
        before = len(company.started)
        crew.round(at=at(second))
        if len(company.started) > before:
            calls.append(second)
            company.newest.lose("unreachable")
    pauses = [later - call for call, later in itertools.pairwise(calls)]
    # A round to hear of it, then the pause.
    assert pauses == [2, 3, 5, 9, 17, 33, 61, 61, 61, 61]
    assert max(pauses) == LONGEST_PAUSE.total_seconds() + 1


def test_once_it_records_again_the_pause_is_short_again(crew, company, camera):
    for second in range(0, 100):
        crew.round(at=at(second))
        company.newest.lose("unreachable")
    crew.round(at=at(200))
    company.newest.connect(at(200))
    company.newest.lose("ended")
    crew.round(at=at(201))
    crew.round(at=at(202))
    assert company.newest.is_over is False


def test_a_short_hole_between_two_segments_is_marked_as_well(crew, camera, recording):
    recording.write(at(1), at(60))
    recording.said.append({"recording": {"began_at": at(64).isoformat()}})
    crew.round(at=at(64))
    assert gaps_of(camera) == [("stream_lost", 60, 64)]


def test_segments_that_follow_each_other_leave_none(crew, camera, recording):
    recording.write(at(1), at(60))
    recording.said.append({"recording": {"began_at": at(60.04).isoformat()}})
    crew.round(at=at(61))
    assert gaps_of(camera) == []


def test_a_recorder_that_hangs_is_killed(crew, company, camera, recording):
    crew.round(at=at(2) + SILENCE)
    assert recording.was_killed
    assert gaps_of(camera) == [("stream_lost", 1, None)]


def test_a_killed_recorders_part_is_kept_and_says_until_when(crew, camera, recording):
    recording.leave_part(at(1), at(42))
    crew.round(at=at(43))
    assert gaps_of(camera) == [("stream_lost", 42, None)]
    assert [path.suffix for path in spool_of(camera).iterdir()] == [".mp4"]
    assert IntakeBatch.objects.count() == 1


def test_a_full_disk_is_told_from_a_lost_camera(crew, camera, recording):
    recording.write(at(1), at(60))
    recording.lose("store_full")
    crew.round(at=at(61))
    assert gaps_of(camera) == [("store_failed", 60, None)]


def test_switched_off_it_is_ended_in_order(crew, company, camera, recording):
    switch(camera, False, 10)
    crew.round(at=at(10))
    assert recording.was_stopped
    crew.round(at=at(11))
    crew.round(at=at(12))
    assert len(company.started) == 1
    assert gaps_of(camera) == [("switched_off", 10, None)]


def test_switched_on_again_it_is_owed_from_then_on(crew, company, camera, recording):
    switch(camera, False, 10)
    crew.round(at=at(10))
    crew.round(at=at(11))
    switch(camera, True, 100)
    crew.round(at=at(100))
    company.newest.lose("unreachable")
    crew.round(at=at(105))
    assert gaps_of(camera) == [("switched_off", 10, 100), ("unreachable", 100, None)]


def test_a_changed_address_is_recorded_from_at_once(crew, company, camera, recording):
    set_up(address="rtsp://10.0.0.9/live", password="", at=at(10))
    crew.round(at=at(10))
    assert recording.was_stopped
    crew.round(at=at(11))
    assert company.newest.order.address == "rtsp://10.0.0.9/live"
    assert gaps_of(camera) == []


def test_while_the_program_did_not_run_nothing_was_recorded(crew, company, camera, recording):
    recording.write(at(1), at(60))
    crew.round(at=at(60))
    crew.end()
    assert recording.was_stopped
    later = Crew(start=company)
    later.round(at=at(3600))
    assert gaps_of(camera) == [("not_running", 60, None)]
    company.newest.connect(at(3603))
    later.round(at=at(3604))
    assert gaps_of(camera) == [("not_running", 60, 3603)]


def test_what_a_killed_worker_left_half_written_is_kept_and_tells_until_when(
    company, camera, recording
):
    recording.leave_part(at(1), at(300))
    Crew(start=company).round(at=at(3600))
    assert gaps_of(camera) == [("not_running", 300, None)]
    assert IntakeBatch.objects.count() == 1
    assert [path.suffix for path in spool_of(camera).iterdir()] == [".mp4"]


def test_and_if_the_camera_is_gone_then_that_is_another_gap(crew, company, camera, recording):
    recording.write(at(1), at(60))
    crew.round(at=at(60))
    later = Crew(start=company)
    later.round(at=at(3600))
    company.newest.lose("unreachable")
    later.round(at=at(3601))
    assert gaps_of(camera) == [("not_running", 60, 3600), ("unreachable", 3600, None)]


def test_the_end_is_known_from_the_vault_when_the_spool_is_empty(
    crew, company, camera, recording, clock
):
    recording.write(at(1), at(60))
    crew.round(at=at(60))
    intake.run(IntakeBatch.objects.get(), clock=lambda: at(61))
    assert list(spool_of(camera).iterdir()) == []
    Crew(start=company).round(at=at(3600))
    assert gaps_of(camera) == [("not_running", 60, None)]


def test_a_gap_that_lasts_stays_what_it_is_over_a_restart(crew, company, camera, recording):
    recording.lose("ended")
    crew.round(at=at(5))
    Crew(start=company).round(at=at(3600))
    assert gaps_of(camera) == [("stream_lost", 1, None)]


@pytest.mark.enforces("window", article="weidong-market:3")
def test_segments_come_into_the_vault_by_an_intake_and_leave_the_spool(crew, camera, recording):
    recording.write(at(1), at(60))
    crew.round(at=at(60))
    crew.round(at=at(61))
    [batch] = IntakeBatch.objects.all()
    assert (batch.by, batch.device, batch.clear_source) == ("system", camera.device, True)
    intake.run(batch, clock=lambda: at(62))
    sealed = Recording.objects.get()
    assert (sealed.device, sealed.name_device_no) == (camera.device, "CK-01")
    assert (sealed.recorded_at, sealed.recorded_at_origin) == (at(1), "name")
    assert sealed.file_mtime_ns == int(at(60).timestamp()) * 10**9
    assert list(spool_of(camera).iterdir()) == []


def test_nobody_is_asked_whose_it_is(crew, camera, recording):
    recording.write(at(1), at(60))
    crew.round(at=at(60))
    intake.run(IntakeBatch.objects.get(), clock=lambda: at(62))
    factories.unassigned("2026-900000")
    zhou = factories.officer("zhou")
    assert overview.counters(zhou, at=at(70)).unassigned == 1
    found = Filters(unassigned=True).apply(visible_to(zhou))
    assert [one.number for one in found] == ["2026-900000"]


def test_a_segment_the_vault_could_not_take_stays_and_is_asked_for_again(crew, camera, recording):
    recording.write(at(1), at(60))
    crew.round(at=at(60))
    IntakeBatch.objects.update(state="stopped", problem="store_full")
    crew.round(at=at(61))
    recording.said.append({"recorded_to": at(600).isoformat()})
    crew.round(at=at(60) + RETRY)
    crew.round(at=at(61) + RETRY)
    assert IntakeBatch.objects.count() == 2
    assert len(list(spool_of(camera).iterdir())) == 1
    assert gaps_of(camera) == []


def test_one_camera_in_trouble_holds_up_no_other(company, camera):
    set_up(fixed_camera("CK-02"))
    failed = []

    def guard(action):
        try:
            action()
        except OSError as wrong:
            failed.append(wrong)

    def start(order):
        if order.device_no == "CK-01":
            raise OSError("no more processes")
        return company(order)

    Crew(start=start, guard=guard).round(at=at(0))
    assert [one.order.device_no for one in company.started] == ["CK-02"]
    assert len(failed) == 1


def test_what_could_not_be_noted_is_noted_in_the_next_round(crew, camera, recording, monkeypatch):
    recording.lose("ended")
    with monkeypatch.context() as locked:
        locked.setattr(windows, "note_lost", broken)
        with pytest.raises(OSError, match="locked"):
            crew.round(at=at(5))
    crew.round(at=at(6))
    assert gaps_of(camera) == [("stream_lost", 1, None)]


def broken(*_args, **_facts):
    raise OSError("locked")


def test_a_recorder_taken_over_is_not_believed_beyond_now(crew, camera, recording):
    recording.said += [
        {"recorded_to": "2999-01-01T00:00:00+00:00"},
        {"segment": {"ended_at": 7}},
        {"recording": "what"},
        {"lost": ["?"]},
    ]
    recording.is_over = True
    crew.round(at=at(9))
    assert gaps_of(camera) == [("stream_lost", 9, None)]
    assert WindowGap.objects.get().detail == "crashed"
