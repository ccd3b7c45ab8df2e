"""A breach in a browser: found, confirmed, answered, decided, and no device at the counter."""

import pytest
from playwright.sync_api import expect

from journeys.served import served
from journeys.signing_in import PASSWORD, sign_in
from journeys.test_counter import hand_out
from journeys.test_first_day import set_up
from journeys.test_not_recorded import fits, run_inside

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PHONE = {"width": 390, "height": 844}

# How people and devices come into the system has journeys of its own.
MAKE = f"""
import django
django.setup()
from liuhen.devices import losing, register
from liuhen.devices.models import DeviceKind
from liuhen.kernel.clock import now
from liuhen.people import roles_changing
from liuhen.people.given import WAIT
from liuhen.people.models import Agency, Officer
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, add_officer
agency = Agency.objects.get()
first, second = (Officer.objects.get(login=login) for login in ("anquan", "xitong"))
people = (
    ("liming", "李明", Role.OFFICER, "130821001"),
    ("shebei", "石培林", Role.KEEPER, None),
    ("ducha", "杜督查", Role.SUPERVISION, None),
    ("fuju", "傅局长", Role.LEADER, None),
)
for login, name, role, cert in people:
    new = NewOfficer(login, name, "{PASSWORD}", frozenset({{role}}), officer_cert_no=cert)
    made = add_officer(agency, new, by=first, at=now() - 2 * WAIT)
    roles_changing.confirm(made.role_changes.get(), by=second, at=now() - WAIT)
for no in ("ZF-0007", "ZF-0008"):
    device = register.add(agency, device_no=no, kind=DeviceKind.BODY_CAMERA, by=first, at=now())
li, keeper = (Officer.objects.get(login=login) for login in ("liming", "shebei"))
loss = losing.Loss(now(), "乘坐出租车时遗落。", recordings_in=True)
losing.report(device, loss, by=keeper, at=now())
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with served(tmp_path_factory.mktemp("breach") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def number() -> list[str]:
    """Of the breach, once it is there."""
    return []


def leads(page, url: str) -> None:
    """Until the worker's round has read the log."""
    found = page.locator("#results tbody tr")
    for _ in range(60):
        page.goto(f"{url}/breaches/?tab=leads")
        if found.count():
            return
        page.wait_for_timeout(500)


@pytest.mark.enforces("breaches", article="chengde-safety:27")
def test_1_the_system_finds_it_and_supervision_confirms_it(page, house, number):
    set_up(page, house.url, pack="chengde-safety")
    run_inside(house, MAKE)
    sign_in(page, house.url, "ducha")
    leads(page, house.url)
    row = page.locator("#results tbody tr").first
    expect(row).to_contain_text("设备遗失")
    expect(row).to_contain_text("第二十七条第（七）项")
    number.append(row.locator("a").first.inner_text())
    row.locator("a").first.click()
    page.locator("#confirm_officer").select_option(label="李明（130821001）")
    page.locator("#confirm_reason").fill("设备由其领用，保管不妥。")
    page.get_by_role("button", name="立案", exact=True).click()
    expect(page.locator(".page-title")).to_contain_text("调查中")


def test_2_nothing_is_proposed_before_the_officer_is_heard(page, house, number):
    sign_in(page, house.url, "ducha")
    page.goto(f"{house.url}/breaches/{number[0]}/")
    assert page.locator("#propose_finding").count() == 0
    page.locator("#note_words").fill("向出租车公司核实，未找到。")
    page.get_by_role("button", name="登记", exact=True).first.click()
    expect(page.locator(".steps")).to_contain_text("向出租车公司核实")
    page.locator("summary", has_text="告知陈述申辩").click()
    page.locator("#tell_words").fill("拟认定你保管不妥致设备遗失，请陈述申辩。")
    page.locator("#tell_until").fill("2099-12-31")
    page.get_by_role("button", name="告知本人").click()
    expect(page.get_by_text("等待本人陈述申辩")).to_be_visible()


@pytest.mark.enforces("investigation")
def test_3_the_officer_answers_with_a_phone_and_does_not_read_the_inquiry(page, house, number):
    page.set_viewport_size(PHONE)
    sign_in(page, house.url, "liming")
    page.get_by_role("link", name=number[0]).click()
    expect(page.locator("main")).not_to_contain_text("出租车公司核实")
    fits(page)
    page.locator("#state_words").fill("下车匆忙，愿意赔偿。")
    page.get_by_role("button", name="提交陈述申辩").click()
    expect(page.locator(".steps")).to_contain_text("愿意赔偿")
    page.goto(f"{house.url}/breaches/")
    expect(page.locator("main")).not_to_contain_text(number[0])


@pytest.mark.enforces("sanctions", article="chengde-safety:28")
def test_4_a_month_is_proposed_from_the_regulations_list(page, house, number):
    sign_in(page, house.url, "ducha")
    page.goto(f"{house.url}/breaches/{number[0]}/")
    page.locator("#propose_finding").fill("2026年遗失设备一台，属实。")
    page.get_by_label("责令写出书面检查").check()
    page.get_by_label("停止执法工作一个月").check()
    page.get_by_role("button", name="报局领导决定").click()
    expect(page.locator(".page-title")).to_contain_text("待决定")


def test_5_the_leader_decides(page, house, number):
    sign_in(page, house.url, "fuju")
    page.goto(f"{house.url}/breaches/")
    page.get_by_role("link", name=number[0]).click()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="按处理意见决定").click()
    expect(page.locator(".page-title")).to_contain_text("已决定追究")


@pytest.mark.enforces("sanctions", article="chengde-safety:28")
def test_6_at_the_counter_there_is_no_device_for_them(page, house):
    sign_in(page, house.url, "shebei")
    page.goto(f"{house.url}/devices/kiosk/")
    hand_out(page, "ZF-0007", "130821001")
    refusal = page.locator(".alert-danger")
    expect(refusal).to_contain_text("李明停止执法至")
    expect(refusal.get_by_role("link", name="第二十八条")).to_be_visible()


def test_7_the_officer_signs_for_the_decision_and_prints_it(page, house, number):
    sign_in(page, house.url, "liming")
    page.goto(f"{house.url}/my-record/")
    expect(page.locator("main")).to_contain_text("1 项责任追究决定")
    page.locator("tbody").get_by_role("link", name=number[0]).click()
    page.get_by_role("button", name="签收").click()
    expect(page.locator("main")).to_contain_text("本人在系统中签收")
    page.goto(f"{house.url}/my-record/{number[0]}/print/decision/")
    expect(page.locator("h1")).to_have_text("责任追究决定书")
    expect(page.locator(".slip")).to_contain_text("停止执法期间")
