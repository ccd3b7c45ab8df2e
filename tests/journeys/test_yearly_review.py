"""A yearly review in a browser: scored by its form, told, objected to, answered; what was found is
ordered to be put right, with proof, and accepted."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.served import served
from journeys.signing_in import sign_in
from journeys.test_first_day import set_up
from journeys.test_not_recorded import run_inside
from journeys.test_viewing_chains import MAKE
from liuhen.engines.media import footage
from liuhen.kernel.clock import CHINA

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SPAN, CONDUCT = 4, 9


@pytest.fixture(scope="module")
def card(tmp_path_factory) -> Path:
    """A clip of an hour ago."""
    folder = tmp_path_factory.mktemp("card")
    at = datetime.now(CHINA).replace(microsecond=0) - timedelta(hours=1)
    path = folder / f"ZF-0007_100123_{at:%Y%m%d%H%M%S}.MP4"
    footage.make_clip(path, started_at=at, seconds=4, size=(640, 360))
    return folder


@pytest.fixture
def desk(browser: Browser) -> Iterator[Callable[[str, str], Page]]:
    """Somebody's own browser, signed in."""
    contexts = []

    def signed_in(url: str, login: str) -> Page:
        contexts.append(browser.new_context(viewport={"width": 1366, "height": 768}))
        page = contexts[-1].new_page()
        page.set_default_timeout(60_000)
        sign_in(page, url, login)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def opens(page: Page, url: str) -> str:
    """All of yesterday and today; answers the review's address."""
    page.goto(f"{url}/reviews/")
    page.get_by_role("link", name="组织评查").first.click()
    yesterday = datetime.now(CHINA).date() - timedelta(days=1)
    page.locator("[name=since]").fill(f"{yesterday:%Y-%m-%d}")
    page.locator("[name=percent]").fill("100")
    page.get_by_label("杜督查").check()
    page.get_by_role("button", name="组织评查").click()
    expect(page).to_have_url(re.compile("/reviews/PC-"))
    return page.url


def scores(page: Page) -> None:
    page.get_by_role("link", name="逐项打分").click()
    page.locator(f"[name=lost_{SPAN}]").fill("5")
    page.locator(f"[name=lost_{CONDUCT}]").fill("3")
    page.locator("[name=note]").fill("未着制式服装")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#main")).to_contain_text("得 92 分")


def announces(page: Page) -> None:
    page.locator("#announce_object_by").fill(f"{datetime.now(CHINA).date():%Y-%m-%d}")
    page.get_by_role("button", name="通知结果").click()
    expect(page.locator("#main")).to_contain_text("优秀")


def objects(page: Page, review: str) -> None:
    page.goto(f"{review}items/1/")
    page.locator("[name=reason]").fill("中断已有工作记录")
    page.get_by_role("button", name="提出异议").click()
    expect(page.locator("#main")).to_contain_text("待答复")


def answers(page: Page, review: str) -> None:
    page.goto(f"{review}items/1/")
    page.get_by_label("异议成立，更正得分").check()
    page.locator("[name=score]").fill("97")
    page.locator("[name=reply]").fill("经核实，间断已说明")
    page.get_by_role("button", name="答复").click()
    expect(page.locator("#main")).to_contain_text("异议成立")


def orders(page: Page, review: str) -> str:
    """From what was found; answers the order's address."""
    page.goto(f"{review}items/1/")
    page.get_by_role("link", name="发出整改通知").click()
    expect(page.locator("[name=problem]")).to_have_value(re.compile("着装"))
    page.locator("[name=demand]").fill("执法时按规定着装，提交照片")
    page.get_by_role("button", name="发出").click()
    expect(page).to_have_url(re.compile("/corrections/ZG-"))
    return page.url


def puts_right(page: Page, url: str) -> None:
    """Found among what is to be done."""
    page.goto(f"{url}/duties/")
    expect(page.locator("#results")).to_contain_text(re.compile("整改 ZG-"), timeout=60_000)
    page.get_by_role("link", name=re.compile("整改 ZG-")).click()
    page.get_by_role("link", name=re.compile("^ZG-")).click()
    sent = {"name": "着装照片.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.locator("[name=file]").set_input_files(sent)
    page.get_by_role("button", name="上传材料").click()
    expect(page.locator("#main")).to_contain_text("着装照片.pdf")
    page.locator("[name=report]").fill("已配发并着装")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#main")).to_contain_text("待验收")


def accepts(page: Page, order: str) -> None:
    page.goto(order)
    page.get_by_role("button", name="验收合格").click()
    expect(page.locator(".steps")).to_contain_text("整改验收合格")


@pytest.mark.enforces("review", "inspection")
def test_from_the_opening_to_what_was_put_right(page, desk, tmp_path, card):
    with served(tmp_path / "data") as house:
        set_up(page, house.url, pack="chengde-safety")
        run_inside(house, MAKE.replace("{card}", str(card)))
        reviewer, officer = desk(house.url, "ducha"), desk(house.url, "liming")
        review = opens(reviewer, house.url)
        scores(reviewer)
        announces(reviewer)
        objects(officer, review)
        answers(desk(house.url, "fenguan"), review)
        order = orders(reviewer, review)
        puts_right(officer, house.url)
        accepts(reviewer, order)
