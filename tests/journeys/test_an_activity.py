"""An activity on site with a phone, and its recordings found: in a browser, as officers do it."""

import os
import re
import time
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

PHONES = [(390, 844), (360, 740)]
HALF_A_MINUTE = 30
THUMB = 44
"""CSS pixels a finger hits without looking (WCAG 2.5.5)."""

READ_ALOUD = 20
"""CSS pixels of words that are read out from a phone held in front of one."""

# Two who work together, each with a device in hand; how they come by them has a journey of its own.
BEGIN = f"""
import django
django.setup()
from liuhen.devices import handing_out, register
from liuhen.devices.checking import Found
from liuhen.devices.handing_out import HandOut
from liuhen.devices.models import DeviceKind
from liuhen.kernel.clock import now
from liuhen.people import roles_changing, units
from liuhen.people.given import WAIT
from liuhen.people.models import Agency, Officer
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, add_officer
from liuhen.people.units import UnitFacts
agency = Agency.objects.get()
first, second = (Officer.objects.get(login=login) for login in ("anquan", "xitong"))
unit = units.add(agency, UnitFacts("执法一中队"), by=first, at=now())
for login, name, role, cert in (
    ("liming", "李明", Role.OFFICER, "130821001"),
    ("zhaoqian", "赵倩", Role.OFFICER, "130821002"),
    ("shebei", "石培林", Role.KEEPER, None),
):
    at = unit if cert else None
    new = NewOfficer(login, name, "{PASSWORD}", frozenset({{role}}), officer_cert_no=cert, unit=at)
    made = add_officer(agency, new, by=first, at=now() - WAIT)
    roles_changing.confirm(made.role_changes.get(), by=second, at=now())
keeper = Officer.objects.get(login="shebei")
asked = ("works", "battery", "storage", "memory", "clock", "date_time")
well = Found(ok=dict.fromkeys(asked, True))
for no, login in (("ZF-0007", "liming"), ("ZF-0008", "zhaoqian")):
    device = register.add(agency, device_no=no, kind=DeviceKind.BODY_CAMERA, by=first, at=now())
    handed = HandOut(Officer.objects.get(login=login), well)
    handing_out.hand_out(device, handed, by=keeper, at=now())
"""

TAKE_IN = """
import django
django.setup()
from liuhen.kernel.clock import now
from liuhen.people.models import Agency
from liuhen.recordings import batches, intake
agency = Agency.objects.get()
for device_no, cert in (("ZF-0007", "130821001"), ("ZF-0008", "130821002")):
    batch = batches.ask(
        [{card!r}.encode() + b"/" + device_no.encode()], by="journey", at=now(),
        device_no=device_no, officer=batches.officer_with_cert(cert, agency),
    )
    intake.run(batch, clock=now)
"""


@pytest.fixture(scope="module")
def bureau(tmp_path_factory):
    """A bureau that follows luohe's regulation: fixed words, points to film, arrival to end."""
    data = tmp_path_factory.mktemp("enforcement") / "data"
    with served(data) as running:
        yield running


@pytest.fixture(params=PHONES, ids=lambda size: f"{size[0]}x{size[1]}")
def phone(request, browser):
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        has_touch=True,
        is_mobile=True,
        permissions=["geolocation"],
        geolocation={"latitude": 33.5815, "longitude": 114.0167},
    )
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    context.close()


