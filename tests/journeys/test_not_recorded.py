"""What was not recorded, in a browser: told from the site on a phone, read at once, decided on."""

import os
import subprocess
import sys

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from journeys.served import served
from journeys.signing_in import PASSWORD, sign_in
from journeys.test_first_day import set_up

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PHONE = {"width": 390, "height": 844}

# How people and activities come into the system has journeys of its own.
MAKE = f"""
import django
django.setup()
from datetime import timedelta
from liuhen.cases import activities
from liuhen.cases.activity_facts import ActivityFacts
from liuhen.kernel.clock import now
from liuhen.people import roles_changing, units
from liuhen.people.given import WAIT
from liuhen.people.models import Agency, Officer, UnitKind
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, add_officer
agency = Agency.objects.get()
first, second = (Officer.objects.get(login=login) for login in ("anquan", "xitong"))
unit = units.add(agency, units.UnitFacts("执法一中队", UnitKind.ENFORCEMENT), by=first, at=now())
people = (
    ("liming", "李明", Role.OFFICER, "130821001"),
    ("wangqian", "王倩", Role.OFFICER, "130821002"),
    ("duizhang", "张队长", Role.UNIT_HEAD, "130821003"),
    ("fenguan", "林分管", Role.LEADER, None),
)
for login, name, role, cert in people:
    its = unit if cert else None
    roles = frozenset({{role}})
    new = NewOfficer(login, name, "{PASSWORD}", roles, officer_cert_no=cert, unit=its)
    made = add_officer(agency, new, by=first, at=now() - WAIT)
    roles_changing.confirm(made.role_changes.get(), by=second, at=now())
li, wang = (Officer.objects.get(login=login) for login in ("liming", "wangqian"))
for place in ("人民路12号", "工业园3号"):
    began = now() - timedelta(minutes=20)
    facts = ActivityFacts(
        "inspection", place, (li, wang), unit=unit, party_name="某某商行", arrived_at=began
    )
    print(activities.register(facts, by=li, at=now()).number)
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with served(tmp_path_factory.mktemp("unrecorded") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def numbers() -> list[str]:
    """Of the two activities, once they are made."""
    return []


def run_inside(house, program: str) -> list[str]:
    settings = {"LIUHEN_DATA": str(house.data), "DJANGO_SETTINGS_MODULE": "liuhen.config.settings"}
    kept = {k: v for k, v in os.environ.items() if k != "LIUHEN_DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=kept | settings, check=True, capture_output=True
    )
    return done.stdout.decode().split()


def fits(page: Page) -> None:
    """Nothing sticks out at the side of a phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def duty(page: Page, url: str, title: str) -> None:
    """Open a duty of one's own once the worker's round has made it."""
    link = page.get_by_role("link", name=title)
    for _ in range(60):
        page.goto(f"{url}/duties/")
        if link.count():
            break
        page.wait_for_timeout(500)
    link.first.click()


def test_1_recording_cannot_go_on_and_one_form_on_the_phone_says_so(page, house, numbers):
    set_up(page, house.url, pack="chengde-safety")
    numbers += run_inside(house, MAKE)
    page.set_viewport_size(PHONE)
    sign_in(page, house.url, "liming")
    page.goto(f"{house.url}/activities/{numbers[0]}/site/")
    page.get_by_role("link", name="无法继续记录").click()
    expect(page.locator("main")).to_contain_text("张队长")
    fits(page)
    page.get_by_label("设备故障或者损坏").check()
    page.locator("[name=reason]").fill("镜头碎裂，没有备用设备。")
    page.get_by_role("button", name="立即报告").click()
    expect(page.get_by_text("尚未阅知")).to_be_visible()
    fits(page)


def test_2_the_head_has_it_on_the_first_page_and_takes_note(page, house):
    sign_in(page, house.url, "duizhang")
    urgent = page.locator(".urgent")
    expect(urgent).to_contain_text("李明报告无法继续记录")
    expect(urgent).to_contain_text("镜头碎裂")
    urgent.get_by_role("button", name="已阅知").click()
    expect(page.get_by_text("已阅知，时间已记入存证日志")).to_be_visible()
    page.goto(house.url)
    expect(page.locator(".urgent")).to_have_count(0)


def test_3_the_written_statement_is_a_duty_until_it_is_handed_in(page, house):
    sign_in(page, house.url, "liming")
    duty(page, house.url, "提交书面说明")
    page.get_by_role("link", name="查看报告").click()
    page.locator("[name=statement]").fill("摔落致镜头碎裂，其后以文字和照片记录。")
    page.get_by_role("button", name="提交书面说明").click()
    expect(page.locator(".page-title")).to_contain_text("已办结")


def test_4_the_gap_says_what_it_lacks_once_recording_goes_on(page, house, numbers):
    sign_in(page, house.url, "liming")
    page.goto(f"{house.url}/activities/{numbers[0]}/")
    panel = page.locator("#unrecorded")
    expect(panel).to_contain_text("已说明")
    panel.locator("a[href^='/interruptions/']").click()
    page.get_by_role("link", name="修改").click()
    field = page.get_by_label("恢复记录的时间")
    now = page.evaluate("new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 16)")
    field.fill(now)
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".alert-warning, .alert-danger").first).to_contain_text("口述")


def test_5_a_word_at_the_site_and_the_work_record_afterwards(page, house, numbers):
    page.set_viewport_size(PHONE)
    sign_in(page, house.url, "liming")
    page.goto(f"{house.url}/activities/{numbers[1]}/site/")
    page.get_by_role("link", name="免予记录", exact=True).click()
    fits(page)
    page.get_by_label("爆炸危险区域内，未配备防爆记录设备").check()
    page.locator("[name=reason]").fill("喷漆车间")
    page.get_by_role("button", name="先登记，事后补写").click()
    expect(page.get_by_text("请在活动结束后补写工作记录")).to_be_visible()
    fits(page)
    duty(page, house.url, "补写工作记录")
    page.get_by_role("link", name="查看免予记录").click()
    page.locator("#record_reason").fill("喷漆车间为爆炸危险区域，队里没有防爆设备。")
    page.locator("#record_basis").fill("第六条第一项")
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator(".page-title")).to_contain_text("待审核")


def test_6_the_leader_decides_and_the_paper_is_filed(page, house, tmp_path):
    sign_in(page, house.url, "fenguan")
    page.goto(f"{house.url}/unrecorded/")
    page.locator("#results tbody a").first.click()
    page.locator("#opinion_opinion").fill("情况属实")
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.locator(".page-title")).to_contain_text("审核同意")
    with page.expect_download() as told:
        page.get_by_role("link", name="下载 PDF").click()
    told.value.save_as(tmp_path / "paper.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    text = document[0].get_textpage().get_text_range()
    for said in ("未进行音像记录情况说明", "某某商行", "喷漆车间", "林分管"):
        assert said in text
    page.context.clear_cookies()
    sign_in(page, house.url, "liming")
    page.goto(f"{house.url}/unrecorded/?tab=own")
    page.locator("#results tbody a").first.click()
    page.get_by_role("button", name="归档").click()
    expect(page.locator(".page-title")).to_contain_text("已归档")
