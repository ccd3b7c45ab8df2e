"""When a recording was made and by whom, by the device's clock and its uses."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from use_cast import (
    AHEAD,
    DAY,
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
    in_utc_field,
    read,
    sealed,
    use,
)

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices.models import Device, DeviceKind
from liuhen.engines.media.facts import Examination, Header, TimeClaim
from liuhen.recordings import assigning, examination, placing
from liuhen.recordings.models import (
    ItemState,
    Recording,
    RecordingState,
    TimeOrigin,
)
from liuhen.recordings.models import (
    TimeClaim as Row,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bureau(data):
    return factories.agency()


def told(kind: Kind = Kind.RECORDING_PLACED) -> list[dict]:
    events = CustodyEvent.objects.filter(kind=kind).order_by("index")
    return [json.loads(bytes(event.entry))["facts"] for event in events]


def test_a_clock_eight_hours_and_three_minutes_ahead():
    out = use("li")
    read(NINE, AHEAD), read(NINE + 8 * HOUR, AHEAD)
    made = clip(datetime(2026, 1, 5, 20, 3, tzinfo=NOON.tzinfo))
    assert made.recorded_at == datetime(2026, 1, 5, 4, tzinfo=UTC) == NOON
    assert made.clock_offset_seconds == Decimal("28980.000")
    assert made.clock_uncertainty_seconds == Decimal("1.375")  # 1 s, and 3 s a day for 3 hours
    assert (made.checkout, made.officer, made.unit) == (out, out.officer, out.unit)
    assert (codes(made), made.state) == (["clock_corrected"], RecordingState.EXAMINED)


@pytest.mark.parametrize(("hours", "more"), [(0, 0), (2, 1), (4, 2), (6, 3)])
def test_four_seconds_more_at_the_return_are_spread_over_the_day(hours, more):
    use("li")
    read(NINE, AHEAD), read(NINE + 8 * HOUR, AHEAD + 4 * SECOND)
    made = clip(NINE + hours * HOUR + AHEAD + more * SECOND)
    assert made.recorded_at == NINE + hours * HOUR
    assert made.clock_offset_seconds == Decimal(28980 + more)


def test_what_was_claimed_stays_as_it_was():
    use("li"), read(NINE, AHEAD)
    made = clip(NOON + AHEAD)
    row = Row.objects.get(recording=made, origin=TimeOrigin.HEADER)
    assert (row.instant, row.raw) == (NOON + AHEAD, "2026-01-05T20:03:00")


def test_the_event_tells_what_was_taken_off_and_who_had_it():
    out = use("li")
    read(NINE, AHEAD)
    clip(NOON + AHEAD)
    [placed] = told()
    assert placed == {
        "recorded_at": "2026-01-05T04:00:00+00:00",
        "recorded_at_before": "2026-01-05T04:01:00+00:00",
        "recorded_at_origin": "header",
        "offset_seconds": "28980.000",
        "uncertainty_seconds": "1.375",
        "measured_by": "after",
        "shown_twice": False,
        "checkout": out.pk,
        "findings": ["clock_corrected"],
        "officer": "HB-li",
        "before": None,
    }


def test_no_event_no_change(monkeypatch):
    use("li"), read(NINE, AHEAD)
    made, before = sealed(), Recording.objects.values().get()
    monkeypatch.setattr(log, "record_all", fail)
    with pytest.raises(OSError):
        examination.write_down(made, Examination(kind="video"), at=NOON)
    assert Recording.objects.values().get() == before
    assert not Row.objects.exists()


def fail(_acts):
    raise OSError("disk")


def test_a_device_nobody_knows_is_left_as_it_was():
    use("li"), read(NINE, AHEAD)
    made = clip(NOON, device=None)
    assert (made.recorded_at, made.clock_offset_seconds, made.checkout) == (NOON, None, None)
    assert (codes(made), told()) == ([], [])


def test_a_clock_nobody_read_is_not_corrected_but_its_use_is_found():
    out = use("li")
    made = clip(NOON)
    assert (made.clock_offset_seconds, made.checkout) == (None, out)


def test_the_intakes_own_time_is_ours_and_never_corrected():
    use("li"), read(NINE, AHEAD)
    made = examined(file=datetime(1990, 1, 1, tzinfo=UTC))
    assert (made.recorded_at, made.recorded_at_origin) == (made.sealed_at, TimeOrigin.INTAKE)
    assert (made.clock_offset_seconds, made.checkout) == (None, None)
    assert codes(made) == ["time_implausible"]


def test_without_any_time_it_belongs_to_the_use_whose_return_brought_it_in():
    out = use("li")
    made = sealed(file=datetime(1990, 1, 1, tzinfo=UTC))
    factories.item(factories.batch(checkout=out), recording=made, state=ItemState.SEALED)
    examination.write_down(made, Examination(kind="video"), at=NOON)
    made.refresh_from_db()
    assert (made.checkout, made.officer) == (out, out.officer)


def test_a_clock_known_to_be_years_off_is_believed_once_corrected():
    use("li")
    fell_back = datetime(1980, 1, 1, tzinfo=UTC) - NINE
    read(NINE, fell_back)
    made = clip(NOON + fell_back)
    assert (made.recorded_at, made.recorded_at_origin) == (NOON, TimeOrigin.HEADER)
    assert codes(made) == ["clock_corrected"]


def test_the_satellites_time_is_not_the_devices():
    use("li"), read(NINE, AHEAD)
    text = "2026-01-05T04:00:00"
    gps = TimeClaim("exif:GPS", f"{text}Z", text, 0, "stated")
    made = examined(gps, header(NOON + AHEAD), file=NOON + AHEAD + LENGTH)
    assert (made.recorded_at, made.clock_offset_seconds) == (NOON, None)
    assert codes(made) == []  # the corrected header agrees with the satellites


def test_a_file_copied_by_a_computer_has_the_computers_time():
    use("li"), read(NINE, AHEAD)
    made = clip(NOON + AHEAD, file=NOON + HOUR)
    assert made.recorded_at == NOON
    assert codes(made) == ["clock_corrected", "time_of_copy"]


def test_wall_clock_in_a_field_for_utc_is_shown_by_the_file():
    out = use("li")
    read(NINE, 3 * MINUTE)
    made = examined(in_utc_field(NOON + 3 * MINUTE), file=NOON + 3 * MINUTE + LENGTH)
    assert (made.recorded_at, made.checkout) == (NOON, out)
    assert made.recorded_at_origin == TimeOrigin.FILE
    assert codes(made) == ["clock_corrected", "time_zone_shift"]


def test_wall_clock_in_a_field_for_utc_is_shown_by_who_had_the_device():
    out = use("li")
    read(NINE, 3 * MINUTE)
    made = examined(in_utc_field(NOON + 3 * MINUTE), file=NINE + 9 * HOUR)  # a copy's time
    assert (made.recorded_at, made.checkout) == (NOON, out)
    assert made.clock_offset_seconds == Decimal(180)


def test_many_short_uses_since_hide_none_of_the_day():
    """By the field for UTC it was at nine in the evening, six uses later."""
    for n in range(10):
        use("li" if n == 3 else f"user{n}", NINE + n * HOUR, hours=0.9)
    read(NINE, 0 * HOUR)
    began = NINE + 3 * HOUR + 10 * MINUTE
    made = examined(in_utc_field(began), file=NINE + DAY, sealed_at=NINE + 13 * HOUR)
    assert (made.recorded_at, made.officer) == (began, factories.officer("li"))


def test_true_utc_is_taken_at_its_word_where_that_fits():
    out = use("li")
    made = examined(in_utc_field(NOON - 8 * HOUR))
    assert (made.recorded_at, made.checkout, codes(made)) == (NOON, out, [])


def test_the_use_it_overlaps_most_counts():
    use("li", NINE, hours=3), use("wang", NOON + MINUTE, hours=3)
    made = clip(NOON - 8 * MINUTE)
    assert made.officer.login == "li"
    later = clip(NOON - MINUTE, number="2026-000002")
    assert later.officer.login == "wang"


def test_beside_a_use_by_no_more_than_the_uncertainty_is_under_it():
    out = use("li", NINE, hours=3)
    for hour in (0, 8):
        read(NINE + hour * HOUR, 0 * HOUR, uncertainty="30")
    assert clip(NOON + 20 * SECOND).checkout == out
    assert codes(clip(NOON + MINUTE, number="2026-000002")) == ["not_checked_out"]


def test_one_that_is_still_out_lasts_until_now():
    out = use("li", hours=None)
    assert clip(NOON).checkout == out


def test_nobody_had_it():
    use("li", NINE, hours=2)
    made = clip(NOON)
    assert (made.checkout, made.officer) == (None, None)
    assert (codes(made), made.state) == (["not_checked_out"], RecordingState.MARKED)
    [finding] = made.findings.all()
    assert finding.evidence == {"returned_at": "2026-01-05T03:00:00+00:00"}


def test_before_it_was_ever_handed_out_nobody_need_have_had_it():
    use("li", NOON + HOUR)
    assert codes(clip(NOON)) == []


@pytest.mark.parametrize("kind", [DeviceKind.FIXED_CAMERA, DeviceKind.STATION, DeviceKind.STORAGE])
def test_what_stays_where_it_stands_is_never_missed(kind):
    use("li", NINE, hours=2)
    Device.objects.update(kind=kind)
    assert codes(clip(NOON)) == []


ACTIVITY = {"arrived_at": NINE + HOUR, "left_at": NINE + 2 * HOUR}


@pytest.mark.parametrize(
    ("began", "found"),
    [
        (NINE + 40 * MINUTE, ["before_activity"]),
        (NINE + 50 * MINUTE, []),
        (NINE + 2 * HOUR, []),
        (NINE + 2 * HOUR + 2 * SECOND, ["after_activity"]),
    ],
)
def test_wholly_outside_the_activity_is_told(began, found):
    use("li", **ACTIVITY)
    for hour in (1, 2):
        read(NINE + hour * HOUR, 0 * HOUR)
    assert codes(clip(began)) == found


def test_what_was_recorded_before_says_by_how_much():
    use("li", **ACTIVITY), read(NINE, 0 * HOUR)
    [finding] = clip(NINE + 20 * MINUTE).findings.all()
    assert finding.evidence == {"arrived_at": "2026-01-05T02:00:00+00:00", "seconds": "1800"}


def test_who_had_it_is_believed_before_the_intake_and_both_are_named():
    use("li")
    made = clip(NOON, officer=factories.officer("wang"))
    assert (made.officer.login, codes(made)) == ("li", ["holder_disagreement"])
    [finding] = made.findings.all()
    assert finding.evidence == {"given": "王科长（HB-wang）", "holder": "李执法（HB-li）"}
    assert (told()[0]["before"], told()[0]["officer"]) == ("HB-wang", "HB-li")


def test_where_both_agree_nothing_is_said():
    use("li")
    made = clip(NOON, officer=factories.officer("li"))
    assert (made.officer.login, codes(made)) == ("li", [])
    assert "officer" not in told()[0]


def test_a_persons_word_stays():
    use("li")
    made, wang = sealed(), factories.officer("wang")
    seen_by_worker = Recording.objects.get()
    assigning.assign(made, wang, by=factories.officer("zhou"), at=NOON)
    examination.write_down(seen_by_worker, Examination(kind="video"), at=NOON)
    made.refresh_from_db()
    assert (made.officer, "holder_disagreement" in codes(made)) == (wang, False)


def test_whoever_had_it_is_found_by_name():
    use("li")
    assert "李执法 HB-li" in clip(NOON).search_text


def test_a_clock_that_was_set_back_showed_the_time_twice_and_the_log_says_so():
    use("li")
    read(NINE + 8 * HOUR, 3 * HOUR, is_reset=True)
    made = clip(NINE + 8 * HOUR + MINUTE + 3 * HOUR - 2 * HOUR)  # 18:01, taken in at 18:00
    assert made.recorded_at == NINE + 6 * HOUR + MINUTE
    assert told()[0]["shown_twice"] is True


def test_an_old_recording_is_corrected_by_readings_of_its_day():
    for day in range(60):
        read(NINE + day * DAY, 0 * HOUR)
    read(NINE - 90 * DAY, HOUR), read(NINE - 89 * DAY, HOUR, is_reset=True)
    made = clip(NINE - 89 * DAY - HOUR, sealed_at=NINE + 60 * DAY)
    assert made.recorded_at == NINE - 89 * DAY - 2 * HOUR


@pytest.mark.parametrize(("login", "queries"), [("li", 2), (None, 3)])
def test_placing_costs_two_or_three_small_queries(django_assert_num_queries, login, queries):
    use("li"), read(NINE, AHEAD)
    made = sealed(officer=login and factories.officer(login))
    made, says = Recording.objects.get(pk=made.pk), header(NOON + AHEAD)
    said = examination.all_claims(made, Examination(header=Header(times=(says,))))
    with django_assert_num_queries(queries):
        placed = placing.place(made, said, duration=LENGTH)
    assert placed.checkout is not None
