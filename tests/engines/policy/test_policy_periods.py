"""Calendar months, checked by asking the calendar, not by another sum."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rules import INSTANTS, PERIODS, at

from liuhen.engines.policy.periods import Period

MONTHS = st.integers(0, 1200)


def exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@given(INSTANTS, MONTHS)
def test_months_are_calendar_months(instant, months):
    later = Period(months=months).after(instant)
    assert (later.year - instant.year) * 12 + later.month - instant.month == months
    assert later.timetz() == instant.timetz()


@given(INSTANTS, MONTHS)
def test_a_day_the_month_lacks_becomes_its_last(instant, months):
    later = Period(months=months).after(instant)
    if exists(later.year, later.month, instant.day):
        assert later.day == instant.day
    else:
        assert later.day < instant.day
        assert (later.date() + timedelta(days=1)).day == 1


@given(INSTANTS, PERIODS, PERIODS)
def test_a_longer_period_never_ends_earlier(instant, period, more):
    longer = Period(period.months + more.months, period.days + more.days, period.years + more.years)
    assert instant < period.after(instant) <= longer.after(instant)


@given(INSTANTS, INSTANTS, PERIODS)
def test_what_began_later_never_ends_earlier(one, other, period):
    first, second = sorted([one, other])
    assert period.after(first).date() <= period.after(second).date()


@given(PERIODS)
def test_a_period_is_written_as_it_is_read(period):
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2024-02-29 10:00", "P2Y", "2026-02-28 10:00"),
        ("2026-08-31 10:00", "P6M", "2027-02-28 10:00"),
        ("2027-08-31 10:00", "P6M", "2028-02-29 10:00"),
        ("2026-01-31 23:59", "P1M", "2026-02-28 23:59"),
        ("2026-12-31 00:00", "P12M", "2027-12-31 00:00"),
        ("2026-02-28 08:00", "P1Y1M1D", "2027-03-29 08:00"),
        ("2024-02-28 08:00", "P2D", "2024-03-01 08:00"),
    ],
)
def test_known_ends(start, period, end):
    assert Period.parse(period).after(at(start)) == at(end)


@pytest.mark.parametrize(
    "text", ["", "P", "P0D", "2Y", "P2W", "PT24H", "P-1Y", "P1Y2", "p2y", "P2Y\n"]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError):
        Period.parse(text)
