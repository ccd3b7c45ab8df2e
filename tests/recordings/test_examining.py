"""What a hostile header says must fit the columns, or be unknown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django_tasks_db.models import DBTaskResult

import factories
from liuhen.engines.media.facts import Examination
from liuhen.recordings import examination, tasks
from liuhen.recordings.examination import instant_of, length_of, seconds
from liuhen.recordings.models import Recording


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (None, None),
        (Fraction(1, 3), Decimal("0.333")),
        (2**31 - 1, None),
        (-(2.0**70), None),
        (float("inf"), None),
        (float("nan"), None),
    ],
)
def test_a_length_of_centuries_is_unknown(said, kept):
    assert seconds(said) == kept


def test_a_length_below_nothing_is_unknown():
    assert length_of(Examination(duration=Fraction(-3))) is None
    assert length_of(Examination(duration=Fraction(3))) == 3


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00", "9999-12-31T23:59:59"])
@pytest.mark.parametrize("offset", [None, -840, 840])
def test_the_ends_of_the_calendar_are_no_instants(day, offset):
    assert instant_of(day, offset) is None


def test_a_wall_clock_without_a_zone_is_taken_for_chinas():
    at = instant_of("2026-01-05T12:00:00", None)
    assert at == instant_of("2026-01-05T04:00:00", 0)


@pytest.mark.django_db
def test_what_waits_already_is_not_queued_again(data):
    factories.recording("2026-000001", state="sealed")
    factories.recording("2026-000002", state="sealed")
    tasks.examine.enqueue(Recording.objects.first().pk)
    for _ in range(2):
        examination.catch_up()
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db
def test_what_failed_is_queued_again(data):
    made = factories.recording("2026-000001", state="sealed")
    tasks.examine.enqueue(made.pk)
    DBTaskResult.objects.update(status="FAILED")
    examination.catch_up()
    assert DBTaskResult.objects.ready().count() == 1
