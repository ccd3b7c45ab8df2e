"""What a later reading of the clock, or a use told later, changes of recordings seen before."""

import json
from datetime import datetime
from decimal import Decimal

import pytest
from use_cast import (
    AHEAD,
    HOUR,
    LENGTH,
    MINUTE,
    NINE,
    NOON,
    SECOND,
    clip,
    codes,
    examined,
    header,
    read,
    use,
)

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices.clocks import Reading
from liuhen.devices.models import Checkout, ClockReading, Method
from liuhen.devices.taking_back import Return
from liuhen.recordings import assigning, clock_setting, placing, returning
from liuhen.recordings.models import Finding, ItemState, Recording, RecordingState

pytestmark = pytest.mark.django_db

EVENING = NINE + 10 * HOUR


@pytest.fixture(autouse=True)
def bureau(data):
    return factories.agency()


def again() -> int:
    return placing.again(Checkout.objects.first(), at=EVENING)


def the_recording() -> Recording:
    return Recording.objects.get()


def told() -> list[dict]:
    events = CustodyEvent.objects.filter(kind=Kind.RECORDING_PLACED).order_by("index")
    return [json.loads(bytes(event.entry))["facts"] for event in events]


def test_the_return_makes_it_exact():
    use("li"), read(NINE, AHEAD)
    clip(NINE + 4 * HOUR + AHEAD + 2 * SECOND)
    assert the_recording().recorded_at == NINE + 4 * HOUR + 2 * SECOND
    read(NINE + 8 * HOUR, AHEAD + 4 * SECOND)
    assert again() == 1
    assert the_recording().recorded_at == NINE + 4 * HOUR
    assert the_recording().clock_offset_seconds == Decimal(28982)
    assert told()[-1]["measured_by"] == "between"


def test_the_counter_does_it_with_the_return_itself():
    out, kong = use("li", hours=None), factories.officer("kong")
    read(NINE, AHEAD)
    clip(NINE + 4 * HOUR + AHEAD + 2 * SECOND, sealed_at=NINE + 7 * HOUR)
    device_time = NINE + 8 * HOUR + AHEAD + 4 * SECOND
    back = Reading(Method.CODE, NINE + 8 * HOUR, device_time, Decimal(1))
    returning.take_back(out, Return(reading=back), by=kong, at=NINE + 8 * HOUR)
    assert the_recording().recorded_at == NINE + 4 * HOUR


def test_twice_changes_nothing_more():
    use("li"), read(NINE, AHEAD)
    clip(NOON + AHEAD)
    read(NINE + 8 * HOUR, AHEAD + 4 * SECOND)
    again()
    before = (Recording.objects.values().get(), list(Finding.objects.values()), told())
    assert again() == 0
    assert (Recording.objects.values().get(), list(Finding.objects.values()), told()) == before


def test_where_nothing_new_is_known_nothing_changes():
    use("li"), read(NINE, AHEAD)
    clip(NOON + AHEAD, officer=factories.officer("wang"))
    factories.item(
        factories.batch(officer=factories.officer("wang")),
        recording=the_recording(),
        state=ItemState.SEALED,
    )
    assert (again(), len(told())) == (0, 1)


def test_no_event_no_change(monkeypatch):
    use("li"), read(NINE, AHEAD)
    clip(NOON + AHEAD)
    before = Recording.objects.values().get()
    read(NINE + 8 * HOUR, AHEAD + 4 * SECOND)
    monkeypatch.setattr(log, "record_all", fail)
    with pytest.raises(OSError):
        again()
    assert Recording.objects.values().get() == before


def fail(_acts):
    raise OSError("disk")


def test_a_clock_set_right_in_the_morning_says_how_far_yesterdays_were_off():
    use("li"), clip(NOON + AHEAD)
    morning = NINE + 24 * HOUR
    reading = Reading(Method.TYPED, morning, morning + AHEAD, Decimal("2.5"))
    keeper = factories.officer("kong")
    clock_setting.set_right(factories.device(), reading, by=keeper, at=morning)
    assert (the_recording().recorded_at, the_recording().officer.login) == (NOON, "li")
    assert ClockReading.objects.get().is_reset


