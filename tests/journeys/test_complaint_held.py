"""A complaint in a browser: entered by the post the article names, held at once, lifted by two."""

import pytest
from playwright.sync_api import expect

from journeys.served import served
from journeys.signing_in import PASSWORD, sign_in
from journeys.test_first_day import set_up
from journeys.test_not_recorded import fits, run_inside

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
squad = units.add(agency, units.UnitFacts("执法一中队", UnitKind.ENFORCEMENT), by=first, at=now())
office = units.add(agency, units.UnitFacts("综合办公室", UnitKind.OFFICE), by=first, at=now())
people = (
    ("liming", "李明", Role.OFFICER, "130821001", squad),
    ("wangqian", "王倩", Role.OFFICER, "130821002", squad),
    ("zhuren", "郑主任", Role.UNIT_HEAD, None, office),
    ("ducha", "杜督查", Role.SUPERVISION, None, None),
)
for login, name, role, cert, unit in people:
    roles = frozenset({{role}})
    new = NewOfficer(login, name, "{PASSWORD}", roles, officer_cert_no=cert, unit=unit)
    made = add_officer(agency, new, by=first, at=now() - WAIT)
    roles_changing.confirm(made.role_changes.get(), by=second, at=now())
li, wang = (Officer.objects.get(login=login) for login in ("liming", "wangqian"))
began = now() - timedelta(minutes=50)
facts = ActivityFacts(
    "inspection", "人民路12号", (li, wang), unit=squad, party_name="某某商行",
    arrived_at=began, left_at=began + timedelta(minutes=30),
)
print(activities.register(facts, by=li, at=now()).number)
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with served(tmp_path_factory.mktemp("complaint") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def numbers() -> list[str]:
    """Of the activity, once it is made."""
    return []


@pytest.mark.enforces("hold", article="chengde-safety:9")
def test_1_supervision_enters_it_from_the_activity_and_it_is_held(page, house, numbers):
    set_up(page, house.url, pack="chengde-safety")
    numbers += run_inside(house, MAKE)
    sign_in(page, house.url, "ducha")
    page.goto(f"{house.url}/activities/{numbers[0]}/")
    page.locator("#keeping").get_by_role("link", name="登记投诉").click()
    expect(page.locator("[name=activity]")).to_have_value(numbers[0])
    page.get_by_label("投诉", exact=True).check()
    page.locator("[name=text]").fill("反映执法人员检查时没有出示证件。")
    page.get_by_role("button", name="登记并保全").click()
    expect(page.get_by_text("有关资料同时保全")).to_be_visible()
    page.get_by_role("link", name="BQ-").first.click()
    expect(page.locator(".page-title")).to_contain_text("保全中")
    expect(page.locator("main")).to_contain_text("第九条")


def test_2_the_custodian_may_not_place_it_but_reads_who_does(page, house, numbers):
    sign_in(page, house.url, "baoguan")
    page.goto(f"{house.url}/complaints/enter/?scope=activity&activity={numbers[0]}")
    expect(page.locator("main")).not_to_contain_text("投诉、信访")
    assert page.locator("[name=complaint_kind][value=complaint]").count() == 0


def test_3_one_asks_and_cannot_agree_to_it(page, house):
    page.set_viewport_size(PHONE)
    sign_in(page, house.url, "ducha")
    page.goto(f"{house.url}/holds/")
    fits(page)
    page.locator("#results tbody a").first.click()
    page.locator("summary", has_text="申请解除").click()
    page.locator("#lift_reason").fill("已核实并答复投诉人。")
    page.get_by_role("button", name="申请解除").click()
    expect(page.locator(".page-title")).to_contain_text("申请解除")
    expect(page.get_by_role("button", name="同意解除")).to_have_count(0)
    fits(page)


def test_4_the_office_head_agrees_and_it_is_lifted(page, house):
    sign_in(page, house.url, "zhuren")
    page.goto(f"{house.url}/holds/?tab=waiting")
    page.locator("#results tbody a").first.click()
    expect(page.locator("main")).to_contain_text("已核实并答复投诉人")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="同意解除").click()
    expect(page.locator(".page-title")).to_contain_text("已解除")
