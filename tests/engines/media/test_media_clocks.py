"""What a device's clock said, and when that was."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from liuhen.engines.media.clocks import DRIFT, Correction, How, Reading, correct, in_seconds, span

NINE = datetime(2026, 1, 5, 1, tzinfo=UTC)
"""09:00 in China, when the device is handed out."""
SECOND, MINUTE, HOUR, DAY = (
    timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days")
)
AHEAD = timedelta(hours=8, minutes=3)


def reading(
    after: timedelta, offset: timedelta, uncertainty: timedelta = SECOND, **more
) -> Reading:
    return Reading(NINE + after, offset, uncertainty, **more)


def corrected(device_time: datetime, *readings: Reading, **more) -> Correction:
    found = correct(device_time, readings, **more)
    assert found is not None
    return found


def test_a_clock_nobody_read_is_not_corrected():
    assert correct(NINE, []) is None


def test_eight_hours_and_three_minutes_ahead_all_day():
    out, back = reading(0 * HOUR, AHEAD), reading(8 * HOUR, AHEAD)
    said = datetime(2026, 1, 5, 12, 3, tzinfo=UTC)  # 20:03:00 in China
    found = corrected(said, out, back)
    assert found == Correction(
        at=datetime(2026, 1, 5, 4, tzinfo=UTC),  # 12:00:00 in China
        offset=AHEAD,
        uncertainty=SECOND + timedelta(microseconds=375_000),  # three hours of 3 s a day
        how=How.BETWEEN,
    )


@pytest.mark.parametrize(("hours", "seconds"), [(0, 0), (2, 1), (4, 2), (6, 3), (8, 4)])
def test_four_seconds_more_at_the_return_are_spread_evenly(hours, seconds):
    out, back = reading(0 * HOUR, AHEAD), reading(8 * HOUR, AHEAD + 4 * SECOND)
    true = NINE + hours * HOUR
    found = corrected(true + AHEAD + seconds * SECOND, out, back)
    assert (found.at, found.offset) == (true, AHEAD + seconds * SECOND)


def test_after_the_last_and_before_the_first_reading_it_is_as_there():
    out, back = reading(0 * HOUR, MINUTE), reading(8 * HOUR, 2 * MINUTE)
    later = corrected(NINE + 10 * HOUR, out, back)
    assert (later.offset, later.how) == (2 * MINUTE, How.AFTER)
    earlier = corrected(NINE - DAY, out, back)
    assert (earlier.offset, earlier.how) == (MINUTE, How.BEFORE)


def test_the_larger_uncertainty_counts_and_grows_by_the_day():
    rough, fine = reading(0 * HOUR, 0 * HOUR, 30 * SECOND), reading(8 * HOUR, 0 * HOUR)
    assert corrected(NINE, rough, fine).uncertainty == 30 * SECOND
    assert corrected(NINE + 8 * HOUR + 10 * DAY, rough, fine).uncertainty == SECOND + 10 * DRIFT


def test_a_clock_that_was_set_is_right_from_then_on():
    out = reading(0 * HOUR, AHEAD, is_reset=True)
    found = corrected(NINE + 2 * HOUR, out, not_after=NINE + 9 * HOUR)
    assert (found.at, found.offset, found.how) == (NINE + 2 * HOUR, 0 * HOUR, How.AFTER)


def test_what_it_lost_after_being_set_is_spread_evenly_too():
    out, back = reading(0 * HOUR, AHEAD, is_reset=True), reading(8 * HOUR, 4 * SECOND)
    assert corrected(NINE + 4 * HOUR + 2 * SECOND, out, back).at == NINE + 4 * HOUR


def test_a_time_shown_twice_is_the_last_before_the_intake():
    back = reading(8 * HOUR, AHEAD, is_reset=True)
    twice = (
        NINE + 3 * HOUR + AHEAD
    )  # at noon, and again three hours and three minutes after the reset
    taken_in = corrected(twice, back, not_after=NINE + 9 * HOUR)
    assert (taken_in.at, taken_in.is_ambiguous) == (NINE + 3 * HOUR, True)
    next_day = corrected(twice, back, not_after=NINE + DAY)
    assert (next_day.at, next_day.is_ambiguous) == (twice, True)


def test_a_time_shown_once_is_not_ambiguous():
    back = reading(8 * HOUR, AHEAD, is_reset=True)
    assert not corrected(NINE + AHEAD - HOUR, back).is_ambiguous


def test_taken_in_within_the_uncertainty_is_not_too_late():
    back = reading(8 * HOUR, AHEAD, is_reset=True)
    at = NINE + 12 * HOUR
    assert corrected(at, back, not_after=at - SECOND).at == at


def test_a_time_that_was_skipped_is_the_setting_and_as_unsure_as_it_is_far():
    slow = reading(8 * HOUR, -HOUR, is_reset=True)
    found = corrected(NINE + 7 * HOUR + 10 * MINUTE, slow)
    assert (found.at, found.how) == (NINE + 8 * HOUR, How.SKIPPED)
    assert found.uncertainty == SECOND + 10 * MINUTE


def test_readings_too_far_apart_for_a_drift_are_a_step_and_span_both():
    out, back = reading(0 * HOUR, 0 * HOUR), reading(8 * HOUR, 40 * MINUTE)
    found = corrected(NINE + 4 * HOUR + 20 * MINUTE, out, back)
    assert (found.at, found.how) == (NINE + 4 * HOUR, How.STEPPED)
    assert found.uncertainty >= 20 * MINUTE


def test_a_clock_set_back_in_between_showed_what_either_reading_makes_possible():
    out, back = reading(0 * HOUR, 8 * HOUR), reading(HOUR, 0 * HOUR)
    found = corrected(NINE + 30 * MINUTE, out, back, not_after=NINE + 2 * HOUR)
    assert (found.at, found.how, found.is_ambiguous) == (NINE + 30 * MINUTE, How.STEPPED, True)
    assert found.uncertainty >= 8 * HOUR


def test_an_instant_outside_the_calendar_is_none():
    assert correct(datetime(2, 1, 1, tzinfo=UTC), [reading(0 * HOUR, 800 * 366 * DAY)]) is None


def test_seconds_go_to_the_column_and_back():
    assert span(Decimal("28980.001")) == AHEAD + timedelta(milliseconds=1)
    assert in_seconds(AHEAD) == Decimal("28980.000")
    assert in_seconds(timedelta(microseconds=1), up=True) == Decimal("0.001")
    assert in_seconds(-timedelta(microseconds=1_500)) == Decimal("-0.002")


microseconds = st.integers(-(10**11), 10**11).map(lambda n: timedelta(microseconds=n))
readings = st.lists(
    st.builds(
        Reading,
        st.integers(0, 10**12).map(lambda n: NINE + timedelta(microseconds=n)),
        microseconds,
        st.integers(0, 10**8).map(lambda n: timedelta(microseconds=n)),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)
claims = st.integers(-(10**12), 2 * 10**12).map(lambda n: NINE + timedelta(microseconds=n))


@given(claims, readings)
def test_it_is_always_what_the_device_said_less_its_offset(said, read):
    found = corrected(said, *read)
    assert found.at + found.offset == said
    assert found.uncertainty >= min(one.uncertainty for one in read)


@given(claims, readings, st.randoms(use_true_random=False))
def test_the_order_of_readings_does_not_matter(said, read, random):
    assume(len({one.read_at for one in read}) == len(read))
    mixed = random.sample(read, len(read))
    assert correct(said, read) == correct(said, mixed)


@given(
    st.integers(0, 8 * 3600 * 10**6), st.integers(-(10**7), 10**7), st.integers(-(10**10), 10**10)
)
def test_a_clock_that_drifts_evenly_is_undone_to_the_microsecond(passed, drift, start):
    """True instant → what such a clock shows → the true instant again."""
    first, last = timedelta(microseconds=start), timedelta(microseconds=start + drift)
    read = [reading(0 * HOUR, first), reading(8 * HOUR, last)]
    lag = start + round(drift * passed / (8 * 3600 * 10**6))
    true = NINE + timedelta(microseconds=passed)
    found = corrected(true + timedelta(microseconds=lag), *read)
    assert abs(found.at - true) <= timedelta(microseconds=1)


@given(claims, readings, claims)
def test_nothing_is_later_than_the_intake_where_anything_is_earlier(said, read, taken_in):
    found = corrected(said, *read, not_after=taken_in)
    first = min(corrected(said, *read, not_after=NINE - 100 * DAY).at, found.at)
    assert found.at - found.uncertainty <= taken_in or found.at == first


@given(claims, claims, st.lists(readings, min_size=1, max_size=1))
def test_a_clock_never_set_keeps_the_order_of_what_it_recorded(one, other, read):
    steady = [Reading(r.read_at, r.offset, r.uncertainty) for r in read[0]][:1]
    assert (one < other) == (corrected(one, *steady).at < corrected(other, *steady).at)
