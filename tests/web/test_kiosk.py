"""The counter in requests: scanned, checked, measured, handed out, taken back."""

import os

import pytest

import factories
from devices.device_cast import HOUR, follow, hand_out
from factories import NOON
from liuhen.devices.models import Checkout, ClockReading, Device, PreUseCheck
from liuhen.kernel.clock import in_china, now
from liuhen.recordings.models import IntakeBatch
from liuhen.recordings.places import Place

WELL = {"who": "HB-li", "ok_works": "on", "ok_clock": "on"}


def url(what: str) -> str:
    return f"/devices/{factories.device().pk}/{what}/"


def measure(browser, shown: str) -> str:
    """The token of a reading, as the page carries it."""
    return browser.post(url("clock"), {"shown": shown}).context["token"]


def out_now(**more) -> Checkout:
    return hand_out(when=now() - HOUR, **more)


def test_a_scanned_device_asks_for_what_the_regulation_wants_checked(as_):
    factories.device()
    answer = as_("kong").get("/devices/kiosk/panel/", {"no": " zf-001 "})
    assert [item.code for item in answer.context["form"].items] == ["works", "clock"]
    assert 'href="/rules/articles/10/"' in answer.content.decode()


def test_an_unknown_number_says_so(as_):
    answer = as_("kong").get("/devices/kiosk/panel/", {"no": "ZF-999"})
    assert answer.context["refusal"].code == "devices.no_such_device"


def test_another_bureaus_device_is_not_known_here(as_):
    factories.device()
    answer = as_(factories.stranger("k2", factories.Role.KEEPER)).get(
        "/devices/kiosk/panel/", {"no": "ZF-001"}
    )
    assert answer.context["refusal"].code == "devices.no_such_device"


def test_handed_out_with_its_clock_read(as_):
    factories.officer("li")
    browser = as_("kong")
    said = WELL | {"shown": "x", "reading": measure(browser, "20:03:00"), "task": "检查"}
    assert browser.post(url("hand-out"), said).headers["Location"] == "/devices/kiosk/"
    made = Checkout.objects.get()
    assert (made.officer.login, made.task) == ("li", "检查")
    assert made.clock_readings.get().device_time.minute == 3


def test_an_item_left_out_refuses_and_keeps_what_was_typed(as_):
    factories.officer("li")
    answer = as_("kong").post(url("hand-out"), {"who": "HB-li", "ok_works": "on", "task": "检查"})
    form = answer.context["form"]
    assert answer.status_code == 422
    assert form["task"].value() == "检查"
    assert 'href="/rules/articles/10/"' in str(form.non_field_errors())
    assert not Checkout.objects.exists()


def test_a_time_typed_and_not_measured_is_sent_back(as_):
    factories.officer("li")
    answer = as_("kong").post(url("hand-out"), WELL | {"shown": "20:03:00"})
    assert list(answer.context["form"].errors) == ["shown"]


def test_a_reading_of_another_device_is_not_taken(as_):
    factories.officer("li")
    browser = as_("kong")
    token = measure(browser, "20:03:00")
    other = factories.device("ZF-002")
    answer = browser.post(f"/devices/{other.pk}/hand-out/", WELL | {"reading": token})
    assert answer.status_code == 422
    assert not ClockReading.objects.exists()


@pytest.mark.parametrize("token", ["x", "a:b:c"])
def test_a_forged_reading_is_not_taken(as_, token):
    factories.officer("li")
    answer = as_("kong").post(url("hand-out"), WELL | {"reading": token})
    assert "重新测定" in str(answer.context["form"].non_field_errors())


def test_a_time_that_is_none_is_said_beside_the_field(as_):
    answer = as_("kong").post(url("clock"), {"shown": "25:99"})
    assert "25:99" in answer.context["problem"]


def test_a_failed_check_is_kept_without_anybody(as_):
    as_("kong").post(url("check"), {"ok_clock": "on"})
    check = PreUseCheck.objects.get()
    assert (check.is_passed, check.checkout) == (False, None)
    assert [item["ok"] for item in check.items] == [False, True]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("HB-li", True), ("ＨＢ-ｌｉ", True), ("李执法", True), ("li", True), ("张三", False)],
)
def test_a_user_is_known_by_number_login_or_name(as_, typed, found):
    factories.officer("li")
    as_("kong").post(url("hand-out"), WELL | {"who": typed})
    assert Checkout.objects.exists() is found


def test_two_of_one_name_are_not_guessed(as_):
    factories.officer("li")
    factories.officer("other")
    factories.Officer.objects.filter(login="other").update(name="李执法")
    as_("kong").post(url("hand-out"), WELL | {"who": "李执法"})
    assert not Checkout.objects.exists()


