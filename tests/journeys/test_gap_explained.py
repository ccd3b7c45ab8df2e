"""A gap in a recording, in a browser: found by the system, explained by who was there."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from journeys.served import served
from journeys.signing_in import PASSWORD, sign_in
from journeys.test_first_day import set_up
from journeys.test_not_recorded import run_inside
from liuhen.engines.media import footage
from liuhen.kernel.clock import CHINA

pytestmark = [pytest.mark.journey, pytest.mark.slow]

# How people, devices and activities come into the system has journeys of its own.
MAKE = f"""
import django
django.setup()
from datetime import datetime, timedelta
from liuhen.cases import activities, linking
from liuhen.cases.activity_facts import ActivityFacts
from liuhen.cases.linking import Pair
from liuhen.kernel.clock import now
from liuhen.people import roles_changing, units
from liuhen.people.given import WAIT
from liuhen.people.models import Agency, Officer, UnitKind
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, add_officer
from liuhen.recordings import batches, intake
from liuhen.recordings.models import Recording
agency = Agency.objects.get()
first, second = (Officer.objects.get(login=login) for login in ("anquan", "xitong"))
unit = units.add(agency, units.UnitFacts("执法一中队", UnitKind.ENFORCEMENT), by=first, at=now())
for login, name, cert in (("liming", "李明", "130821001"), ("wangqian", "王倩", "130821002")):
    new = NewOfficer(
        login, name, "{PASSWORD}", frozenset({{Role.OFFICER}}), officer_cert_no=cert, unit=unit
    )
    made = add_officer(agency, new, by=first, at=now() - WAIT)
    roles_changing.confirm(made.role_changes.get(), by=second, at=now())
li, wang = (Officer.objects.get(login=login) for login in ("liming", "wangqian"))
arrived = datetime.fromisoformat("{{arrived}}")
facts = ActivityFacts(
    "inspection", "人民路12号", (li, wang), unit=unit, arrived_at=arrived,
    left_at=arrived + timedelta(minutes=2),
)
visit = activities.register(facts, by=li, at=now())
batch = batches.ask([b"{{card}}"], by=li, at=now(), device_no="ZF-0007", officer=li)
intake.run(batch, clock=now)
linking.link_all([Pair(visit, one) for one in Recording.objects.all()], by=li, at=now())
print(visit.number)
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with served(tmp_path_factory.mktemp("gap") / "data") as running:
        yield running


@pytest.fixture(scope="module")
def arrived() -> datetime:
    return datetime.now(CHINA).replace(second=0, microsecond=0) - timedelta(minutes=30)


@pytest.fixture(scope="module")
def card(tmp_path_factory, arrived) -> Path:
    """Two clips of one device, a minute apart."""
    folder = tmp_path_factory.mktemp("card")
    for after in (2, 72):
        at = arrived + timedelta(seconds=after)
        path = folder / f"ZF-0007_100123_{at:%Y%m%d%H%M%S}.MP4"
        footage.make_clip(path, started_at=at, seconds=8, size=(640, 360))
    return folder


@pytest.fixture(scope="module")
def numbers() -> list[str]:
    """Of the activity, once it is made."""
    return []


def shows(page: Page, words: str) -> None:
    """On the coverage panel, once the worker has looked."""
    badge = page.locator("#coverage .card-header .badge")
    for _ in range(60):
        page.reload()
        if words in badge.inner_text():
            break
        page.wait_for_timeout(500)
    expect(badge).to_have_text(words)


def test_1_the_worker_finds_the_gap_once_the_clips_are_examined(
    page, house, card, arrived, numbers
):
    set_up(page, house.url, pack="neiqiu-health")
    program = MAKE.replace("{arrived}", arrived.isoformat()).replace("{card}", str(card))
    numbers += run_inside(house, program)
    sign_in(page, house.url, "liming")
    page.goto(f"{house.url}/activities/{numbers[0]}/")
    shows(page, "间断未说明")
    expect(page.locator("#coverage rect.coverage-gap")).to_have_count(1)
    expect(page.locator("#coverage")).to_contain_text("没有登记中断说明（第六条）")


def test_2_who_was_there_says_why_and_the_gap_is_explained(page, house, arrived, numbers):
    sign_in(page, house.url, "liming")
    page.goto(f"{house.url}/activities/{numbers[0]}/")
    page.get_by_role("link", name="填写中断说明").click()
    expect(page.locator("[name=from_at]")).to_have_value(f"{arrived:%Y-%m-%dT%H:%M}")
    page.get_by_label("电量不足").check()
    page.locator("[name=reason]").fill("更换电池。")
    page.get_by_role("button", name="登记", exact=True).click()
    page.goto(f"{house.url}/activities/{numbers[0]}/")
    expect(page.locator("#coverage .card-header .badge")).to_have_text("间断已说明")
    expect(page.locator("#coverage rect.coverage-explained")).to_have_count(1)


def test_3_the_figures_count_it_as_explained(page, house, numbers):
    sign_in(page, house.url, "liming")
    page.get_by_role("link", name="记录完整性").click()
    page.locator("a.card", has_text="间断已说明").click()
    expect(page).to_have_url(re.compile("verdict=explained"))
    expect(page.get_by_role("link", name=numbers[0])).to_be_visible()