def test_no_event_no_clock_set_right(monkeypatch):
    use("li"), clip(NOON + AHEAD)
    before = the_recording().recorded_at
    monkeypatch.setattr(log, "record_all", fail)
    reading = Reading(Method.TYPED, EVENING, EVENING + AHEAD, Decimal("2.5"))
    with pytest.raises(OSError):
        clock_setting.set_right(
            factories.device(), reading, by=factories.officer("kong"), at=EVENING
        )
    assert (the_recording().recorded_at, ClockReading.objects.count()) == (before, 0)


def test_a_clock_read_too_late_brings_the_recording_under_its_use():
    use("li")
    clip(NOON + AHEAD - 2 * HOUR)  # 18:03 by its clock, an hour after the return
    assert (the_recording().officer, codes(the_recording())) == (None, ["not_checked_out"])
    read(NINE + 8 * HOUR, AHEAD - 2 * HOUR)
    assert again() == 1
    assert (the_recording().recorded_at, the_recording().officer.login) == (NOON, "li")
    assert codes(the_recording()) == ["clock_corrected"]
    assert the_recording().state == RecordingState.EXAMINED
    assert (told()[-1]["before"], told()[-1]["officer"]) == (None, "HB-li")


def test_the_users_own_times_are_compared_once_they_are_told():
    out = use("li")
    clip(NINE + 30 * MINUTE)
    Checkout.objects.filter(pk=out.pk).update(arrived_at=NOON, left_at=NOON + HOUR)
    assert again() == 1
    assert (codes(the_recording()), the_recording().state) == (
        ["before_activity"],
        RecordingState.MARKED,
    )


def test_the_files_own_findings_stay():
    use("li"), read(NINE, AHEAD)
    made = clip(NOON + AHEAD)
    Finding.objects.create(recording=made, code="truncated")
    read(NINE + 8 * HOUR, 0 * HOUR)
    again()
    assert "truncated" in codes(made)
    assert the_recording().state == RecordingState.MARKED


def test_a_claim_that_was_implausible_no_longer_is():
    use("li")
    fell_back = datetime(1980, 1, 1, 9, tzinfo=NINE.tzinfo) - NINE
    examined(header(NOON + fell_back), file=NOON + fell_back + LENGTH)
    assert codes(the_recording()) == ["time_implausible", "time_implausible"]
    read(NINE, fell_back)
    again()
    assert (the_recording().recorded_at, codes(the_recording())) == (NOON, ["clock_corrected"])


def test_a_reading_that_was_wrong_gives_the_recording_back_to_whom_the_intake_named():
    use("li", NINE, hours=2)
    read(NINE, HOUR)
    made = clip(NINE + 2 * HOUR, officer=factories.officer("wang"))
    factories.item(
        factories.batch(officer=factories.officer("wang")), recording=made, state=ItemState.SEALED
    )
    assert the_recording().officer.login == "li"
    ClockReading.objects.update(offset_seconds=-3600)
    again()
    assert the_recording().officer.login == "wang"
    assert the_recording().checkout is None


def test_a_persons_word_stays_and_settles_the_disagreement():
    use("li"), read(NINE, AHEAD)
    made = clip(NOON + AHEAD, officer=factories.officer("wang"))
    assert "holder_disagreement" in codes(made)
    assigning.assign(made, factories.officer("wang"), by=factories.officer("zhou"), at=EVENING)
    again()
    assert the_recording().officer.login == "wang"
    assert codes(made) == ["clock_corrected"]


def test_another_devices_recordings_are_left_alone():
    use("li")
    clip(NOON + AHEAD, device=factories.device("ZF-002"))
    read(NINE, AHEAD)
    assert again() == 0


def test_what_is_not_examined_yet_waits_for_that():
    use("li"), read(NINE, AHEAD)
    factories.recording("2026-000002", state=RecordingState.SEALED)
    assert again() == 0


def test_all_of_one_use_are_one_signed_step():
    use("li"), read(NINE, AHEAD)
    for n in range(1, 4):
        clip(NOON + AHEAD + n * MINUTE, number=f"2026-00000{n}")
    read(NINE + 8 * HOUR, AHEAD + 4 * SECOND)
    assert again() == 3
    assert len(told()) == 6
