"""The five regulations' viewing chains in a browser: asked for, decided on, played, registered."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.served import served
from journeys.signing_in import PASSWORD, sign_in
from journeys.test_first_day import plays_past, set_up
from journeys.test_not_recorded import run_inside
from liuhen.engines.media import footage
from liuhen.kernel.clock import CHINA

pytestmark = [pytest.mark.journey, pytest.mark.slow]

AT = datetime(2026, 1, 5, 10, 0, tzinfo=CHINA)

CHAINS = {
    "jiaxian-health": ["juzhang"],
    "weidong-market": ["juzhang"],
    "chengde-safety": ["zhuren", "fenguan"],
    "neiqiu-health": ["juzhang"],
    "luohe-livestock": ["fazhi", "fenguan"],
}
"""Who decides that somebody else than the maker may look, in their order."""

NAMES = {"juzhang": "郑局长", "zhuren": "冯主任", "fenguan": "林分管", "fazhi": "陈法制"}

# How people and cards come into the system has journeys of its own.
MAKE = f"""
import django
django.setup()
from liuhen.kernel.clock import now
from liuhen.people import roles_changing, units
from liuhen.people.given import WAIT
from liuhen.people.models import Agency, Officer, UnitKind
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, add_officer
from liuhen.recordings import batches, examination, intake
from liuhen.recordings.models import Recording
agency = Agency.objects.get()
first, second = (Officer.objects.get(login=login) for login in ("anquan", "xitong"))
def unit(name, kind):
    return units.add(agency, units.UnitFacts(name, kind), by=first, at=now())
team, office = unit("执法一中队", UnitKind.ENFORCEMENT), unit("办公室", UnitKind.OFFICE)
people = (
    ("liming", "李明", Role.OFFICER, "130821001", team),
    ("ducha", "杜督查", Role.SUPERVISION, None, None),
    ("zhuren", "冯主任", Role.UNIT_HEAD, "130821009", office),
    ("fenguan", "林分管", Role.LEADER, None, None),
    ("juzhang", "郑局长", Role.BUREAU_HEAD, None, None),
    ("fazhi", "陈法制", Role.LEGAL_OFFICE, None, None),
)
for login, name, role, cert, its in people:
    roles = frozenset({{role}})
    new = NewOfficer(login, name, "{PASSWORD}", roles, officer_cert_no=cert, unit=its)
    made = add_officer(agency, new, by=first, at=now() - WAIT)
    roles_changing.confirm(made.role_changes.get(), by=second, at=now())
li = Officer.objects.get(login="liming")
batch = batches.ask([b"{{card}}"], by=li, at=now(), device_no="ZF-0007", officer=li)
intake.run(batch, clock=now)
for recording in Recording.objects.all():
    examination.examine(recording, at=now())
    print(recording.number)
"""


@pytest.fixture(scope="module")
def card(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("card")
    path = folder / f"ZF-0007_100123_{AT:%Y%m%d%H%M%S}.MP4"
    footage.make_clip(path, started_at=AT, seconds=8, size=(640, 360))
    return folder


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[[str, str], Page]]:
    """A browser of somebody's own, signed in."""
    contexts = []

    def signed_in(url: str, login: str) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1366, "height": 768}))
        page = contexts[-1].new_page()
        page.set_default_timeout(30_000)
        sign_in(page, url, login)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def asks(page: Page, url: str, number: str) -> str:
    """From the page that does not open; answers the request's number."""
    page.goto(f"{url}/recordings/{number}/")
    expect(page.locator("#player")).to_contain_text("申请调阅")
    page.locator("#player").get_by_role("link", name="申请调阅").click()
    page.locator("[name=purpose]").fill("核查群众反映的问题")
    until = datetime.now(CHINA) + timedelta(days=5)
    page.locator("[name=wanted_until]").fill(f"{until:%Y-%m-%d}")
    page.get_by_role("button", name="提交申请").click()
    expect(page).to_have_url(re.compile("/viewing/20"))
    return page.url.rstrip("/").rsplit("/", 1)[-1]


def decides(page: Page, url: str, asked: str) -> None:
    """Found on the first page, agreed to."""
    expect(page.get_by_text("调阅待办")).to_be_visible()
    page.get_by_text("调阅待办").click()
    page.get_by_role("link", name=asked).click()
    page.locator("[name=comment]").fill("同意查看")
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.get_by_text("已同意，并记入存证日志")).to_be_visible()


def plays(page: Page, url: str, number: str, asked: str) -> None:
    page.goto(f"{url}/recordings/{number}/")
    expect(page.locator("#player")).to_contain_text(f"经 {asked} 批准")
    page.locator(".stage-play").click()
    assert plays_past(page.locator("video"), 0.5)
    expect(page.locator(".watch-stage")).to_be_visible()


def is_registered(page: Page, url: str, number: str, asked: str) -> None:
    page.goto(f"{url}/viewing/register/")
    row = page.locator("#results tbody tr").first
    for words in ("杜督查", number, asked, "核查群众反映的问题"):
        expect(row).to_contain_text(words)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="打印登记簿").click()
    expect(opened.value.locator("h1")).to_have_text("执法信息调阅登记簿")
    expect(opened.value.locator("tbody")).to_contain_text("杜督查")


@pytest.mark.enforces("access", article="jiaxian-health:14")
@pytest.mark.enforces("access", article="weidong-market:10")
@pytest.mark.enforces("access", article="chengde-safety:22")
@pytest.mark.enforces("access", article="neiqiu-health:18")
@pytest.mark.enforces("access", article="luohe-livestock:17")
@pytest.mark.parametrize("pack", CHAINS)
def test_from_request_to_register(visit, page, tmp_path, card, pack):
    with served(tmp_path / "data") as house:
        set_up(page, house.url, pack=pack)
        [number] = run_inside(house, MAKE.replace("{card}", str(card)))
        asker = visit(house.url, "ducha")
        asked = asks(asker, house.url, number)
        expect(asker.locator(".steps")).to_contain_text(NAMES[CHAINS[pack][0]])
        for login in CHAINS[pack]:
            decides(visit(house.url, login), house.url, asked)
        plays(asker, house.url, number, asked)
        is_registered(visit(house.url, "baoguan"), house.url, number, asked)
