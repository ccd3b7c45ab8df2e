"""What the simulated year is drawn from: its plan, its agenda, its table. Nothing is done here."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from liuhen.kernel.clock import CHINA
from liuhen.ops import year_account, year_plan, year_reviews
from liuhen.ops.year_account import Line
from liuhen.ops.year_agenda import Agenda
from liuhen.ops.year_plan import Size
from liuhen.ops.year_world import World

WHOLE = Size(1.0)
WORKED = [date(2026, 1, 5) + timedelta(days=n) for n in range(250)]
NOON = datetime(2026, 3, 2, 12, tzinfo=CHINA)


@pytest.fixture(scope="module")
def year():
    return year_plan.outings(WHOLE, WORKED, seed="1")


def test_a_whole_year_is_as_large_as_it_is_said_to_be(year):
    visits = [visit for one in year for visit in one.visits]
    films = sum(visit.clips + one.devices - 1 for one in year for visit in one.visits)
    assert (WHOLE.officers, WHOLE.devices, len(visits)) == (60, 40, 6000)
    assert abs(films - 30_000) < 600


def test_the_same_seed_gives_the_same_year(year):
    assert year_plan.outings(WHOLE, WORKED, seed="1") == year
    assert year_plan.outings(WHOLE, WORKED, seed="2") != year


def test_nobody_is_out_twice_on_a_day(year):
    teams = Counter((one.out_at.date(), one.unit, one.pair) for one in year)
    assert set(teams.values()) == {1}


def test_an_outing_goes_from_one_site_to_the_next_and_home_on_the_same_day(year):
    for one in year:
        course = [one.out_at]
        for visit in one.visits:
            course += [visit.arrived_at, visit.left_at]
        course.append(one.back_at)
        assert course == sorted(course)
        assert one.back_at.date() == one.out_at.date()


def test_even_the_smallest_year_has_one_of_everything():
    least = year_plan.outings(Size(0.002), WORKED, seed="1")
    turns = {visit.turn for one in least for visit in one.visits}
    assert turns == set(year_plan.Turn)
    assert any(one.days_late for one in least)


def test_every_card_is_handed_in_within_the_year(year):
    for one in year:
        assert one.out_at.date() + timedelta(days=one.days_late) <= WORKED[-1]


def test_two_carry_a_device_where_the_regulation_wants_it():
    small = year_plan.outings(Size(0.02), WORKED, seed="1", carriers=2)
    assert {one.devices for one in small} == {2}


def test_every_pair_is_two_of_its_unit():
    for size in (WHOLE, Size(0.02)):
        numbers = [n for unit in range(size.units) for n in year_plan.officers_of(size, unit)]
        assert numbers == list(range(size.officers))
        assert all(year_plan.pairs_of(size, unit) >= 2 for unit in range(size.units))


def test_an_agenda_keeps_to_the_order_of_time():
    agenda, seen = Agenda(NOON), []
    agenda.put(NOON + timedelta(hours=2), lambda at: seen.append(("second", at)))
    agenda.put(NOON + timedelta(hours=1), lambda at: seen.append(("first", at)))
    agenda.run_until(NOON + timedelta(hours=3))
    assert [what for what, _at in seen] == ["first", "second"]
    assert agenda.now == NOON + timedelta(hours=3)


def test_what_is_asked_for_in_the_past_is_done_next_and_not_before():
    agenda, seen = Agenda(NOON), []
    agenda.put(NOON - timedelta(days=1), seen.append)
    agenda.run_until(NOON)
    assert seen == [NOON]


def test_what_lies_beyond_the_end_stays_undone():
    agenda, seen = Agenda(NOON), []
    agenda.put(NOON + timedelta(minutes=1), seen.append)
    agenda.run_until(NOON)
    assert seen == []


def working_from(first: date, days: int) -> list[date]:
    """Mondays to Fridays of so many days."""
    every = (first + timedelta(days=n) for n in range(days))
    return [day for day in every if day.weekday() < 5]


def test_a_review_begins_in_time_to_end_within_its_calendar_year():
    working = working_from(date(2025, 6, 1), 365)
    first, second = year_reviews.opening_days(working)
    assert (first.year, second.year) == (2025, 2026)
    for opened in (first, second):
        left = [day for day in working if day.year == opened.year and day >= opened]
        assert len(left) >= year_reviews.COURSE


def test_a_calendar_year_that_has_only_begun_has_no_review_yet():
    working = working_from(date(2025, 1, 9), 365)
    assert [day.year for day in year_reviews.opening_days(working)] == [2025]


def test_the_end_of_a_calendar_year_has_its_review_however_short():
    working = working_from(date(2025, 12, 22), 365)
    assert year_reviews.opening_days(working)[0] == working[0]


def test_later_is_counted_in_working_days():
    world = World.__new__(World)
    world.working = working_from(date(2026, 3, 2), 12)
    assert world.later(NOON, 1) == NOON + timedelta(days=1)
    assert world.later(NOON, 5) == NOON + timedelta(days=7)
    assert world.later(NOON + timedelta(days=5), 1) == NOON + timedelta(days=7)


def test_beyond_the_last_working_day_later_is_counted_in_days():
    world = World.__new__(World)
    world.working = [NOON.date()]
    assert world.later(NOON, 3) == NOON + timedelta(days=3)


def test_a_duty_without_a_reason_is_counted():
    lines = {
        "handover": Line(done=3, open=Counter({year_account.NOT_DUE: 2})),
        "review": Line(open=Counter({year_account.UNEXPLAINED: 1})),
    }
    assert year_account.unexplained(lines) == 1


def test_the_table_stands_in_columns():
    rows = year_account.table({"handover": Line(1, 2, 3, Counter({year_account.NOT_DUE: 4}))})
    assert len({year_account.width(row) for row in rows}) == 1
    assert rows[1].split()[1:5] == ["1", "2", "3", "4"]
