"""How much of a time was recorded."""

import pytest

import factories
from devices.window_cast import HOUR, MINUTE, fixed_camera, set_up
from factories import NOON
from liuhen.devices import window_gaps, windows
from liuhen.devices.models import GapReason, WindowGap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


def gap(camera, began, ended, reason=GapReason.STREAM_LOST):
    end = None if ended is None else NOON + ended
    return WindowGap.objects.create(
        camera=camera, began_at=NOON + began, ended_at=end, reason=reason
    )


def test_a_day_with_a_gap_and_one_that_lasts():
    camera = set_up()
    gaps = [gap(camera, HOUR, 2 * HOUR), gap(camera, 9 * HOUR, None)]
    seen = window_gaps.coverage(camera, gaps, NOON - HOUR, NOON + 10 * HOUR)
    assert (seen.percent, seen.gaps) == (80.0, 2)


def test_what_was_switched_off_was_not_owed():
    camera = set_up()
    gaps = [gap(camera, HOUR, 2 * HOUR, GapReason.SWITCHED_OFF)]
    seen = window_gaps.coverage(camera, gaps, NOON, NOON + 2 * HOUR)
    assert (seen.percent, seen.gaps, seen.owed_seconds) == (100.0, 0, 3600)


def test_nothing_owed_is_no_percentage():
    camera = set_up()
    assert window_gaps.coverage(camera, [], NOON - 2 * HOUR, NOON - HOUR).percent is None


def test_a_second_missing_is_not_a_hundred_percent():
    camera = set_up()
    gaps = [gap(camera, MINUTE, MINUTE + MINUTE / 60)]
    assert window_gaps.coverage(camera, gaps, NOON, NOON + 24 * HOUR).percent == 99.9


def test_only_the_bureaus_own_gaps_that_touch_the_time():
    camera = set_up()
    mine = gap(camera, HOUR, 2 * HOUR)
    gap(camera, 5 * HOUR, 6 * HOUR)
    far = factories.stranger("far")
    theirs = set_up(fixed_camera("CK-01", agency=far.agency), by=far)
    gap(theirs, HOUR, 2 * HOUR)
    found = window_gaps.of_agency(factories.agency())
    assert list(window_gaps.touching(found, NOON + HOUR, NOON + 2 * HOUR)) == [mine]
    assert [one.camera for one in window_gaps.of_agency(far.agency)] == [theirs]
    assert list(windows.of_agency(far.agency)) == [theirs]
