"""Intakes: the list and one of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.recordings.models import BatchState, ItemState

PAGE = "/batches/b1/"


def body(answer) -> str:
    return answer.content.decode()


def test_a_running_intake_asks_again_each_second(as_):
    factories.batch(state=BatchState.RUNNING, total_bytes=100, done_bytes=40, finished_at=None)
    page = body(as_("zhou").get(PAGE))
    assert 'hx-trigger="every 1s"' in page
    assert 'value="40"' in page


def test_a_finished_one_has_the_page_loaded_again(as_):
    factories.batch()
    assert as_("zhou").get(f"{PAGE}progress/").headers["HX-Refresh"] == "true"


def test_a_left_out_file_says_why(as_):
    factories.item(factories.batch(), b"Thumbs.db", state=ItemState.LEFT_OUT, reason="system_file")
    assert "系统文件，不是音像资料" in body(as_("zhou").get(PAGE))


def test_a_stopped_intake_says_what_to_do(as_):
    factories.batch(state=BatchState.STOPPED, problem="store_full")
    assert "扩充后重新采集即可" in body(as_("zhou").get(PAGE))


def test_an_upload_is_called_one_and_speaks_of_no_card(as_):
    factories.item(factories.batch(source=["upload:5f0c"], clear_source=True), cleared=True)
    page = body(as_("zhou").get(PAGE))
    assert "浏览器上传" in page
    assert "5f0c" not in page
    assert "卡上已清除" not in page


def test_a_duplicate_says_where_it_is(as_):
    made = factories.recording()
    factories.item(factories.batch(), state=ItemState.DUPLICATE, recording=made)
    assert f'href="/recordings/{made.number}/"' in body(as_("zhou").get(PAGE))


def test_a_keeper_reads_the_number_without_a_way_to_the_recording(as_):
    made, kong = factories.recording(), factories.officer("kong")
    factories.item(factories.batch(by=kong), recording=made)
    page = body(as_(kong).get(PAGE))
    assert made.number in page
    assert f"/recordings/{made.number}/" not in page


def test_items_can_be_seen_by_state(as_):
    batch = factories.batch()
    factories.item(batch, b"good.mp4")
    factories.item(batch, b"bad.mp4", state=ItemState.UNREADABLE, reason="io_error")
    page = body(as_("zhou").get(f"{PAGE}?state=unreadable"))
    assert "bad.mp4" in page
    assert "good.mp4" not in page


@pytest.mark.parametrize("page", [PAGE, f"{PAGE}progress/"])
def test_an_officer_does_not_follow_the_custodians_intakes(as_, page):
    factories.batch()
    assert as_("li").get(page).status_code == 404


def test_more_items_cost_no_more_queries(as_):
    batch, browser = factories.batch(), as_("zhou")

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            browser.get(path)
        return len(asked)

    def add(first: int, last: int) -> None:
        for n in range(first, last):
            made = factories.recording(f"2026-{n:06d}")
            factories.item(batch, recording=made)
            factories.batch(f"other{n}")

    add(1, 6)
    cost(PAGE)  # a session's first page costs more
    few = cost(PAGE), cost("/batches/")
    add(6, 21)
    assert (cost(PAGE), cost("/batches/")) == few