def fits(page: Page) -> None:
    """Nothing to scroll sideways, and what is pressed is large enough."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    for big in page.locator(".btn-big:visible, .big-box:visible, button.point:visible").all():
        box = big.bounding_box()
        assert box is not None
        assert box["height"] >= THUMB


def test_1_the_bureau_begins(page, bureau):
    page.goto(bureau.url)
    set_up(page, bureau.url, pack="luohe-livestock")
    run_inside(bureau, BEGIN)
    sign_in(page, bureau.url, "liming")
    page.get_by_role("link", name="执法活动", exact=True).first.click()
    expect(page.get_by_text("还没有登记执法活动")).to_be_visible()


def test_2_on_site_with_a_phone_in_under_half_a_minute(phone, bureau):
    sign_in(phone, bureau.url, "liming")
    began = time.monotonic()
    phone.goto(f"{bureau.url}/activities/new/")
    fits(phone)
    matter = phone.locator("[name=matter]")
    matter.select_option("k:inspection")
    colleague = phone.get_by_label("赵倩", exact=True)
    if not colleague.is_checked():
        colleague.check()
    expect(phone.get_by_label("李明", exact=True)).to_be_checked()
    expect(phone.get_by_label("ZF-0007（李明）")).to_be_checked()
    phone.get_by_label("地点").fill("城关镇东街养殖小区")
    phone.get_by_role("button", name="定位").tap()
    expect(phone.get_by_role("button", name="已定位")).to_be_visible()
    phone.get_by_role("button", name="到达现场").tap()
    words = phone.locator(".notice-words")
    expect(words).to_contain_text("执法人员李明、赵倩")
    assert time.monotonic() - began < HALF_A_MINUTE
    size = words.evaluate("words => parseFloat(getComputedStyle(words).fontSize)")
    assert size >= READ_ALOUD
    fits(phone)


def test_3_points_are_ticked_and_the_site_is_left(phone, bureau):
    sign_in(phone, bureau.url, "liming")
    phone.goto(f"{bureau.url}/activities/?state=under_way")
    number = phone.locator("#results a.fw-bold").last.inner_text()
    phone.goto(f"{bureau.url}/activities/{number}/site/")
    for text in ("已告知当事人", "现场地点", "原始痕迹"):
        with phone.expect_response(re.compile("/points/$")):
            phone.locator("button.point", has_text=text).tap()
        expect(phone.locator("button.point.is-kept", has_text=text)).to_be_visible()
    expect(phone.locator("#points .badge").first).to_contain_text("3 / 10")
    phone.get_by_role("button", name="检查结束").tap()
    phone.get_by_role("button", name="离开现场").tap()
    expect(phone.get_by_role("link", name="查看活动和资料")).to_be_visible()
    expect(phone.get_by_text("已结束")).to_be_visible()


def test_4_alone_nobody_enforces(phone, bureau):
    sign_in(phone, bureau.url, "liming")
    phone.goto(f"{bureau.url}/activities/new/")
    phone.locator("[name=matter]").select_option("k:inspection")
    phone.get_by_label("赵倩", exact=True).uncheck()
    phone.get_by_label("地点").fill("某处")
    phone.get_by_role("button", name="到达现场").tap()
    expect(phone.locator(".alert-danger")).to_contain_text("行政处罚法》第四十二条")
    expect(phone.get_by_label("地点")).to_have_value("某处")


def clip(card: Path, device_no: str, cert_no: str, start: datetime) -> None:
    path = card / device_no / f"{device_no}_{cert_no}_{start:%Y%m%d%H%M%S}.MP4"
    path.parent.mkdir(exist_ok=True)
    footage.make_clip(path, started_at=start, seconds=2, size=(640, 360))
    ended = (start + timedelta(seconds=2)).timestamp()
    os.utime(path, (ended, ended))


def test_5_what_was_recorded_finds_its_activity_and_is_confirmed(page, bureau, tmp_path):
    now = datetime.now(CHINA)
    clip(tmp_path, "ZF-0007", "130821001", now)
    clip(tmp_path, "ZF-0007", "130821001", now - timedelta(hours=5))
    clip(tmp_path, "ZF-0008", "130821002", now)
    run_inside(bureau, TAKE_IN.format(card=str(tmp_path)))
    sign_in(page, bureau.url, "baoguan")
    page.goto(f"{bureau.url}/loose/")
    expect(page.locator("#matched .group-row")).to_have_count(1)
    expect(page.locator("#matched [name=pair]")).to_have_count(2)
    expect(page.get_by_text("设备、人员、时间相符").first).to_be_visible()
    # Two activities of one hour, one for each phone: neither is ticked beforehand.
    expect(page.get_by_text("也可能属于").first).to_be_visible()
    page.locator("#matched [data-check-rows]").check()
    page.get_by_role("button", name="确认所选").click()
    expect(page.get_by_text("已归入 2 份资料。")).to_be_visible()
    expect(page.locator("#matched")).to_have_count(0)


def test_6_a_colleague_sees_it_from_then_on(page, bureau):
    sign_in(page, bureau.url, "zhaoqian")
    page.goto(f"{bureau.url}/activities/")
    page.locator("#results tbody tr", has_text="2").locator("a.fw-bold").first.click()
    expect(page.get_by_role("heading", name="归入的资料")).to_be_visible()
    page.locator("a[href^='/recordings/2']").first.click()
    expect(page.get_by_role("heading", name="归属")).to_be_visible()


def test_7_what_fits_none_becomes_an_activity_of_its_own(page, bureau):
    sign_in(page, bureau.url, "liming")
    page.goto(f"{bureau.url}/loose/")
    page.get_by_role("link", name="登记为执法活动").click(timeout=5000)
    expect(page.get_by_label("ZF-0007（李明）")).to_be_checked()
    expect(page.get_by_label("到达时间")).not_to_have_value("")
    page.get_by_label("赵倩", exact=True).check()
    page.locator("[name=matter]").select_option("k:complaint_call")
    page.get_by_label("地点").fill("人民路68号")
    page.get_by_role("button", name="登记并归入资料").click()
    expect(page.get_by_text("归入 1 份资料。")).to_be_visible()
    page.goto(f"{bureau.url}/loose/")
    expect(page.get_by_text("资料都已归入执法活动")).to_be_visible()
