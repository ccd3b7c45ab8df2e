"""What a recording's page says of its device's clock and of who had the device."""

from datetime import timedelta
from decimal import Decimal

import factories
from liuhen.devices.models import Checkout, ClockReading, Method, Moment
from liuhen.recordings.models import Recording, TimeClaim, TimeOrigin

PAGE = "/recordings/2026-000001/"
AHEAD = timedelta(hours=8, minutes=3)
THREE_HOURS = timedelta(hours=3)


def placed(**more) -> Recording:
    """Made at noon, at 20:03 by its clock, while Li had the device."""
    li, kong = factories.officer("li"), factories.officer("kong")
    handed_at = factories.NOON - THREE_HOURS
    use = Checkout.objects.create(
        agency=li.agency,
        device=factories.device(),
        officer=li,
        handed_at=handed_at,
        handed_by=kong,
        task="日常检查",
    )
    ClockReading.objects.create(
        device=factories.device(), checkout=use, moment=Moment.HAND_OUT, method=Method.CODE,
        read_at=handed_at, device_time=handed_at + AHEAD, offset_seconds=Decimal(28980),
        uncertainty_seconds=Decimal(1), read_by=kong,
    )  # fmt: skip
    facts = {
        "recorded_at": factories.NOON,
        "recorded_at_origin": TimeOrigin.HEADER,
        "clock_offset_seconds": Decimal(28980),
        "clock_uncertainty_seconds": Decimal("1.375"),
        "checkout": use,
    }
    return factories.recording(**facts | more)


def body(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_both_times_and_what_lies_between_are_shown(as_):
    placed()
    page = body(as_("zhou").get(PAGE))
    assert "<dt>设备记载</dt><dd>2026-01-05 20:03:00</dd>" in page
    assert "<dt>设备时钟</dt><dd>快 8小时03分00秒（±1.4秒）</dd>" in page
    assert 'data-recorded-at="2026-01-05T12:00:00+08:00">2026-01-05 12:00:00</dd>' in page


def test_how_it_was_measured_and_by_whom_is_shown(as_):
    placed()
    page = body(as_("zhou").get(PAGE))
    assert "2026-01-05 09:00:00 领用时，快 8小时03分00秒（±1秒）" in page
    assert "拍摄时间码自动比对 · 孔管设备" in page


def test_who_had_the_device_is_shown_with_the_way_to_the_ledger(as_):
    use = placed().checkout
    page = body(as_("li").get(PAGE))
    assert f'<dt>领用人</dt><dd><a href="/checkouts/{use.pk}/">李执法' in page
    assert "2026-01-05 09:00:00 领出，尚未归还" in page
    assert "日常检查" in page


def test_who_may_not_see_the_use_is_not_led_there(as_):
    placed(officer=factories.officer("shared"))
    factories.share(factories.recording(), "other")
    page = body(as_("other").get(PAGE))
    assert "<dt>领用人</dt><dd>李执法" in page


def test_a_clock_nobody_read_is_said_to_be_none(as_):
    factories.recording()
    assert "该设备的时钟尚未测定" in body(as_("zhou").get(PAGE))


def test_what_is_not_examined_yet_says_nothing_of_clocks(as_):
    factories.recording(state="sealed", examination=None)
    assert "该设备的时钟尚未测定" not in body(as_("zhou").get(PAGE))


def test_the_claim_that_is_right_once_corrected_is_marked(as_):
    years_ago = timedelta(days=16_000)
    made = placed(clock_offset_seconds=Decimal(-years_ago.total_seconds()))
    told = {"recording": made, "origin": TimeOrigin.HEADER, "is_zone_known": False}
    TimeClaim.objects.create(field="first", raw="?", instant=None, **told)
    TimeClaim.objects.create(field="f", raw="x", instant=factories.NOON - years_ago, **told)
    claims = as_("zhou").get(PAGE).context["claims"]
    assert [believed for _claim, believed in claims] == [False, True]
