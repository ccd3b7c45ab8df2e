"""Full texts and working days, up and down."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import factories
from liuhen.regulations.models import Adoption, CalendarDay, FullText

TEXT = "第一条 为了规范。\n第二条 本规定。\n第九十九条 多出来的。\n"


def upload(browser, content: bytes = TEXT.encode(), name: str = "制度全文.txt"):
    return browser.post("/rules/texts/add/", {"file": SimpleUploadedFile(name, content)})


def test_a_text_is_uploaded_and_its_gaps_are_told(as_):
    browser = as_("fa")
    assert upload(browser).headers["Location"].startswith("/rules/texts/")
    shown = browser.get("/rules/texts/").content.decode()
    assert "识别出 3 条" in shown
    assert "本系统没有：第九十九条" in shown
    assert "文中未找到：第三条" in shown


def test_a_text_is_handed_out_as_it_came_and_never_as_a_page(as_):
    upload(as_("fa"), b"<script>alert(1)</script>")
    answer = as_("li").get(f"/rules/texts/{FullText.objects.get().pk}/")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")


def test_another_bureaus_text_is_not_there(as_):
    upload(as_("fa"))
    path = f"/rules/texts/{FullText.objects.get().pk}/"
    assert as_(factories.stranger()).get(path).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"MZ", "a.exe", "只接受"),
        (b"x" * ((5 << 20) + 1), "a.txt", "超过 5 MB"),
        (b"", "a.txt", "空"),
    ],
)
def test_what_is_refused_is_said_on_the_page(as_, content, name, said):
    answer = upload(as_("fa"), content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_text_of_another_regulation_followed_has_its_own_list(as_, bureau):
    Adoption.objects.create(
        agency=bureau, pack_id="luohe-livestock", from_date=date(2090, 1, 1),
        adopted_at=factories.NOON,
    )  # fmt: skip
    sent = {"file": SimpleUploadedFile("新.txt", TEXT.encode()), "pack": "luohe-livestock"}
    browser = as_("fa")
    browser.post("/rules/texts/add/", sent)
    assert FullText.objects.get().pack_id == "luohe-livestock"
    assert "新.txt" in browser.get("/rules/texts/?pack=luohe-livestock").content.decode()
    assert "新.txt" not in browser.get("/rules/texts/?pack=nowhere").content.decode()


def test_an_upload_without_a_file_is_asked_for_one(as_):
    assert as_("fa").post("/rules/texts/add/").status_code == 422


def test_the_list_reads_no_files(as_, django_assert_max_num_queries):
    for _n in range(5):
        upload(as_("fa"))
    browser = as_("li")
    with django_assert_max_num_queries(12) as asked:
        browser.get("/rules/texts/")
    assert not any('"content"' in query["sql"] for query in asked.captured_queries)


def days(browser, text: str):
    content = ("日期,是否工作日,说明\n" + text).encode()
    return browser.post("/rules/calendar/import/", {"file": SimpleUploadedFile("d.csv", content)})


def test_days_are_imported_and_listed_with_both_sources(as_):
    browser = as_("an")
    assert days(browser, "2026-03-02,否,局庆\n").headers["Location"] == "/rules/calendar/"
    shown = as_("li").get("/rules/calendar/?year=2026").content.decode()
    assert "局庆" in shown
    assert "春节" in shown


def test_bad_rows_are_named_and_none_is_taken(as_):
    answer = days(as_("an"), "2026-03-02,否,\n2026-13-01,是,\n")
    assert answer.status_code == 422
    assert "第 3 行" in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_the_template_is_a_file(as_):
    answer = as_("fa").get("/rules/calendar/template/")
    assert answer.content.startswith(b"PK")
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("year", "status"),
    [("2026", 200), ("2100", 200), ("1999", 404), ("x", 404), ("²", 404), ("99999", 404)],
)
def test_years_there_are(as_, year, status):
    assert as_("li").get("/rules/calendar/", {"year": year}).status_code == status


def test_a_year_not_yet_announced_is_said_to_be_so(as_):
    assert "国务院办公厅" in as_("li").get("/rules/calendar/?year=2090").content.decode()
