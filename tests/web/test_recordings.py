"""The list of recordings."""

import base64
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.recordings.models import MediaKind
from liuhen.recordings.queries import PAGE_SIZE


def numbers(answer) -> list[str]:
    return [row.number for row in answer.context["page"].rows]


def several(count: int) -> None:
    for n in range(1, count + 1):
        factories.recording(f"2026-{n:06d}")


def test_newest_come_first(as_):
    several(2)
    assert numbers(as_("zhou").get("/recordings/")) == ["2026-000002", "2026-000001"]


def test_an_officer_sees_own_ones_only(as_):
    factories.recording("2026-000001")
    factories.recording("2026-000002", officer=factories.officer("other"))
    assert numbers(as_("li").get("/recordings/")) == ["2026-000001"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("words=000002", ["2026-000002"]),
        ("words=李执法", ["2026-000002", "2026-000001"]),
        ("kind=audio", ["2026-000002"]),
        ("unassigned=on", ["2026-000003"]),
        ("since=2026-01-06", []),
        ("until=2026-01-05&kind=audio", ["2026-000002"]),
        ("state=marked", []),
        ("since=yesterday&kind=nonsense", ["2026-000003", "2026-000002", "2026-000001"]),
    ],
)
def test_filters_narrow_the_list(as_, asked, found):
    factories.recording("2026-000001")
    factories.recording("2026-000002", kind=MediaKind.AUDIO)
    factories.unassigned("2026-000003")
    assert numbers(as_("zhou").get(f"/recordings/?{asked}")) == found


def test_pages_go_older_and_newer_again(as_):
    several(PAGE_SIZE + 1)
    browser = as_("zhou")
    first = browser.get("/recordings/")
    second = browser.get("/recordings/", {"cursor": first.context["page"].older})
    assert numbers(second) == ["2026-000001"]
    back = browser.get("/recordings/", {"cursor": second.context["page"].newer})
    assert numbers(back) == numbers(first)


def test_the_way_to_older_ones_keeps_the_filter(as_):
    several(PAGE_SIZE + 1)
    page = as_("zhou").get("/recordings/?kind=video").content.decode()
    assert "/recordings/?kind=video&amp;cursor=" in page


def test_htmx_gets_the_results_alone(as_):
    headers = {"HX-Request": "true", "HX-Target": "results"}
    answer = as_("zhou").get("/recordings/", headers=headers)
    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer.headers["Vary"]


def test_going_back_in_history_gets_the_page(as_):
    headers = {"HX-Request": "true", "HX-Target": "results", "HX-History-Restore-Request": "true"}
    assert "<html" in as_("zhou").get("/recordings/", headers=headers).content.decode()


def test_a_name_from_a_card_cannot_speak_html(as_):
    factories.recording(original_name=b"<script>alert(1)</script>.mp4")
    page = as_("zhou").get("/recordings/?layout=table").content.decode()
    assert "<script>alert" not in page


def test_a_name_that_turns_the_line_around_is_shown_for_what_it_is(as_):
    factories.recording(original_name="a\u202e4pm.exe".encode())
    page = as_("zhou").get("/recordings/?layout=table").content.decode()
    assert "\u202e" not in page
    assert "\\u{202e}" in page


def test_the_layout_is_remembered(as_):
    several(1)
    browser = as_("zhou")
    browser.get("/recordings/?layout=table")
    assert browser.get("/recordings/").context["layout"] == "table"


def test_an_empty_list_says_what_to_do_next(as_):
    assert 'href="/intake/"' in as_("zhou").get("/recordings/").content.decode()


@pytest.mark.parametrize("layout", ["grid", "table"])
def test_more_rows_cost_no_more_queries(as_, layout):
    browser = as_("zhou")

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            browser.get(f"/recordings/?layout={layout}")
        return len(asked)

    several(5)
    cost()
    few = cost()
    several(20)
    assert cost() == few


def test_dates_are_chinas(as_):
    # 2026-01-05 16:30 UTC is the 6th in China.
    factories.recording(recorded_at=factories.NOON + timedelta(hours=12, minutes=30))
    browser = as_("zhou")
    assert numbers(browser.get("/recordings/?since=2026-01-06")) == ["2026-000001"]
    assert numbers(browser.get("/recordings/?until=2026-01-05")) == []


@pytest.mark.parametrize(
    "asked",
    ["since=0001-01-01", "until=9999-12-31", "since=1899-12-31&until=3000-01-01", "words=%00"],
)
def test_days_beyond_all_calendars_are_left_out(as_, asked):
    several(1)
    assert numbers(as_("zhou").get(f"/recordings/?{asked}")) == ["2026-000001"]


@pytest.mark.parametrize(
    "cursor",
    [
        '[false, "0001-01-01T00:00:00+08:00", 1]',
        '[true, "9999-12-31T23:59:59-08:00", 1]',
        '[false, "2026-01-01T00:00:00+00:00", 1e400]',
        "[" * 5000,
    ],
)
def test_a_cursor_nobody_was_given_is_the_first_page(as_, cursor):
    several(1)
    token = base64.urlsafe_b64encode(cursor.encode()).decode()
    assert numbers(as_("zhou").get(f"/recordings/?cursor={token}")) == ["2026-000001"]


def test_what_fits_on_one_page_is_counted_without_a_second_search(as_):
    several(2)
    browser = as_("zhou")
    with CaptureQueriesContext(connection) as asked:
        assert browser.get("/recordings/?words=000001").context["page"].count == 1
    assert sum("recordings_pairs" in query["sql"] for query in asked) == 1
