"""What a device's clock showed, and how far that was from the truth."""

from decimal import Decimal

import pytest

import factories
from devices.device_cast import at
from liuhen.custody.kinds import Kind
from liuhen.devices import clocks, errors
from liuhen.devices.models import ClockReading
from people.told import LogDown, kinds

NOON = at("12:00:00")


@pytest.mark.parametrize(
    ("shown", "offset", "uncertainty"),
    [
        ("12:00:00", "0.500", "2.5"),
        ("20:03:00", "28980.500", "2.5"),  # 8 h 3 min ahead
        ("200300", "28980.500", "2.5"),
        ("２０：０３：００", "28980.500", "2.5"),
        ("20:03", "29010.000", "32"),  # somewhere in that minute
        ("2026-01-05 11:59:00", "-59.500", "2.5"),
        ("20260105115900", "-59.500", "2.5"),
        ("2026年1月5日 11:59:00", "-59.500", "2.5"),
        ("2025-12-31 12:00:00", "-431999.500", "2.5"),
        (" 3:00:00", "-32399.500", "2.5"),
    ],
)
def test_the_offset_is_what_was_shown_less_what_it_was(shown, offset, uncertainty):
    reading = clocks.typed(shown, at=NOON)
    assert reading.offset == Decimal(offset)
    assert reading.uncertainty == Decimal(uncertainty)


def test_without_a_day_the_nearest_one_is_meant():
    assert clocks.typed("23:59:00", at=at("00:01:00")).offset == Decimal("-119.500")
    assert clocks.typed("00:01:00", at=at("23:59:00")).offset == Decimal("120.500")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "中午",
        "25:00:00",
        "12:60",
        "2026-02-30 12:00:00",
        "1",
        "٣:00",
        "0001-01-01 00:00:00",
        "9999-12-31 23:59:59",
    ],
)
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(errors.TimeUnreadable):
        clocks.typed(typed, at=NOON)


def test_what_nobody_sees_is_not_kept():
    assert clocks.typed("12:00\0:00", at=NOON).evidence == {"shown": "12:00:00"}


@pytest.mark.usefixtures("bureau")
def test_a_clock_set_right_is_kept_with_its_event():
    reading = clocks.typed("20:03:00", at=NOON)
    keeper = factories.officer("kong")
    row = clocks.read(factories.device(), reading, by=keeper, at=NOON, is_reset=True)
    assert ClockReading.objects.get().is_reset
    assert row.offset_seconds == Decimal("28980.500")
    assert kinds("device:ZF-001") == [Kind.DEVICE_CLOCK_READ]


@pytest.mark.usefixtures("bureau")
def test_no_event_no_reading(log_down):
    device, reading = factories.device(), clocks.typed("20:03:00", at=NOON)
    log_down()
    with pytest.raises(LogDown):
        clocks.read(device, reading, by=factories.officer("kong"), at=NOON)
    assert not ClockReading.objects.exists()


@pytest.mark.usefixtures("bureau")
def test_another_bureaus_clock_is_not_read():
    reading = clocks.typed("20:03:00", at=NOON)
    with pytest.raises(errors.NoSuchDevice):
        clocks.read(factories.device(), reading, by=factories.stranger("k"), at=NOON)
