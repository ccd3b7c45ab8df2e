"""A spot check in a browser: announced, drawn, looked at and answered from the keyboard, closed,
and drawn again by an outsider with the sheet's own commands."""

import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.cards import card_of_clips
from journeys.served import served
from journeys.signing_in import sign_in
from journeys.test_first_day import set_up
from journeys.test_not_recorded import run_inside
from journeys.test_viewing_chains import MAKE
from liuhen.kernel.clock import CHINA

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CLIPS = 3

MOVES_ON = """video => new Promise(done => {
    video.addEventListener('timeupdate', () => video.currentTime > 0.5 && done());
})"""


@pytest.fixture(scope="module")
def card(tmp_path_factory) -> Path:
    """Three clips of this morning."""
    first, apart = datetime.now(CHINA) - timedelta(hours=1), timedelta(minutes=5)
    return card_of_clips(tmp_path_factory.mktemp("card"), first, apart, clips=CLIPS)


@pytest.fixture
def checker(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Supervision's browser, signed in."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)

    def signed_in(url: str) -> Page:
        page = context.new_page()
        page.set_default_timeout(30_000)
        sign_in(page, url, "ducha")
        return page

    yield signed_in
    context.close()


def announces(page: Page, url: str) -> None:
    """Of yesterday and today: all of it, so that what comes next is known."""
    page.goto(f"{url}/spot-checks/")
    page.get_by_role("link", name="新的抽查").first.click()
    today = datetime.now(CHINA).date()
    page.locator("[name=since]").fill(f"{today - timedelta(days=1):%Y-%m-%d}")
    page.locator("[name=until]").fill(f"{today:%Y-%m-%d}")
    page.locator("[name=percent]").fill("60")
    page.locator("[name=reason]").fill("本季度抽查方案确定的比例")
    page.get_by_role("button", name="预计抽取数").click()
    expect(page.locator("#prepared")).to_contain_text("共 2 项")
    page.get_by_role("button", name="公布").click()
    expect(page).to_have_url(re.compile("/spot-checks/CC-"))


def draws(page: Page) -> None:
    page.get_by_role("button", name="抽取", exact=True).click()
    expect(page.locator(".spot-lines tbody tr")).to_have_count(2)
    here = page.url
    for href in [one.get_attribute("href") for one in page.locator(".spot-lines td > a").all()]:
        page.goto(urljoin(here, href))
        expect(page.locator(".stage-play")).to_be_visible()  # what is played is ready
    page.goto(here)


def checks_by_keyboard(page: Page) -> None:
    """The first with a gap and a note, the second all right; the next comes by itself."""
    page.get_by_role("link", name="逐项检查").click()
    expect(page.locator(".watch-segment").first).to_be_attached()  # the player is ready
    page.keyboard.press("Space")
    page.locator("video").evaluate(MOVES_ON)
    page.keyboard.press("n")
    page.keyboard.type("第3秒镜头被遮挡")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#note")).to_contain_text("已保存")
    page.keyboard.press("Escape")
    answers(page, "1", "Shift+2", "3", "4")
    with page.expect_navigation():
        page.keyboard.press("0")
    expect(page.locator(".breadcrumb")).to_contain_text("第 2 项")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".breadcrumb")).to_contain_text("第 1 项")
    expect(page.locator("#spot-note")).to_have_value("第3秒镜头被遮挡")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".breadcrumb")).to_contain_text("第 2 项")
    answers(page, "1", "2", "3", "4")
    with page.expect_navigation():
        page.keyboard.press("5")


def answers(page: Page, *pressed: str) -> None:
    for n, key in enumerate(pressed, 1):
        page.keyboard.press(key)
        question = page.locator(f"[data-spot-question='{n}']")
        expect(question.locator("[aria-pressed=true]")).to_have_count(1)


def closes(page: Page) -> None:
    expect(page.locator("#main")).to_contain_text("已检查 2/2，有问题 1")
    page.locator("[name=conclusion]").fill("一项有间断，已督促改正")
    page.get_by_role("button", name="办结抽查").click()
    expect(page.locator("#main")).to_contain_text("抽查结论：一项有间断，已督促改正")


def draws_again(page: Page, folder: Path) -> None:
    """With nothing but the list and what the sheet says."""
    with page.expect_download() as given:
        page.get_by_role("link", name="抽查名册").click()
    given.value.save_as(folder / "抽查名册.txt")
    commands = page.locator("#commands").text_content()
    said = subprocess.run(
        ["sh", "-c", commands], cwd=folder, capture_output=True, text=True, check=True
    )
    numbers = page.locator(".spot-lines tbody td:nth-child(2) > a").all_text_contents()
    assert sorted(said.stdout.split()) == sorted(f"recording:{number}" for number in numbers)


@pytest.mark.enforces("sampling", "inspection", article="chengde-safety:26")
def test_from_the_announcement_to_the_close(page, checker, tmp_path, card):
    with served(tmp_path / "data") as house:
        set_up(page, house.url, pack="chengde-safety")
        run_inside(house, MAKE.replace("{card}", str(card)))
        desk = checker(house.url)
        announces(desk, house.url)
        draws(desk)
        checks_by_keyboard(desk)
        closes(desk)
        draws_again(desk, tmp_path)
        is_registered(desk, house.url)


def is_registered(page: Page, url: str) -> None:
    page.goto(f"{url}/viewing/register/")
    expect(page.locator("#results tbody tr").first).to_contain_text("抽查 CC-")
