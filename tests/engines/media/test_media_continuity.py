"""A window of an hour and what was recorded of it."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.engines.media.continuity import (
    CARD_TIME_STEP,
    FILE_TIME_STEP,
    SEGMENT_GAP,
    TYPED_STEP,
    Segment,
    Stretch,
    Where,
    continuity,
)

NINE = datetime(2026, 1, 5, 1, tzinfo=UTC)
WINDOW = Stretch(NINE, NINE + timedelta(hours=1))
TICK = timedelta(microseconds=1)


def minute(n: float) -> datetime:
    return NINE + timedelta(minutes=n)


def film(first: float, last: float, device: str = "A", **more) -> Segment:
    """From one minute of the window to another."""
    key = more.pop("key", f"{device}{first}")
    return Segment(minute(first), minute(last), key, device, **more)


def stop(gap: timedelta, *, device: str = "A", **more) -> list[Segment]:
    """Two halves with a gap from half past on."""
    after = Segment(minute(30) + gap, minute(60), "second", device, **more)
    return [film(0, 30, key="first", **more), after]


def test_one_film_of_all_of_it_leaves_nothing_out():
    told = continuity([film(-1, 61)], WINDOW)
    assert (told.together.gaps, told.together.share) == ((), 1)
    assert told.throughout == ("A",)


def test_no_film_at_all_is_one_gap():
    [gap] = continuity([], WINDOW).together.gaps
    assert (gap.start, gap.end, gap.where) == (WINDOW.start, WINDOW.end, Where.WHOLE)


@pytest.mark.parametrize(
    ("first", "last", "where"), [(20, 60, Where.LATE_START), (0, 40, Where.EARLY_STOP)]
)
def test_a_late_start_and_an_early_stop_are_told_apart(first, last, where):
    told = continuity([film(first, last)], WINDOW).together
    assert [gap.where for gap in told.gaps] == [where]
    assert told.share == Fraction(40, 60)


def test_between_files_of_one_device_the_standards_gap_and_the_second_of_a_start_are_allowed():
    allowed = SEGMENT_GAP + FILE_TIME_STEP
    assert not continuity(stop(allowed), WINDOW).together.gaps
    [gap] = continuity(stop(allowed + TICK), WINDOW).together.gaps
    assert (gap.where, gap.before, gap.after) == (Where.MIDDLE, ("first",), ("second",))


def test_a_cards_own_dates_come_in_steps_of_two_seconds():
    apart = timedelta(seconds=2)
    assert continuity(stop(apart), WINDOW).together.gaps
    assert not continuity(stop(apart, step=CARD_TIME_STEP), WINDOW).together.gaps


def test_what_a_devices_clock_is_off_by_falls_out_between_its_own_files():
    unsure = timedelta(minutes=2)
    assert continuity(stop(timedelta(seconds=2), uncertainty=unsure), WINDOW).together.gaps


def test_between_two_devices_both_clocks_may_still_be_off():
    first = film(0, 30, uncertainty=timedelta(seconds=3))
    for late, gaps in ((9, 0), (10, 1)):
        second = Segment(
            minute(30) + timedelta(seconds=late), minute(60), "b", "B", timedelta(seconds=5)
        )
        assert len(continuity([first, second], WINDOW).together.gaps) == gaps


def test_coming_and_going_are_known_to_the_minute():
    early = TYPED_STEP + FILE_TIME_STEP
    assert not continuity([Segment(NINE + early, minute(60), "a", "A")], WINDOW).together.gaps
    assert continuity([Segment(NINE + early + TICK, minute(60), "a", "A")], WINDOW).together.gaps


def test_a_hole_in_a_file_is_measured_by_its_own_timestamps():
    hole = Stretch(minute(10), minute(10) + SEGMENT_GAP + TICK)
    [gap] = continuity([film(0, 60, holes=(hole,))], WINDOW).together.gaps
    assert (gap.start, gap.end, gap.before) == (hole.start, hole.end, gap.after)


def test_another_device_fills_the_gap():
    told = continuity([film(0, 20), film(30, 60), film(15, 35, "B")], WINDOW)
    assert not told.together.gaps
    assert [len(lane.gaps) for lane in told.lanes] == [1, 2]
    assert told.throughout == ()


def test_how_long_two_recorded_at_once():
    told = continuity([film(0, 60), film(10, 30, "B"), film(20, 50, "C")], WINDOW)
    assert [told.at_least(n) // timedelta(minutes=1) for n in (1, 2, 3, 4)] == [60, 40, 10, 0]


def test_a_device_that_overlaps_itself_is_found():
    [found] = continuity([film(0, 30), film(29, 60)], WINDOW).overlaps
    assert (found.start, found.end) == (minute(29), minute(30))
    assert not continuity([film(0, 30), film(29, 60, "B")], WINDOW).overlaps


def test_what_was_made_wholly_afterwards_is_late_and_covers_nothing():
    told = continuity([film(90, 120), film(-40, -30)], WINDOW)
    assert (told.late, told.early) == (("A90",), ("A-40",))
    assert told.together.share == 0


def test_what_begins_as_they_leave_may_be_from_before():
    just = Segment(minute(60) + TYPED_STEP, minute(70), "a", "A")
    assert continuity([just], WINDOW).late == ()


@pytest.mark.parametrize(("recorded", "share"), [((-1, 1), 1), ((0.2, 0.8), 1), ((5, 6), 0)])
def test_a_window_within_one_minute_has_no_gap_and_was_recorded_or_not(recorded, share):
    told = continuity([film(*recorded)], Stretch(NINE, NINE)).together
    assert (told.gaps, told.share) == ((), share)


def test_an_unsure_clock_moves_a_minute_and_does_not_make_it_an_hour():
    unsure = timedelta(hours=2)
    assert len(continuity([film(30, 31, uncertainty=unsure)], WINDOW).together.gaps) == 2
    assert continuity([film(31, 93, uncertainty=unsure)], WINDOW).together.gaps == ()


def test_what_two_unsure_clocks_seem_to_hold_twice_may_be_the_rest():
    unsure = {"uncertainty": timedelta(hours=1)}
    twice = [film(0, 30, **unsure), film(0, 30, "B", **unsure)]
    assert continuity(twice, WINDOW).together.gaps == ()


def test_a_file_without_length_divides_no_gap():
    assert len(continuity([film(30, 30)], WINDOW).together.gaps) == 1


def test_a_stretch_does_not_run_backwards():
    with pytest.raises(ValueError):
        Stretch(minute(1), minute(0))


def test_ten_thousand_files_take_a_blink():
    second = timedelta(seconds=1)
    long = Stretch(NINE, NINE + 20_000 * second)
    files = [
        Segment(NINE + n * second, NINE + (n + 1) * second, f"{n}", "AB"[n % 2])
        for n in range(0, 20_000, 2)
    ]
    began = time.perf_counter()
    told = continuity(files, long)
    assert time.perf_counter() - began < 2
    assert len(told.together.seams) == 10_000


# Any recordings at all: whole seconds about the window, three devices.
seconds = st.integers(-600, 4200)


@st.composite
def segments(draw) -> Segment:
    first, last = sorted((draw(seconds), draw(seconds)))
    at = sorted(draw(st.lists(st.integers(first, last), max_size=4)))
    holes = tuple(
        Stretch(NINE + timedelta(seconds=a), NINE + timedelta(seconds=b))
        for a, b in zip(at[::2], at[1::2], strict=False)
    )
    return Segment(
        NINE + timedelta(seconds=first),
        NINE + timedelta(seconds=last),
        str(draw(st.integers(0, 10**9))),
        draw(st.sampled_from("ABC")),
        timedelta(seconds=draw(st.integers(0, 120))),
        holes=holes,
    )


files = st.lists(segments(), max_size=12, unique_by=lambda one: one.key)


@given(files)
def test_pieces_and_gaps_make_up_the_window(files):
    told = continuity(files, WINDOW)
    for course in (told.together, *told.lanes):
        parts = sorted([*course.pieces, *course.gaps], key=lambda part: part.start)
        assert sum((part.length for part in parts), timedelta(0)) == WINDOW.length
        assert parts[0].start == WINDOW.start
        assert parts[-1].end == WINDOW.end
        assert all(one.end == next.start for one, next in pairwise(parts))


@given(files, st.randoms())
def test_in_which_order_they_come_does_not_matter(files, random):
    shuffled = random.sample(files, len(files))
    assert continuity(shuffled, WINDOW) == continuity(files, WINDOW)


@given(files, st.integers(-(10**9), 10**9))
def test_another_day_is_judged_alike(files, seconds):
    by = timedelta(seconds=seconds)

    def moved(one: Segment) -> Segment:
        holes = tuple(Stretch(hole.start + by, hole.end + by) for hole in one.holes)
        return replace(one, start=one.start + by, end=one.end + by, holes=holes)

    here = continuity(files, WINDOW)
    there = continuity(map(moved, files), Stretch(WINDOW.start + by, WINDOW.end + by))
    assert [gap.start + by for gap in here.together.gaps] == [
        gap.start for gap in there.together.gaps
    ]
    assert (here.together.share, here.late, here.at_least(2)) == (
        there.together.share, there.late, there.at_least(2),
    )  # fmt: skip


@given(files)
def test_no_instant_of_a_gap_was_recorded(files):
    for gap in continuity(files, WINDOW).together.gaps:
        middle = gap.start + gap.length / 2
        for one in files:
            assert not any(piece.start < middle < piece.end for piece in one.pieces())


@given(files)
def test_all_together_show_no_less_than_any_one(files):
    told = continuity(files, WINDOW)
    assert all(told.at_least(1) >= lane.covered for lane in told.lanes)
    assert told.at_least(2) <= told.at_least(1) <= WINDOW.length
