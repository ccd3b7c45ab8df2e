"""A party's dossier in a browser: entered, its case opened, papers kept, and all of it exported."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.approving import approve_all
from journeys.served import run_inside
from journeys.signing_in import PASSWORD, sign_in
from journeys.test_first_day import set_up

pytestmark = [pytest.mark.journey, pytest.mark.slow]
USCC = "91411102MA40BCDE2X"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

# How people and recordings come into the system has journeys of its own.
PREPARE = f"""
import django
django.setup()
from datetime import timedelta
from liuhen.cases import activities, linking
from liuhen.cases.activity_facts import ActivityFacts
from liuhen.cases.linking import Pair
from liuhen.kernel.clock import now
from liuhen.people import roles_changing, units
from liuhen.people.given import WAIT
from liuhen.people.models import Agency, Officer, UnitKind
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, add_officer
from liuhen.people.units import UnitFacts
from liuhen.recordings import batches, intake
agency, at = Agency.objects.get(), now()
first, second = (Officer.objects.get(login=login) for login in ("anquan", "xitong"))
unit = units.add(agency, UnitFacts("执法一中队", UnitKind.ENFORCEMENT), by=first, at=at)
for login, name, cert in (("liming", "李明", "130821001"), ("zhaoqian", "赵倩", "130821002")):
    new = NewOfficer(login, name, "{PASSWORD}", frozenset({{Role.OFFICER}}),
                     officer_cert_no=cert, unit=unit)
    made = add_officer(agency, new, by=first, at=at - WAIT)
    roles_changing.confirm(made.role_changes.get(), by=second, at=at)
li, zhao = (Officer.objects.get(login=login) for login in ("liming", "zhaoqian"))
batch = batches.ask([CARD], by=li, at=at, officer=li)
intake.run(batch, clock=now)
facts = ActivityFacts(kind="inspection", place="中兴路12号", officers=(li, zhao), unit=unit,
                      party_name="惠民养殖场", arrived_at=at - timedelta(hours=2))
activity = activities.register(facts, by=li, at=at)
seen = [item.recording for item in batch.items.exclude(recording=None)]
linking.link_all([Pair(activity, one, was_proposed=False) for one in seen], by=li, at=at)
"""


def last_digit() -> str:
    from stdnum.cn import uscc

    return USCC[:-1] + uscc.calc_check_digit(USCC)


def test_1_a_wrong_credit_code_is_said_and_put_right(page, house, made_card):
    page.goto(house.url)
    set_up(page, house.url, pack="luohe-livestock")
    run_inside(house, PREPARE.replace("CARD", repr(bytes(made_card))))
    sign_in(page, house.url, "liming")
    page.goto(f"{house.url}/parties/add/")
    page.get_by_label("姓名或者单位全称").fill("惠民养殖场")
    page.get_by_label("证件类型").select_option("uscc")
    page.get_by_label("证件号码").fill("91411102MA40BCDE2A")
    page.get_by_role("button", name="登记").click()
    expect(page.locator(".alert-danger")).to_contain_text("校验码")
    page.get_by_label("证件号码").fill(last_digit())
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("heading", name="惠民养殖场")).to_be_visible()


def test_2_its_case_is_opened_by_two_officers_with_its_papers(page, house, tmp_path):
    sign_in(page, house.url, "liming")
    page.goto(f"{house.url}/parties/")
    page.get_by_role("link", name="惠民养殖场").click()
    page.get_by_role("link", name="登记案件").click()
    page.get_by_label("案号").fill("牧罚(2026)3号")
    page.get_by_label("案件名称").fill("未建立养殖档案案")
    page.get_by_label("协办人员").select_option(label="赵倩（130821002）")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name="牧罚〔2026〕3号")).to_be_visible()
    (tmp_path / "现场检查笔录.pdf").write_bytes(PDF)
    page.get_by_role("link", name="上传文书材料").click()
    page.get_by_label("文件").set_input_files(str(tmp_path / "现场检查笔录.pdf"))
    page.get_by_role("button", name="上传并保存").click()
    expect(page.get_by_role("link", name="现场检查笔录", exact=True)).to_be_visible()


def test_3_the_activity_comes_into_the_case(page, house):
    run_inside(
        house,
        "import django; django.setup()\n"
        "from liuhen.cases import filling\n"
        "from liuhen.cases.models import Case, Party\n"
        "from liuhen.kernel.clock import now\n"
        "from liuhen.people.models import Officer\n"
        "from liuhen.recordings.models import Recording\n"
        "filling.fill(list(Recording.objects.all()), case=Case.objects.get(), "
        "party=Party.objects.get(), by=Officer.objects.get(login='liming'), at=now())",
    )
    sign_in(page, house.url, "zhaoqian")
    page.goto(f"{house.url}/parties/")
    page.get_by_role("link", name="惠民养殖场").click()
    line = page.locator("#dossier")
    for words in ("牧罚〔2026〕3号", "HD-", "现场检查笔录"):
        expect(line).to_contain_text(words)
    line.get_by_label("类别").select_option("document")
    line.get_by_role("button", name="筛选").click()
    expect(page.locator(".line-entry")).to_have_count(1)


@pytest.mark.enforces("dossier", article="luohe-livestock:14")
def test_4_the_custodian_exports_it_and_its_manifest_verifies(page, house, tmp_path):
    approve_all(house, "baoguan", may_copy=True)
    sign_in(page, house.url, "baoguan")
    page.goto(f"{house.url}/parties/")
    page.get_by_role("link", name="惠民养殖场").click()
    page.get_by_text("导出一户式档案").first.click()
    form = page.locator("form[action$='/dossier/']")
    form.get_by_label("理由").fill("移送法院")
    with page.expect_download() as download:
        form.get_by_role("button", name="登记并导出").click()
    unpacked = unpack(Path(download.value.path()), tmp_path)
    program = shutil.which("sha256sum")
    assert program
    checked = [program, "-c", "--strict", "manifest-sha256.txt"]
    done = subprocess.run(checked, cwd=unpacked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"音像资料/.*\.mp4: ", done.stdout)


def unpack(file: Path, to: Path) -> Path:
    with zipfile.ZipFile(file) as opened:
        opened.extractall(to)
    return to / "惠民养殖场"


def test_5_the_look_and_the_export_stand_in_the_partys_history(page: Page, house):
    sign_in(page, house.url, "baoguan")
    page.goto(f"{house.url}/parties/")
    page.get_by_role("link", name="惠民养殖场").click()
    expect(page.locator("#history")).to_contain_text("导出一户式档案")
    expect(page.locator("#history")).to_contain_text("移送法院")
