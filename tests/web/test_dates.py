"""Lists that nothing but days narrows: the page and its Excel file go by the same ones."""

import io
from datetime import UTC, datetime

import pytest
from lists_filled import fill
from openpyxl import load_workbook

from liuhen.access.models import Extraction
from liuhen.cases.models import Aside
from liuhen.recordings.models import IntakeBatch
from liuhen.supervision.models import DailyCheck, Lookback

EARLIER = datetime(2026, 3, 1, 4, tzinfo=UTC)
LAST_MINUTE = datetime(2026, 3, 9, 15, 59, tzinfo=UTC)
"""Of the ninth of March, in China."""

LISTS = [
    ("zhou", "/batches/", IntakeBatch, "asked_at"),
    ("zhou", "/extractions/", Extraction, "made_at"),
    ("zhou", "/loose/asides/", Aside, "set_at"),
    ("wang", "/daily-check/", DailyCheck, "checked_at"),
    ("fa", "/playback/", Lookback, "looked_at"),
]
lists = pytest.mark.parametrize(("who", "way", "model", "instant"), LISTS)


@pytest.fixture
def alone(bureau, as_):
    """The last minute of a day for one row of a list, and an earlier day for the others."""

    def made(model, instant):
        fill()
        model.objects.update(**{instant: EARLIER})
        last = model.objects.order_by("pk").last()
        model.objects.filter(pk=last.pk).update(**{instant: LAST_MINUTE})
        return last

    return made


def shown(browser, address: str) -> list:
    page = browser.get(address).context["page"]
    return list(page.rows if hasattr(page, "rows") else page)


def filed(browser, address: str) -> int:
    content = b"".join(browser.get(address))
    return load_workbook(io.BytesIO(content)).worksheets[0].max_row - 1


@lists
def test_page_and_file_have_the_days_asked_for_both_included(as_, alone, who, way, model, instant):
    last, browser = alone(model, instant), as_(who)
    everything = len(shown(browser, way))
    for asked, n, has_last in (
        ("?since=2026-03-09&until=2026-03-09", 1, True),
        ("?since=2026-03-10", 0, False),
        ("?until=2026-03-08", everything - 1, False),
    ):
        rows = shown(browser, way + asked)
        assert (len(rows), filed(browser, f"{way}export/{asked}")) == (n, n)
        assert (last in rows) == has_last


@lists
def test_an_empty_stretch_says_that_nothing_matches(as_, alone, who, way, model, instant):
    alone(model, instant)
    assert "没有符合条件的记录" in as_(who).get(f"{way}?since=2027-01-01").content.decode()


@lists
def test_what_is_no_date_is_said_beside_the_field_and_hides_nothing(
    as_, alone, who, way, model, instant
):
    alone(model, instant)
    browser = as_(who)
    page = browser.get(f"{way}?since=2026-13-99")
    assert "输入一个有效的日期" in page.content.decode()
    assert len(shown(browser, f"{way}?since=2026-13-99")) == len(shown(browser, way))


def test_links_beside_a_refused_playback_lead_to_the_page(alone, as_):
    alone(Lookback, "looked_at")
    refused = as_("fa").post("/playback/enter/", {"number": ""})
    assert refused.status_code == 422
    assert 'href="/playback/?no=' in refused.content.decode()


def test_days_can_be_asked_for_beside_an_entry_that_was_refused(as_, bureau):
    browser = as_("wang")
    refused = browser.post("/daily-check/enter/", {"unit": "999999"})
    assert refused.status_code == 422
    assert 'action="/daily-check/" role="search"' in refused.content.decode()
