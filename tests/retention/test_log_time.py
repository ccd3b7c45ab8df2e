"""The log's own time: what was lived through, not what a clock says."""

from datetime import timedelta

import pytest

from liuhen.custody.models import CustodyEvent, Timestamp
from liuhen.retention import log_time
from liuhen.retention.log_time import MOST_STEP
from liuhen.retention.models import LogTime
from retention.disposal_cast import DAY, HOUR, NOON, days_pass, event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def began(data):
    event(NOON)


def lived(at) -> timedelta:
    """Since noon of the first day."""
    return log_time.clocks(at=at).lived - NOON


def test_daily_work_is_counted_in_full():
    days_pass(NOON, NOON + 30 * DAY)
    assert lived(NOON + 30 * DAY) == 30 * DAY


def test_a_weekend_is_counted_and_a_long_holiday_only_in_part():
    event(NOON + 3 * DAY)
    event(NOON + 13 * DAY)
    assert lived(NOON + 13 * DAY) == 3 * DAY + MOST_STEP


def test_a_clock_set_forward_by_years_is_worth_three_days():
    assert lived(NOON + 3000 * DAY) == MOST_STEP
    event(NOON + 3000 * DAY)
    assert lived(NOON + 3000 * DAY) == MOST_STEP


def test_setting_it_forth_and_back_gains_nothing():
    for _turn in range(5):
        event(NOON + 3000 * DAY)
        event(NOON + HOUR)
    assert lived(NOON + HOUR) <= HOUR


def test_many_steps_up_and_one_back_gain_nothing():
    event(NOON + HOUR)
    for turn in range(1, 101):
        event(NOON + turn * MOST_STEP)
    event(NOON + 2 * HOUR)
    assert lived(NOON + 2 * HOUR) <= 2 * HOUR


def test_a_row_beyond_the_signed_log_is_not_counted():
    beyond = CustodyEvent(index=900, at=NOON + DAY, entry=b"", leaf_hash=b"", kind="x")
    beyond.save(force_insert=True)
    assert log_time.lived().size == 1


def test_what_is_trusted_is_the_earlier_of_the_two():
    days_pass(NOON, NOON + 10 * DAY)
    assert log_time.clocks(at=NOON + 5 * DAY).trusted <= NOON + 5 * DAY
    assert log_time.clocks(at=NOON + 900 * DAY).trusted == NOON + 13 * DAY


def test_where_an_authority_is_configured_its_last_word_counts(settings):
    settings.LIUHEN_TSA = "http://tsa.test"
    assert log_time.clocks(at=NOON + DAY).trusted is None
    Timestamp.objects.create(size=1, token=b"", gen_time=NOON + HOUR)
    days_pass(NOON, NOON + 10 * DAY)
    assert log_time.clocks(at=NOON + 10 * DAY).trusted == NOON + HOUR


def test_what_was_counted_is_kept_and_comes_out_the_same():
    days_pass(NOON, NOON + 20 * DAY)
    counted = log_time.lived(keep_after=1)
    assert LogTime.objects.get().size == CustodyEvent.objects.count()
    event(NOON + 21 * DAY)
    assert lived(NOON + 21 * DAY) == 21 * DAY
    LogTime.objects.all().delete()
    assert log_time.lived(keep_after=1).lived_at == counted.lived_at + DAY


def test_a_count_of_events_the_log_no_longer_has_is_not_believed():
    facts = {"size": 900, "last_at": NOON + 900 * DAY, "lived_at": NOON + 900 * DAY}
    LogTime.objects.create(pk=1, **facts)
    assert lived(NOON + HOUR) == HOUR


def test_without_any_word_of_the_log_nothing_is_over():
    assert log_time.Clocks(NOON, None).trusted is None
