"""Lock-out and the second factor, in a browser: enrol, sign in with a code, lock, unlock."""

import re

import pytest
from playwright.sync_api import expect

from journeys.signing_in import (
    PASSWORD,
    PHONES,
    enrol,
    give_code,
    give_password,
    press,
    sign_in,
)
from journeys.test_first_day import set_up

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def sign_out(page):
    page.locator(".top-bar .dropdown-toggle").last.click()
    page.get_by_role("button", name="退出").click()
    expect(page.locator("#sign-in")).to_be_visible()


def test_1_an_administrator_enrols_a_phone_before_anything_opens(page, house):
    page.goto(house.url)
    set_up(page, house.url)
    give_password(page, house.url, "anquan")
    expect(page).to_have_url(re.compile("/second-factor/"))
    page.goto(f"{house.url}/people/")
    expect(page).to_have_url(re.compile("/second-factor/"))
    enrol(page, house.url, "anquan")
    page.get_by_role("link", name="已保存，继续").click()
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()


def test_2_the_password_alone_opens_nothing(page, house):
    give_password(page, house.url, "anquan")
    expect(page).to_have_url(re.compile("/sign-in/code/"))
    page.goto(f"{house.url}/people/")
    expect(page).to_have_url(re.compile(r"/sign-in/\?next="))


def test_3_the_code_opens_and_opens_once(page, house):
    code = PHONES[house.url, "anquan"].code()
    give_password(page, house.url, "anquan")
    give_code(page, code)
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()
    sign_out(page)
    give_password(page, house.url, "anquan")
    give_code(page, code)
    expect(page.get_by_text("已使用过")).to_be_visible()


def test_4_a_recovery_code_stands_in_for_the_phone(page, house):
    give_password(page, house.url, "anquan")
    give_code(page, PHONES[house.url, "anquan"].recovery_codes.pop())
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()


def test_5_five_wrong_passwords_lock(page, house):
    page.goto(f"{house.url}/sign-in/")
    for _try in range(5):
        page.fill("[name=login]", "baoguan")
        page.fill("[name=password]", "not-the-password")
        press(page)
    give_password(page, house.url, "baoguan", PASSWORD)
    expect(page.get_by_text("已锁定")).to_be_visible()
    expect(page).to_have_url(re.compile("/sign-in/"))


def test_6_the_security_administrator_unlocks(page, house):
    sign_in(page, house.url, "anquan")
    page.goto(f"{house.url}/people/")
    page.get_by_role("row", name=re.compile("baoguan")).get_by_role("link").first.click()
    page.get_by_role("link", name="登录管理").click()
    page.get_by_role("button", name="解除锁定").click()
    expect(page.get_by_text("已解除")).to_be_visible()
    sign_out(page)
    sign_in(page, house.url, "baoguan")


def test_7_ending_a_sign_in_elsewhere_is_felt_there(page, browser, house):
    sign_in(page, house.url, "baoguan")
    elsewhere = browser.new_context(locale="zh-CN").new_page()
    sign_in(elsewhere, house.url, "baoguan")
    elsewhere.goto(f"{house.url}/sessions/")
    elsewhere.get_by_role("button", name="结束其他全部登录").click()
    page.goto(f"{house.url}/recordings/")
    expect(page.get_by_text("登录已被强制退出")).to_be_visible()
    elsewhere.context.close()


POLLING = """attribute => {
    const asks = document.createElement("div");
    asks.setAttribute("hx-get", "/sessions/");
    asks.setAttribute("hx-trigger", attribute);
    document.querySelector("main").append(asks);
    htmx.process(asks);
    if (attribute === "click") asks.click();
}"""


@pytest.mark.parametrize(("trigger", "is_polling"), [("every 100ms", True), ("click", False)])
def test_8_what_a_page_asks_by_itself_says_so(page, house, trigger, is_polling):
    """By this header the server knows that nobody is at the screen."""
    sign_in(page, house.url, "baoguan")
    with page.expect_request("**/sessions/") as asked:
        page.evaluate(POLLING, trigger)
    assert ("x-liuhen-polling" in asked.value.headers) == is_polling
