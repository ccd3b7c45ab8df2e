"""A device's day at the counter, in a browser: out by keyboard, refused, back with its card."""

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.served import run_inside, served
from journeys.signing_in import PASSWORD, sign_in
from journeys.test_first_day import set_up
from liuhen.engines.media import footage
from liuhen.kernel.clock import CHINA

pytestmark = pytest.mark.journey

AHEAD = timedelta(hours=8, minutes=3)
"""How far the device's clock is off."""

# How people come into the system has journeys of its own; here only the operations are called.
ADD_PEOPLE = f"""
import django
django.setup()
from liuhen.devices import register
from liuhen.devices.models import DeviceKind
from liuhen.kernel.clock import now
from liuhen.people import roles_changing
from liuhen.people.given import WAIT
from liuhen.people.models import Agency, Officer
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, add_officer
agency = Agency.objects.get()
first, second = (Officer.objects.get(login=login) for login in ("anquan", "xitong"))
people = (("liming", "李明", Role.OFFICER, "130821001"), ("shebei", "石培林", Role.KEEPER, None))
for login, name, role, cert in people:
    new = NewOfficer(login, name, "{PASSWORD}", frozenset({{role}}), officer_cert_no=cert)
    made = add_officer(agency, new, by=first, at=now() - WAIT)
    roles_changing.confirm(made.role_changes.get(), by=second, at=now())
for no in ("ZF-0007", "ZF-0008"):
    register.add(agency, device_no=no, kind=DeviceKind.BODY_CAMERA, by=first, at=now())
"""


@pytest.fixture(scope="module")
def card(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("inserted")


@pytest.fixture(scope="module")
def counter(tmp_path_factory, card):
    """A bureau with two officers, a keeper and two devices; cards are read from `card`."""
    data = tmp_path_factory.mktemp("counter") / "data"
    with served(data, LIUHEN_INTAKE_ROOTS=str(card)) as running:
        yield running


def device_shows() -> datetime:
    return datetime.now(CHINA) + AHEAD


def keys(page: Page, *texts: str) -> None:
    """Each is typed and ended with Enter; "" is Enter alone, which ticks a box and goes on."""
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def measure(page: Page) -> None:
    """Type what the device shows and press Enter as it shows it."""
    with page.expect_response(re.compile("/clock/$")):
        keys(page, f"{device_shows():%H%M%S}")
    expect(page.locator("#reading")).to_contain_text("8小时0")


def scan(page: Page, device_no: str) -> None:
    expect(page.locator("#scan input")).to_be_focused()
    with page.expect_response(re.compile("/kiosk/panel/")):
        keys(page, device_no)
    expect(page.locator("[data-steps] [data-step]").first).to_be_focused()


def hand_out(page: Page, device_no: str, cert_no: str) -> None:
    """Not one click. chengde's four items: works, battery, space, clock."""
    scan(page, device_no)
    keys(page, cert_no, "", "90", "", "32", "")
    measure(page)
    keys(page, "", "餐饮单位检查")
    expect(page.locator("[data-default]")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_1_a_device_is_handed_out_by_keyboard_alone(page, counter):
    page.goto(counter.url)
    set_up(page, counter.url, pack="chengde-safety")
    run_inside(counter, ADD_PEOPLE)
    sign_in(page, counter.url, "shebei")
    page.goto(f"{counter.url}/devices/kiosk/")
    hand_out(page, "ZF-0007", "130821001")
    expect(page.get_by_text("李明 已领用设备 ZF-0007")).to_be_visible()
    expect(page.locator("a.list-group-item", has_text="ZF-0007")).to_contain_text("餐饮单位检查")


def test_2_what_may_not_go_out_says_why_by_which_article(page, counter):
    sign_in(page, counter.url, "shebei")
    page.goto(f"{counter.url}/devices/kiosk/")
    hand_out(page, "ZF-0008", "130821001")
    refusal = page.locator(".alert-danger")
    expect(refusal).to_contain_text("李明已领用设备“ZF-0007”尚未归还")
    expect(refusal.get_by_role("link", name="第七条")).to_be_visible()
    expect(page.locator("[name=task]")).to_have_value("餐饮单位检查")
    page.locator("[name=ok_battery]").uncheck()
    page.locator("[name=second_reason]").fill("同时拍摄证据照片")
    page.get_by_role("button", name="领用", exact=True).click()
    expect(refusal).to_contain_text("“电量充足”检查不合格")
    expect(refusal.get_by_role("link", name="第十条")).to_be_visible()


def test_3_the_user_signs_for_it(page, counter):
    sign_in(page, counter.url, "liming")
    page.goto(f"{counter.url}/devices/mine/")
    page.get_by_role("button", name="确认领用").click()
    expect(page.get_by_text("领用已确认")).to_be_visible()


def test_4_it_comes_back_and_its_card_is_taken_in(page, counter, card):
    start = device_shows()
    clip = card / f"ZF-0007_130821001_{start:%Y%m%d%H%M%S}.MP4"
    footage.make_clip(clip, started_at=start, seconds=2, size=(640, 360))
    ended = (start + timedelta(seconds=2)).timestamp()
    os.utime(clip, (ended, ended))
    sign_in(page, counter.url, "shebei")
    page.goto(f"{counter.url}/devices/kiosk/")
    scan(page, "ZF-0007")
    measure(page)
    keys(page, "现场检查一家餐饮店")
    page.get_by_text("从服务器文件夹采集").click()
    page.get_by_role("button", name=str(card)).click()
    expect(page.locator("#folder [name=place]")).to_be_checked()
    page.get_by_role("button", name="归还", exact=True).click()
    expect(page.get_by_text("李明 已归还设备 ZF-0007")).to_be_visible()
    page.get_by_role("link", name="正在采集存储卡，查看进度").click()
    expect(page.get_by_text("采集完成").first).to_be_visible(timeout=60_000)


def test_5_the_clock_is_put_right_on_the_recording(page, counter):
    """The device said 8 h 3 min later; the page says when it was, whose it is, and how it knows."""
    sign_in(page, counter.url, "baoguan")
    for _ in range(60):
        page.goto(f"{counter.url}/recordings/")
        page.locator("a[href*='/recordings/20']").first.click()
        if page.get_by_text("待检验").count() == 0:
            break
        page.wait_for_timeout(500)
    told = page.locator("main")
    expect(told).to_contain_text(re.compile("快 8小时0[23]分"))
    expect(told).to_contain_text("李明")
    shown = page.locator("[data-recorded-at]").first.get_attribute("data-recorded-at")
    assert abs(datetime.now(CHINA) - datetime.fromisoformat(shown)) < timedelta(minutes=5)


def test_6_the_ledger_has_filled_itself(page, counter):
    sign_in(page, counter.url, "shebei")
    page.goto(f"{counter.url}/devices/ledger/print/")
    row = page.locator("tbody tr").first
    for said in (
        "ZF-0007",
        "李明",
        "餐饮单位检查",
        "现场检查一家餐饮店",
        "视频1段",
        "完好",
        "石培林",
    ):
        expect(row).to_contain_text(said)
    expect(row).to_contain_text("领用已在系统确认")
