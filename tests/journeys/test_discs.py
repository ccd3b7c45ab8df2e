"""Discs in a browser: an activity's recordings are planned, written elsewhere, read back, stored;
then brought to an external disk as folders."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.served import Served, served
from journeys.signing_in import PASSWORD, sign_in
from journeys.test_counter import run_inside
from journeys.test_first_day import set_up
from journeys.test_one_dossier import PREPARE

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CUSTODIAN = f"""
keeper = NewOfficer("zhoubao", "周保管", "{PASSWORD}", frozenset({{Role.CUSTODIAN}}))
made = add_officer(agency, keeper, by=first, at=at - WAIT)
roles_changing.confirm(made.role_changes.get(), by=second, at=at)
"""

# The legal office agrees, as jiaxian-health has it; walked on pages in test_viewing_chains.
AGREED = f"""
import django
django.setup()
from liuhen.access import deciding, requests
from liuhen.access.asking import Asked
from liuhen.cases.models import Activity
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.kernel.clock import now
from liuhen.people import roles_changing
from liuhen.people.given import WAIT
from liuhen.people.models import Agency, Officer
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, add_officer
agency, at = Agency.objects.get(), now()
first, second = (Officer.objects.get(login=login) for login in ("anquan", "xitong"))
for login, name, role in (
    ("fazhi", "方法制", Role.LEGAL_OFFICE), ("juzhang", "钟局长", Role.BUREAU_HEAD)
):
    new = NewOfficer(login, name, "{PASSWORD}", frozenset({{role}}))
    made = add_officer(agency, new, by=first, at=at - WAIT)
    roles_changing.confirm(made.role_changes.get(), by=second, at=at)
asked = Asked(RequestKind.COPY, "在别处刻录光盘", activity=Activity.objects.get())
made = requests.ask(asked, by=Officer.objects.get(login="zhoubao"), at=at)
for step, login in zip(made.steps.order_by("position"), ("fazhi", "juzhang"), strict=True):
    deciding.approve(step, by=Officer.objects.get(login=login), at=at)
"""


@pytest.fixture(scope="module")
def media(tmp_path_factory) -> Path:
    """Where discs and disks are mounted."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def house(tmp_path_factory, made_card, media):
    data = tmp_path_factory.mktemp("house") / "data"
    with served(data, LIUHEN_INTAKE_ROOTS=f"{made_card},{media}") as running:
        yield running


@pytest.fixture
def zhou(page: Page, house: Served) -> Page:
    sign_in(page, house.url, "zhoubao")
    return page


def test_1_discs_are_planned_and_their_images_made(page, house, made_card):
    page.goto(house.url)
    set_up(page, house.url, pack="jiaxian-health")
    run_inside(house, PREPARE.replace("CARD", repr(bytes(made_card))) + CUSTODIAN)
    sign_in(page, house.url, "zhoubao")
    page.goto(f"{house.url}/activities/")
    page.locator("#results a[href*='/activities/HD-']").first.click()
    page.get_by_role("link", name="制作光盘").click()
    page.get_by_label("用途").fill("长期保存")
    page.get_by_role("button", name="编制并生成映像").click()
    expect(page.get_by_role("heading", name="GP-")).to_be_visible()
    expect(page.get_by_role("button", name="下载映像").first).to_be_visible(timeout=60_000)


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_2_a_disc_written_elsewhere_is_read_back_and_stored(zhou, house, media):
    zhou.goto(f"{house.url}/discs/1/")
    zhou.get_by_role("button", name="下载映像").first.click()
    expect(zhou.get_by_text("申请").first).to_be_visible()
    run_inside(house, AGREED)
    zhou.goto(f"{house.url}/discs/1/")
    with zhou.expect_download() as taken:
        zhou.get_by_role("button", name="下载映像").first.click()
    shutil.copy(taken.value.path(), media / "disc.iso")
    zhou.get_by_role("link", name="-1/1").click()
    zhou.get_by_role("button", name="已写入").click()
    zhou.get_by_label("光驱或者光盘所在位置").fill(str(media / "disc.iso"))
    zhou.get_by_role("button", name="开始回读").click()
    zhou.get_by_label("存放地点").fill("档案室2号柜", timeout=60_000)
    zhou.get_by_role("button", name="登记存放").click()
    expect(zhou.locator("h1, .page-title")).to_contain_text("在库")


def test_3_a_scratch_is_found_and_the_disc_to_be_replaced(zhou, house, media):
    content = bytearray((media / "disc.iso").read_bytes())
    for place in range(len(content) // 2, len(content) - (64 << 10), 2048):
        content[place] ^= 1
    (media / "disc.iso").write_bytes(content)
    zhou.goto(f"{house.url}/discs/piece/1/")
    zhou.get_by_label("光驱或者光盘所在位置").fill(str(media / "disc.iso"))
    zhou.get_by_label("读取全部文件").check()
    zhou.get_by_role("button", name="开始检查").click()
    expect(zhou.get_by_text("检查时有文件读取错误")).to_be_visible(timeout=60_000)
    zhou.get_by_label("更换原因").fill("划伤")
    zhou.get_by_role("button", name="登记更换").click()
    expect(zhou.get_by_text("已登记更换")).to_be_visible()


def test_4_the_originals_go_to_an_external_disk(zhou, house, media):
    (media / "usb").mkdir()
    zhou.goto(f"{house.url}/trees/")
    zhou.get_by_label("移动硬盘上的文件夹").fill(str(media / "usb"))
    zhou.get_by_label("事由").fill("年度备份")
    zhou.get_by_role("button", name="开始导出").click()
    expect(zhou.get_by_text("已完成")).to_be_visible(timeout=60_000)
    assert list((media / "usb").rglob("manifest-sha256.txt"))
    assert list((media / "usb").rglob("*.mp4"))
