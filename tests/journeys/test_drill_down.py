"""From the year's figures down to one recording: by the chart, by a figure, by its list."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from journeys.cards import card_of_clips
from journeys.served import run_inside, served
from journeys.signing_in import sign_in
from journeys.test_first_day import set_up
from journeys.test_viewing_chains import MAKE
from liuhen.kernel.clock import CHINA

pytestmark = [pytest.mark.journey, pytest.mark.slow]

CLIPS = 3
COUNTED = """
from liuhen.statistics import tallying
tallying.catch_up()
"""
BAR = """(place, name) => {
    const chart = window.echarts.getInstanceByDom(place);
    const index = chart.getOption().xAxis[0].data.indexOf(name);
    const value = chart.getOption().series[0].data[index];
    const [x, y] = chart.convertToPixel({seriesIndex: 0}, [index, value / 2]);
    return {x, y};
}"""
"""Where the chart draws the middle of the bar with this name."""


@pytest.fixture(scope="module")
def card(tmp_path_factory) -> Path:
    """Three clips of now: of the month and year the pages open with."""
    first, apart = datetime.now(CHINA), timedelta(seconds=5)
    return card_of_clips(tmp_path_factory.mktemp("card"), first, apart, clips=CLIPS)


def opens_the_year(page: Page, url: str) -> None:
    sign_in(page, url, "juzhang")
    page.goto(f"{url}/statistics/")
    page.locator("[name=length]").select_option("year")
    page.get_by_role("button", name="查询").click()
    expect(page).to_have_url(re.compile("length=year"))
    expect(figure(page, "音像资料")).to_contain_text(str(CLIPS))


def figure(page: Page, title: str):
    return page.locator(".tiles > *").filter(has_text=title).first


def clicks_this_month(page: Page, month: int) -> None:
    """On the bar itself: it leads to the month, which is made of the same recordings."""
    place = page.locator(".chart-grid .card").filter(has_text="资料数量").locator("[data-chart]")
    place.scroll_into_view_if_needed()
    at = place.evaluate(BAR, f"{month} 月")
    with page.expect_navigation():
        place.click(position=at)
    expect(page).to_have_url(re.compile("length=month"))
    expect(figure(page, "音像资料")).to_contain_text(str(CLIPS))


def clicks_the_unit(page: Page) -> None:
    page.locator(".figures-table").get_by_role("link", name="执法一中队").click()
    expect(page).to_have_url(re.compile("unit="))
    expect(page.locator(".figures-table")).to_contain_text("李明")


def opens_the_list(page: Page) -> None:
    figure(page, "音像资料").click()
    expect(page).to_have_url(re.compile("/statistics/list/.*figure=recordings"))
    expect(page.locator("#main")).to_contain_text(f"共 {CLIPS} 条")
    expect(page.locator("tbody tr")).to_have_count(CLIPS)


def takes_it_as_excel(page: Page, folder: Path) -> None:
    with page.expect_download() as given:
        page.get_by_role("link", name="导出 Excel").click()
    given.value.save_as(folder / "list.xlsx")
    rows = list(load_workbook(folder / "list.xlsx").active.iter_rows(values_only=True))
    shown = page.locator("tbody tr td:first-child").all_text_contents()
    assert [row[0] for row in rows[1:]] == [said.strip() for said in shown]


def opens_one_and_comes_back(page: Page) -> None:
    number = page.locator("tbody tr td:first-child").first.text_content().strip()
    page.locator("tbody tr a").first.click()
    expect(page.locator("h1")).to_contain_text(number)
    page.go_back()
    expect(page.locator("tbody tr")).to_have_count(CLIPS)


def test_from_the_years_figures_to_one_recording(page, tmp_path, card):
    with served(tmp_path / "data") as house:
        set_up(page, house.url, pack="chengde-safety")
        run_inside(house, MAKE.replace("{card}", str(card)) + COUNTED)
        page.context.clear_cookies()
        opens_the_year(page, house.url)
        clicks_this_month(page, datetime.now(CHINA).month)
        clicks_the_unit(page)
        opens_the_list(page)
        takes_it_as_excel(page, tmp_path)
        opens_one_and_comes_back(page)
