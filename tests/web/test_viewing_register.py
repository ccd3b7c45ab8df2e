"""调阅登记簿 and 执法信息调阅单: read, printed, as PDF and Excel."""

import io
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from viewing_cast import COURT, asked, everybody, film, today

import factories
from liuhen.access import viewing
from liuhen.access.models import Viewing
from liuhen.recordings import secrecy
from liuhen.web.access_slips import HEADS
from web.pdf_text import text_of

WAY = "/viewing/register/"
FIELDS = (
    *("执法信息调阅单", "申请人", "单位", "证件号", "资料编号", "方式", "事由", "起止时间"),
    *("审核人", "批准人", "保管人登记", "调阅函", "有效证件"),
)


@pytest.fixture
def cast(bureau) -> None:
    everybody()


def looked(login: str = "wang", number: str = "2026-000001", *, to: str | None = "") -> Viewing:
    """By a grant; `to` None: shown to the outsider of the request."""
    whose = factories.officer(login) if to is not None else None
    factories.grant(film(number), whose)
    by = factories.officer(login)
    viewing.open_recording(number, by=by, at=timezone.now())
    return Viewing.objects.latest("pk")


def rows(answer) -> list[Viewing]:
    return list(answer.context["page"].rows)


def cells(answer) -> list[tuple]:
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    return list(sheet.iter_rows(values_only=True))


def test_it_fills_itself_and_says_why(as_, cast):
    made = looked()
    page = as_("zhou").get(WAY)
    assert rows(page) == [made]
    said = page.content.decode()
    for words in ("王科长", "2026-000001", made.grant.request.number, "案件研判"):
        assert words in said


def test_an_outsider_stands_in_it_with_who_showed_it(as_, cast):
    looked("zhou", to=None)
    assert "某县人民法院 张法官（周保管出示）" in as_("zhou").get(WAY).content.decode()


@pytest.mark.parametrize("login", ["li", "wang", "kong", "sun", "an", "shen"])
def test_who_does_not_keep_it_does_not_read_it(as_, cast, login):
    for way in ("", "print/", "pdf/", "export/"):
        assert as_(login).get(WAY + way).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [("words=王科长", 1), ("words=2026-000001", 1), ("words=无此", 0), ("for_outsiders=on", 0)],
)
def test_it_is_searched(as_, cast, query, found):
    looked()
    assert len(rows(as_("zhou").get(f"{WAY}?{query}"))) == found


def test_by_day_and_by_person(as_, cast):
    looked()
    day, browser = today(), as_("zhou")
    wang, li = factories.officer("wang").pk, factories.officer("li").pk
    assert len(rows(browser.get(f"{WAY}?since={day}&until={day}&viewer={wang}"))) == 1
    assert rows(browser.get(f"{WAY}?until={day - timedelta(days=1)}")) == []
    assert rows(browser.get(f"{WAY}?viewer={li}")) == []


@pytest.mark.enforces("access", article="neiqiu-health:18")
def test_printed_it_is_the_books_form(as_, cast):
    looked()
    page = as_("zhou").get(f"{WAY}print/").content.decode()
    for said in ("执法信息调阅登记簿", "单位：某县卫健局", *HEADS, "王科长", "案件研判"):
        assert said in page


def test_as_pdf_it_says_the_same(as_, cast):
    looked()
    file = as_("zhou").get(f"{WAY}pdf/")
    assert file.headers["Content-Type"] == "application/pdf"
    assert "执法信息调阅登记簿-" in unquote(file.headers["Content-Disposition"])
    text = text_of(file)
    for said in ("执法信息调阅登记簿", "单位：某县卫健局", *HEADS, "王科长", "案件研判"):
        assert said in text


def test_as_excel_every_line_is_there(as_, cast):
    looked(), looked(number="2026-000002")
    head, *lines = cells(as_("zhou").get(f"{WAY}export/"))
    assert head == HEADS[1:]
    assert [line[3] for line in lines] == ["2026-000001", "2026-000002"]


def test_it_speaks_chinese_to_whoever_reads_it(as_, cast):
    looked()
    browser = as_("zhou")
    browser.cookies["django_language"] = "en"
    assert "执法信息调阅登记簿" in text_of(browser.get(f"{WAY}pdf/"))


def test_what_is_secret_stays_out_of_who_may_not_know(as_, cast):
    made = looked()
    state = secrecy.Secret("state")
    by = factories.officer("fa")
    secrecy.mark(made.recording, state, reason="线索", by=by, at=timezone.now())
    assert len(rows(as_("zhou").get(WAY))) == 1
    assert rows(as_("du").get(WAY)) == []


def test_another_bureaus_looks_are_not_in_it(as_, cast):
    looked()
    far = factories.stranger("far", factories.Role.CUSTODIAN)
    assert rows(as_(far).get(WAY)) == []


def test_a_longer_book_asks_no_more_of_the_database(as_, cast):
    browser = as_("zhou")

    def cost() -> int:
        with CaptureQueriesContext(connection) as made:
            browser.get(WAY)
        return len(made)

    looked()
    cost()
    few = cost()
    for n in range(2, 9):
        looked(number=f"2026-00000{n}")
    assert cost() == few


@pytest.mark.parametrize("way", ["print/", "pdf/"])
def test_the_viewing_form_has_its_fields(as_, cast, way):
    factories.follow("chengde-safety")
    made = asked(film(), by="zhou", kind="official")
    answer = as_("zhou").get(f"/viewing/{made.number}/{way}")
    text = text_of(answer) if way == "pdf/" else answer.content.decode()
    for said in (*FIELDS, COURT.organ, COURT.letter_no, "2026-000001", made.number):
        assert said in text


@pytest.mark.parametrize(
    ("comment", "said"),
    [("限本案使用", "同意。限本案使用。"), ("同意查看。", "同意查看。"), ("", "同意。")],
)
def test_the_form_carries_what_was_decided_and_registered(as_, cast, comment, said):
    made = looked().grant.request
    made.steps.create(
        round=1, position=1, posts="bureau_head", act="approve", decision="approved",
        decided_by=factories.officer("qian"), decided_at=timezone.now(), comment=comment,
    )  # fmt: skip
    text = text_of(as_("zhou").get(f"/viewing/{made.number}/pdf/"))
    for words in (f"单位主要负责人意见{said}", "钱局长", "2026-000001"):
        assert words in text
