"""The usage ledger: who had which device when, and what was recorded."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

import factories
from devices.device_cast import hand_out, take_back
from factories import NOON
from liuhen.devices import ledger
from liuhen.devices.models import Checkout


def uses(n: int) -> list[Checkout]:
    """One a day, each returned."""
    made = []
    for day in range(n):
        when = NOON + timedelta(days=day)
        made.append(take_back(hand_out(when=when), when=when + timedelta(hours=4)))
    return made


@pytest.mark.enforces("ledger", article="jiaxian-health:4")
def test_the_ledger_says_user_times_and_what_was_recorded(as_):
    [use] = uses(1)
    for n, kind in enumerate(("video", "video", "photo"), 1):
        factories.recording(f"2026-00000{n}", checkout=use, kind=kind, duration_seconds=90)
    page = as_("kong").get("/devices/ledger/").content.decode()
    assert "李执法" in page
    assert "2026-01-05 12:00:00" in page
    assert "视频2段、照片1张，共4:30" in page


@pytest.mark.enforces("ledger", article="jiaxian-health:4")
def test_the_printed_ledger_has_lines_to_sign_on(as_):
    uses(2)
    page = as_("kong").get("/devices/ledger/print/").content.decode()
    assert page.index("2026-01-05") < page.index("2026-01-06")  # as a book is kept
    for head in (
        "设备编号",
        "使用人员",
        "领出时间",
        "归还时间",
        "记录内容",
        "使用人签字",
        "管理员签字",
    ):
        assert head in page


def test_pages_follow_one_another(as_):
    made = uses(ledger.PAGE_SIZE + 2)
    browser = as_("kong")
    first = browser.get("/devices/ledger/").context["page"]
    second = browser.get("/devices/ledger/", {"cursor": first.older}).context["page"]
    assert [row.pk for row in first.rows + second.rows] == [row.pk for row in reversed(made)]
    back = browser.get("/devices/ledger/", {"cursor": second.newer}).context["page"]
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]
    assert (first.newer, second.older) == (None, None)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"since": "2026-01-06"}, 2),
        ({"until": "2026-01-05"}, 1),
        ({"since": "2026-01-06", "until": "2026-01-06"}, 1),
        ({"device_no": "zf-001"}, 3),
        ({"device_no": "ZF-002"}, 0),
        ({"is_out": "on"}, 0),
        ({"since": "gestern", "unit": "999", "officer": "x"}, 3),
    ],
)
def test_what_the_filters_find(as_, asked, found):
    uses(3)
    assert len(as_("kong").get("/devices/ledger/", asked).context["lines"]) == found


def test_an_officer_sees_the_own_uses_alone(as_):
    hand_out(to="li")
    hand_out(factories.device("ZF-002"), to=factories.officer("chen", unit=factories.unit("二科")))
    lines = as_("li").get("/devices/ledger/").context["lines"]
    assert [line.checkout.officer.login for line in lines] == ["li"]


def test_a_unit_head_sees_the_units(as_):
    hand_out(to="li")
    hand_out(factories.device("ZF-002"), to=factories.officer("chen", unit=factories.unit("二科")))
    lines = as_("wang").get("/devices/ledger/").context["lines"]
    assert [line.checkout.officer.login for line in lines] == ["li"]


def test_the_list_asks_no_more_for_more(as_, django_assert_max_num_queries):
    uses(20)
    browser = as_("kong")
    with django_assert_max_num_queries(13):
        browser.get("/devices/ledger/")


def test_the_export_is_the_filtered_ledger(as_):
    uses(2)
    answer = as_("kong").get("/devices/ledger/export/", {"until": "2026-01-05"})
    rows = list(load_workbook(io.BytesIO(b"".join(answer))).active.values)
    assert rows[0][:4] == ("设备编号", "使用人员", "科室", "领出时间")
    assert [row[0] for row in rows[1:]] == ["ZF-001"]


def test_a_long_book_is_exported_as_a_whole(as_, monkeypatch):
    monkeypatch.setattr("liuhen.web.ledger_text.LINES_AT_ONCE", 2)
    uses(5)
    answer = as_("kong").get("/devices/ledger/export/")
    rows = list(load_workbook(io.BytesIO(b"".join(answer))).active.values)
    assert len(rows) == 1 + 5


def test_a_book_too_long_for_one_file_is_refused_not_cut(as_, monkeypatch):
    monkeypatch.setattr("liuhen.web.sheets.MOST_ROWS", 1)
    uses(2)
    answer = as_("kong").get("/devices/ledger/export/")
    assert answer.context["refusal"].code == "web.too_many_to_export"


def test_what_is_still_out_is_listed_longest_first(as_):
    hand_out(factories.device("ZF-002"), when=NOON + timedelta(days=1))
    hand_out(to=factories.officer("wang"))
    rows = as_("kong").get("/devices/out/").context["page"]
    assert [row.device.device_no for row in rows] == ["ZF-001", "ZF-002"]


def test_one_signs_for_the_own_device(as_):
    use = hand_out()
    browser = as_("li")
    assert "确认领用" in browser.get("/devices/mine/").content.decode()
    browser.post(f"/checkouts/{use.pk}/sign/")
    use.refresh_from_db()
    assert use.user_signed_at
    assert "领用已确认" in browser.get("/devices/mine/").content.decode()


def test_one_uses_page_tells_all(as_):
    use = take_back(hand_out(shows="20:03:00"), shows="00:03:04")
    page = as_("kong").get(f"/checkouts/{use.pk}/").content.decode()
    assert "快 8小时03分" in page
    assert "设备能正常使用" in page