def test_what_is_out_asks_for_its_return(as_):
    out_now(task="餐饮检查")
    answer = as_("kong").get("/devices/kiosk/", {"no": "ZF-001"})
    assert answer.context["checkout"].officer.login == "li"
    assert "餐饮检查" in answer.content.decode()


def test_taken_back(as_):
    checkout = out_now()
    said = {"condition": "good", "content": "检查三家", "card_handed": "on"}
    answer = as_("kong").post(f"/checkouts/{checkout.pk}/return/", said)
    assert answer.headers["Location"] == "/devices/kiosk/"
    checkout.refresh_from_db()
    assert (checkout.content, checkout.card_handed) == ("检查三家", True)
    assert not IntakeBatch.objects.exists()


def test_a_damaged_device_leads_to_its_repair(as_):
    checkout = out_now()
    said = {"condition": "damaged", "condition_note": "镜头碎裂"}
    answer = as_("kong").post(f"/checkouts/{checkout.pk}/return/", said, follow=True)
    ticket = checkout.device.repair_tickets.get()
    assert f'href="/repairs/{ticket.pk}/"' in answer.text
    assert checkout.compensations.get().officer.login == "li"


def test_the_card_is_taken_in_right_there(as_, settings, tmp_path):
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]
    checkout = out_now()
    place = Place(os.fsencode(tmp_path)).token
    as_("kong").post(f"/checkouts/{checkout.pk}/return/", {"condition": "good", "place": place})
    batch = IntakeBatch.objects.get()
    assert (batch.checkout, batch.officer.login, batch.device_no) == (checkout, "li", "ZF-001")


def test_a_card_that_cannot_be_read_returns_nothing(as_, tmp_path):
    checkout = out_now()
    place = Place(os.fsencode(tmp_path / "gone")).token
    said = {"condition": "good", "place": place, "content": "检查三家"}
    answer = as_("kong").post(f"/checkouts/{checkout.pk}/return/", said)
    assert answer.status_code == 422
    assert answer.context["form"]["content"].value() == "检查三家"
    checkout.refresh_from_db()
    assert checkout.returned_at is None


def test_the_clock_page_shows_the_servers_time_as_a_code(as_):
    answer = as_("kong").get("/devices/clock/code/")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert abs(int(answer.headers["X-Liuhen-Time"]) - now().timestamp() * 1000) < 60_000
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_regulation_with_figures_asks_for_them(as_):
    follow("chengde-safety")
    factories.device()
    form = as_("kong").get("/devices/kiosk/panel/", {"no": "ZF-001"}).context["form"]
    figures = [row["figure"] and row["figure"].name for row in form.rows]
    assert figures == [None, "battery", "free", "shown"]


def test_many_devices_cost_no_more_than_one(as_, django_assert_max_num_queries):
    for n in range(30):
        device = factories.device(f"ZF-1{n:02}")
        hand_out(device, when=NOON, second_reason="同时使用")
    browser = as_("kong")
    with django_assert_max_num_queries(16):
        browser.get("/devices/kiosk/", {"no": "ZF-105"})
    assert Device.objects.filter(state="out").count() == 30


def test_a_clock_that_is_set_right_is_known_to_have_been_off_until_then(as_):
    factories.officer("li")
    browser = as_("kong")
    off = browser.post(url("clock"), {"shown": "2020-01-01 00:00:00"})
    assert url("clock/set") in off.content.decode()
    kept = browser.post(url("clock/set"), {"reading": off.context["token"]})
    assert kept.context["is_set"]
    right = f"{in_china(now()):%Y-%m-%d %H:%M:%S}"
    browser.post(url("hand-out"), WELL | {"reading": measure(browser, right)})
    before, after = ClockReading.objects.order_by("pk")
    assert (before.is_reset, before.device_time.year, after.is_reset) == (True, 2019, False)
    assert abs(after.offset_seconds) < 3


def test_a_clock_nobody_measured_is_not_set(as_):
    answer = as_("kong").post(url("clock/set"), {"reading": ""})
    assert answer.context["problem"]
    assert not ClockReading.objects.exists()


def test_a_scanned_certificate_is_nobody_elses_login(as_):
    factories.officer("li", officer_cert_no="13001"), factories.officer("13001")
    as_("kong").post(url("hand-out"), WELL | {"who": "13001"})
    assert Checkout.objects.get().officer.login == "li"


def test_a_form_that_comes_back_still_says_when_the_counter_was_opened(as_):
    """Else a photo without a code would be as uncertain as the hour a form may lie open."""
    answer = as_("kong").post(url("hand-out"), {"who": "nobody"})
    assert (answer.status_code, bool(answer.context["opened"])) == (422, True)


def test_a_check_that_is_sent_back_keeps_who_was_typed(as_):
    answer = as_("kong").post(url("check"), WELL | {"battery": "300"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["battery"])
    assert 'value="HB-li"' in answer.content.decode()
