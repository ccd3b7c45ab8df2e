"""From a year's chart to a month, a unit and the recordings behind a figure, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from journeys.served import run_inside, served
from journeys.signing_in import PASSWORD, sign_in
from journeys.test_first_day import set_up

pytestmark = [pytest.mark.journey, pytest.mark.slow]

# How people and recordings come into the system has journeys of its own.
MAKE = f"""
import django
django.setup()
from liuhen.kernel.clock import now
from liuhen.people import roles_changing, units
from liuhen.people.given import WAIT
from liuhen.people.models import Agency, Officer, UnitKind
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, add_officer
from liuhen.recordings import batches, intake
from liuhen.statistics import tallying
agency = Agency.objects.get()
first, second = (Officer.objects.get(login=login) for login in ("anquan", "xitong"))
unit = units.add(agency, units.UnitFacts("执法一中队", UnitKind.ENFORCEMENT), by=first, at=now())
for login, name, role in (("liming", "李明", Role.OFFICER), ("zhouwei", "周卫", Role.CUSTODIAN)):
    new = NewOfficer(
        login, name, "{PASSWORD}", frozenset({{role}}), officer_cert_no=login, unit=unit
    )
    made = add_officer(agency, new, by=first, at=now() - WAIT)
    roles_changing.confirm(made.role_changes.get(), by=second, at=now())
li = Officer.objects.get(login="liming")
batch = batches.ask([b"{{card}}"], by=li, at=now(), device_no="ZF-0007", officer=li)
intake.run(batch, clock=now)
tallying.recompute()
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with served(tmp_path_factory.mktemp("figures") / "data") as running:
        yield running


def test_every_step_leads_deeper_and_the_list_has_what_the_figure_says(page, house, made_card):
    set_up(page, house.url, pack="neiqiu-health")
    run_inside(house, MAKE.replace("{card}", str(made_card)))
    sign_in(page, house.url, "zhouwei")
    page.get_by_role("link", name="统计分析").click()
    # The made card was recorded in January 2026.
    page.goto(f"{house.url}/statistics/?length=year&day=2026-01-05")
    expect(page.locator(".chart-area canvas").first).to_be_visible()
    page.locator(".chart-area").first.click(position=first_bar(page))
    expect(page).to_have_url(re.compile("length=month&day=2026-01-01"))
    page.get_by_role("link", name="执法一中队").click()
    expect(page.locator("table")).to_contain_text("李明")
    row = page.locator("tr", has_text="李明")
    figure = row.locator("td a").nth(1)
    said = figure.inner_text()
    assert int(said) > 1
    figure.click()
    expect(page.get_by_text(f"共 {said} 条")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(int(said))
    page.locator("tbody tr a").first.click()
    expect(page).to_have_url(re.compile("/recordings/2026-"))


def first_bar(page) -> dict[str, float]:
    """Where January's bar stands: the first of those there are, above the axis."""
    box = page.locator(".chart-area").first.bounding_box()
    return {"x": box["width"] / 2, "y": box["height"] * 0.75}
