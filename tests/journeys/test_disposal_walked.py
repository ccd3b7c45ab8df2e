"""Recordings at their end in a browser: looked at, appraised, listed, reviewed, approved, waited
for, witnessed by two, gone; and the papers that stay. A week passes by the installation's clock."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from journeys import approving
from journeys.served import Served, served
from journeys.signing_in import PASSWORD, PASSWORDS, sign_in
from journeys.test_first_day import plays_past

pytestmark = [pytest.mark.journey, pytest.mark.slow]

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def ahead(tmp_path_factory) -> Path:
    """So many days the installation's clock is ahead of this machine's."""
    said = tmp_path_factory.mktemp("clock") / "days"
    said.write_text("0")
    return said


@pytest.fixture(scope="module")
def house(tmp_path_factory, ahead):
    data = tmp_path_factory.mktemp("disposal") / "data"
    two_years(data, "begin")
    path = [str(HERE / "clock"), *filter(None, [os.environ.get("PYTHONPATH")])]
    clock = {"PYTHONPATH": os.pathsep.join(path), "LIUHEN_DAYS_AHEAD": str(ahead)}
    with served(data, **clock) as running:
        yield running


def two_years(data: Path, *what: str) -> None:
    liuhen(data, str(HERE / "two_years.py"), *what)


def liuhen(data: Path, *arguments: str) -> str:
    kept = {k: v for k, v in os.environ.items() if k != "LIUHEN_DATABASE_URL"}
    environment = kept | {"LIUHEN_DATA": str(data)}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True).stdout.decode()


def todo(page: Page, title: str, n: int = 1) -> None:
    """Follow what the first page says is to be done, once the worker's round has found it."""
    card = page.locator("a.card-go").filter(has_text=title)
    for _ in range(60):
        page.goto(page.url)
        if card.count():
            break
        page.wait_for_timeout(500)
    expect(card).to_contain_text(str(n))
    card.click()


def decide(page: Page, house: Served, login: str, title: str, button: str) -> None:
    sign_in(page, house.url, login)
    todo(page, title)
    page.locator("#results tbody a").first.click()
    expect(page.locator("main td a[href^='/recordings/']")).to_have_count(2)
    page.get_by_label("意见").fill("已逐件核对，同意。")
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("意见已登记，并记入存证日志。")).to_be_visible()


def test_1_the_custodian_looks_at_each_and_appraises_them(page, house):
    approving.approve_all(house, "baoguan")
    sign_in(page, house.url, "baoguan")
    todo(page, "期满待鉴定", 3)
    rows = page.locator("#results tbody a[href*='/recordings/']")
    numbers = sorted(set(rows.evaluate_all("links => links.map(one => one.href)")))
    assert len(numbers) == 3
    for href in numbers:
        page.goto(href)
        page.locator("[hx-post$='/open/']").first.click()
        assert plays_past(page.locator("video"), 0.3)
    page.goto(f"{house.url}/appraisal/")
    appraise(page, page.locator("#results [name=recording]").all()[:1], "继续保存", "2090-01-01")
    appraise(page, page.locator("#results [data-check-all]").all(), "无保存价值")
    expect(page.get_by_text("没有期满待鉴定的资料")).to_be_visible()


def appraise(page: Page, boxes, worth: str, until: str = "") -> None:
    for box in boxes:
        box.check()
    page.get_by_label(worth, exact=True).check()
    page.locator("#chosen [name=until]").fill(until)
    page.locator("#chosen [name=reason]").fill("经逐件观看鉴定。")
    page.get_by_role("button", name="提交鉴定意见").click()
    expect(page.get_by_text("并记入存证日志")).to_be_visible()


def test_2_the_register_is_drawn_and_handed_in(page, house):
    sign_in(page, house.url, "baoguan")
    todo(page, "无保存价值，待列清册", 2)
    page.get_by_label("销毁理由").fill("保存期满，无继续保存价值。")
    page.get_by_label("全宗号").fill("J012")
    page.get_by_role("button", name="全部列入").click()
    expect(page.locator("main")).to_contain_text("2 件")
    page.get_by_role("button", name="提交法制机构审核").click()
    expect(page.get_by_text("已提交法制机构审核。")).to_be_visible()


def test_3_the_legal_office_reviews_and_the_head_approves(page, house):
    decide(page, house, "fazhi", "清册待审核", "审核同意")
    page.context.clear_cookies()
    decide(page, house, "juzhang", "清册待批准", "批准销毁")
    expect(page.get_by_text("批准后等待 7 天")).to_be_visible()


def test_4_before_the_week_is_over_nobody_can_witness(page, house):
    sign_in(page, house.url, "fenguan")
    expect(page.get_by_text("清册待监销")).to_have_count(0)
    witness(page, house, "fenguan")
    expect(page.locator("main")).to_contain_text("等待期")
    assert len(kept(house)) == 3


def witness(page: Page, house: Served, login: str) -> None:
    page.goto(f"{house.url}/disposal/")
    page.locator("#results tbody a").first.click()
    page.get_by_label("本人登录口令").fill(PASSWORDS.get((house.url, login), PASSWORD))
    page.get_by_role("button", name="确认监销").click()


def kept(house: Served) -> list[Path]:
    return list((house.data / "vault").rglob("*.mp4"))


def test_5_a_week_later_two_witness_it_and_the_originals_are_gone(page, house, ahead):
    two_years(house.data, "live", "8")
    ahead.write_text("8")
    for login, told in (("fenguan", "等待另一名监销人"), ("caiwu", "两名监销人均已确认")):
        page.context.clear_cookies()
        sign_in(page, house.url, login)
        todo(page, "清册待监销")
        witness(page, house, login)
        expect(page.locator("main")).to_contain_text(told)
    done = page.locator(".page-title", has_text="已销毁")
    for _ in range(60):
        page.reload()
        if done.count():
            break
        page.wait_for_timeout(500)
    expect(done).to_be_visible()
    assert len(kept(house)) == 1


def test_6_register_and_certificate_are_printed(page, house):
    sign_in(page, house.url, "baoguan")
    page.goto(f"{house.url}/disposal/?tab=all")
    page.locator("#results tbody a").first.click()
    page.get_by_role("link", name="打印清册").click()
    register = text_of(page.pdf(prefer_css_page_size=True))
    assert "音像资料销毁清册" in register
    assert all(name in register for name in ("周文保", "方法制", "郑局长", "林分管", "蔡会计"))
    assert "执行完毕" in register
    page.go_back()
    page.get_by_role("link", name="销毁证明").click()
    certificate = text_of(page.pdf(prefer_css_page_size=True))
    assert "音像资料销毁证明" in certificate
    assert "2 件" in certificate


def text_of(content: bytes) -> str:
    """Of a page as the printer gets it."""
    pages = pypdfium2.PdfDocument(io.BytesIO(content))
    return "".join(page.get_textpage().get_text_bounded() for page in pages)


def test_7_the_log_still_accounts_for_everything(house):
    answer = json.loads(liuhen(house.data, "-m", "liuhen.ops", "audit", "--json"))
    assert answer["ok"], answer
