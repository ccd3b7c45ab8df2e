"""Two bureaus with different regulations in one installation, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from journeys.served import Served
from journeys.signing_in import PASSWORD, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ROLES = ("system_admin", "security_admin", "auditor", "custodian")
OURS, THEIRS = "甲县应急管理局", "乙县卫生健康局"


def fill_set_up(page: Page, name: str, pack: str, mark: str) -> None:
    """Four accounts, each called by its role and the bureau's mark."""
    page.get_by_label("单位全称").fill(name)
    page.locator(f"input[name=pack_id][value={pack}]").check(force=True)
    page.get_by_label("制度施行日期").fill("2026-01-01")
    for role in ROLES:
        for field, value in (("login", f"{role}-{mark}"), ("name", f"{mark}{role}")):
            page.fill(f"[name={role}-{field}]", value)
        for field in ("password", "again"):
            page.fill(f"[name={role}-{field}]", PASSWORD)
    page.get_by_role("button", name="完成设置").click()
    expect(page).to_have_url(re.compile("/sign-in/"))


@pytest.fixture(scope="module")
def invited() -> dict[str, str]:
    """What one step hands to the next."""
    return {}


def test_1_the_first_bureau_is_set_up(page: Page, house: Served) -> None:
    page.goto(house.url)
    fill_set_up(page, OURS, "chengde-safety", "jia")


def test_2_its_system_administrator_lets_another_in(page, house, invited) -> None:
    sign_in(page, house.url, "system_admin-jia")
    page.get_by_role("link", name="增设单位").first.click()
    page.get_by_label("单位全称").fill(THEIRS)
    page.get_by_role("button", name="生成设置地址").click()
    invited["url"] = page.locator("#code-url").text_content() or ""
    page.goto(f"{house.url}/bureaus/")
    expect(page.locator("#code-url")).to_have_count(0)
    expect(page.get_by_text("待设置")).to_be_visible()


def test_3_the_other_sets_itself_up_once(page, house, invited) -> None:
    page.goto(invited["url"])
    expect(page.get_by_label("单位全称")).to_have_value(THEIRS)
    fill_set_up(page, THEIRS, "neiqiu-health", "yi")
    assert page.goto(invited["url"]).status == 410
    expect(page.get_by_text("只能使用一次")).to_be_visible()


@pytest.mark.parametrize(("mark", "own", "other"), [("jia", OURS, THEIRS), ("yi", THEIRS, OURS)])
def test_4_each_sees_its_own_people_and_bureau(page, house, mark, own, other) -> None:
    elsewhere = "yi" if mark == "jia" else "jia"
    sign_in(page, house.url, f"security_admin-{mark}")
    page.goto(f"{house.url}/people/")
    expect(page.get_by_text("共 4 人")).to_be_visible()
    shown = page.locator("body").text_content() or ""
    assert own in shown
    assert other not in shown
    assert f"{elsewhere}custodian" not in shown


@pytest.mark.parametrize(("mark", "article"), [("jia", "承县政安监字"), ("yi", "内丘")])
def test_5_each_has_its_own_regulation(page, house, mark, article) -> None:
    sign_in(page, house.url, f"custodian-{mark}")
    page.goto(f"{house.url}/rules/")
    expect(page.get_by_text(article).first).to_be_visible()


@pytest.mark.parametrize("mark", ["jia", "yi"])
def test_6_each_auditor_reads_of_its_own_bureau(page, house, mark) -> None:
    elsewhere = "yi" if mark == "jia" else "jia"
    sign_in(page, house.url, f"auditor-{mark}")
    page.goto(f"{house.url}/custody/")
    expect(page.get_by_text(f"auditor-{mark}").first).to_be_visible()
    assert f"-{elsewhere}" not in (page.locator("#events").text_content() or "")


def test_7_a_recording_of_one_is_not_there_for_the_other(page, house, made_card) -> None:
    sign_in(page, house.url, "custodian-jia")
    page.goto(f"{house.url}/intake/")
    page.get_by_role("button", name=str(made_card)).click()
    expect(page.locator("#folder [name=place]")).to_be_checked()
    page.get_by_role("button", name="开始采集").click()
    expect(page.get_by_text("采集完成").first).to_be_visible(timeout=60_000)
    page.goto(f"{house.url}/recordings/")
    link = page.locator("a[href*='/recordings/20']").first.get_attribute("href")
    page.context.clear_cookies()
    sign_in(page, house.url, "custodian-yi")
    page.goto(f"{house.url}/recordings/")
    expect(page.locator("a[href*='/recordings/20']")).to_have_count(0)
    assert page.goto(f"{house.url}{link}").status == 404
