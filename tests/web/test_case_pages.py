"""Pages of cases: the list, opening, changing, closing, parties, papers."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

import factories
from cases.case_cast import RESIDENT, add, events, open_case, person, shop
from cases.paper_cast import PDF, keep
from liuhen.cases import documents
from liuhen.cases.models import ActivityRecording, Case, Document
from liuhen.web import upload_limit

NOON = factories.NOON


def said(**more) -> dict[str, object]:
    li, wang = factories.officer("li"), factories.officer("wang")
    return {
        "case_no": "卫罚(2026)7号",
        "name": "未公示案",
        "unit": factories.unit().pk,
        "opened_date": "2026-01-04",
        "lead": li.pk,
        "others": [wang.pk],
    } | more


def numbers(browser, **asked) -> list[str]:
    return [case.case_no for case in browser.get("/cases/", asked).context["page"].rows]


def pdf(name: str = "笔录.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_case_is_opened_on_its_page(as_):
    add(shop())
    answer = as_("li").post("/cases/open/", said(party="惠民餐饮店"))
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/cases/{case.pk}/"
    assert (case.case_no, case.parties.get().name) == ("卫罚〔2026〕7号", "惠民餐饮店")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"others": []}, "这个字段是必填项"),
        ({"party": "没有的店"}, "没有找到“没有的店”"),
        ({"case_no": " "}, "这个字段是必填项"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_, more, words):
    answer = as_("li").post("/cases/open/", said(**more))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "未公示案" in answer.content.decode()


def test_one_officer_alone_is_refused_with_the_law(as_):
    li = factories.officer("li")
    answer = as_("li").post("/cases/open/", said(others=[li.pk]))
    assert "第四十二条" in answer.content.decode()


def test_two_parties_of_one_name_are_told_apart_by_number(as_):
    one, two = add(shop()), add(shop())
    answer = as_("li").post("/cases/open/", said(party="惠民餐饮店"))
    assert f"#{one.pk}" in answer.content.decode()
    as_("li").post("/cases/open/", said(party=f"#{two.pk}"))
    assert Case.objects.get().parties.get() == two


def test_the_filter_finds(as_):
    open_case(parties=[(add(shop()), "party")])
    closed = factories.case("卫罚〔2025〕1号", closed_date=NOON.date())
    browser = as_("zhou")
    assert numbers(browser, words="惠民") == ["卫罚〔2026〕7号"]
    assert numbers(browser, words="(2026)7号") == ["卫罚〔2026〕7号"]
    assert numbers(browser, state="closed") == [closed.case_no]
    assert numbers(browser, since="2027-01-01") == []
    assert len(numbers(browser, unit=factories.unit().pk)) == 2


def test_htmx_gets_the_results_alone(as_):
    answer = as_("zhou").get("/cases/", headers={"HX-Request": "true", "HX-Target": "results"})
    assert answer.content.decode().startswith('<section id="results"')


def test_the_list_costs_as_many_queries_for_many_cases_as_for_one(as_):
    browser = as_("zhou")

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/cases/").status_code == 200
        return len(asked)

    open_case("1号", parties=[(add(shop("甲")), "party")])
    cost()
    once = cost()
    for n in range(2, 6):
        open_case(f"{n}号", parties=[(add(shop(f"店{n}")), "party")])
    assert cost() == once


def test_the_list_leaves_as_an_excel_file(as_):
    open_case(parties=[(add(shop("=店")), "party")], term="P10Y")
    answer = as_("zhou").get("/cases/export/")
    rows = list(load_workbook(io.BytesIO(b"".join(answer))).active.values)
    assert rows[1][:5] == ("卫罚〔2026〕7号", "未公示卫生许可证案", "=店", "李执法", "王科长")
    assert rows[1][8] == "10年"


def test_a_cases_page_shows_it_all_and_no_whole_number(as_):
    party = add(person(id_kind="resident", id_no=RESIDENT))
    case = open_case(parties=[(party, "party")])
    activity = factories.activity(case=case)
    recording = factories.recording()
    ActivityRecording.objects.create(
        activity=activity, recording=recording, was_proposed=False, linked_at=NOON,
        linked_by=case.added_by,
    )  # fmt: skip
    keep(case=case, title="现场检查笔录")
    shown = as_("li").get(f"/cases/{case.pk}/").content.decode()
    for words in ("张三", "130***********1233", activity.number, recording.number, "现场检查笔录"):
        assert words in shown
    assert RESIDENT not in shown


def test_a_cases_page_costs_the_same_whatever_is_in_it(as_):
    browser, case = as_("li"), open_case()

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/cases/{case.pk}/").status_code == 200
        return len(asked)

    keep(case=case, title="一")
    factories.activity("HD-2026-000001", case=case)
    cost()
    once = cost()
    for n in range(2, 6):
        keep(PDF + bytes([n]), case=case, title=f"笔录{n}")
        factories.activity(f"HD-2026-00000{n}", case=case)
    assert cost() == once


def test_a_case_is_changed_closed_and_opened_again(as_):
    case, browser = open_case(), as_("li")
    browser.post(f"/cases/{case.pk}/edit/", said(name="改名案"))
    browser.post(f"/cases/{case.pk}/close/", {"closed_date": "2026-01-05", "term": "P30Y"})
    case.refresh_from_db()
    assert (case.name, case.term, str(case.closed_date)) == ("改名案", "P30Y", "2026-01-05")
    browser.post(f"/cases/{case.pk}/reopen/", {"reason": "补充调查"})
    assert events(f"case:{case.pk}")[1:] == ["case.changed", "case.closed", "case.reopened"]


def test_a_refusal_stands_in_its_form(as_):
    case = open_case()
    answer = as_("li").post(
        f"/cases/{case.pk}/close/", {"closed_date": "2025-01-01", "term": "P3Y"}
    )
    assert answer.status_code == 422
    assert "早于立案日期" in answer.content.decode()


def test_parties_come_and_go_on_the_page(as_):
    case, party, browser = open_case(), add(shop()), as_("li")
    browser.post(f"/cases/{case.pk}/parties/", {"party": "惠民餐饮店", "part": "witness"})
    entry = case.case_parties.get()
    assert (entry.party, entry.part) == (party, "witness")
    browser.post(f"/cases/{case.pk}/parties/{entry.pk}/remove/")
    assert not case.case_parties.exists()


def test_who_only_sees_a_case_finds_no_buttons(as_):
    case = open_case()
    factories.activity("HD-2026-000001", "bai", case=case)
    shown = as_("bai").get(f"/cases/{case.pk}/").content.decode()
    assert "/close/" not in shown
    assert "/documents/add/" not in shown
    assert as_("bai").post(f"/cases/{case.pk}/close/", {}).status_code == 403


def test_papers_are_handed_in_several_at_once_each_under_its_name(as_):
    case = open_case()
    sent = {"files": [pdf("一.pdf"), pdf("二.pdf", PDF + b"2")], "kind": "evidence", "title": "x"}
    answer = as_("li").post(f"/documents/add/?case={case.pk}", sent)
    assert answer.headers["Location"] == f"/cases/{case.pk}/"
    assert sorted(Document.objects.values_list("title", flat=True)) == ["一", "二"]


def test_what_is_refused_is_named_and_the_rest_is_kept(as_):
    case = open_case()
    sent = {"files": [pdf("一.pdf"), pdf("假.pdf", b"<html>")], "kind": "evidence"}
    answer = as_("li").post(f"/documents/add/?case={case.pk}", sent)
    assert answer.status_code == 422
    assert "假.pdf：文件不是可保存的文书格式" in answer.content.decode()
    assert Document.objects.get().title == "一"


def test_a_file_past_the_limit_is_not_even_spooled(as_, monkeypatch):
    case = open_case()
    monkeypatch.setattr(upload_limit, "MOST_MIB", 0)
    sent = {"files": [pdf()], "kind": "evidence"}
    answer = as_("li").post(f"/documents/add/?case={case.pk}", sent)
    assert answer.status_code == 422
    assert f"超过 {documents.MOST_MIB} MB" in answer.content.decode()
    assert not Document.objects.exists()


def test_a_paper_is_opened_with_its_own_type_and_nothing_runs(as_):
    paper = keep()
    answer = as_("zhou").get(f"/documents/{paper.pk}/")
    assert b"".join(answer) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert events(f"document:{paper.pk}")[-1] == "document.opened"


def test_a_paper_a_browser_does_not_show_is_saved(as_):
    paper = keep("情况".encode(), "说明.txt")
    answer = as_("zhou").get(f"/documents/{paper.pk}/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    b"".join(answer)


def test_a_paper_is_withdrawn_with_a_reason(as_):
    paper, browser = keep(), as_("li")
    browser.post(f"/documents/{paper.pk}/withdraw/", {})
    assert events(f"document:{paper.pk}") == ["document.added"]
    browser.post(f"/documents/{paper.pk}/withdraw/", {"reason": "传错"})
    assert "传错" in browser.get(f"/cases/{paper.case_id}/").content.decode()


@pytest.mark.parametrize("sent", ["case=²", "party=²", "case=%00", "activity=%00"])
def test_papers_of_what_is_no_number_go_nowhere(as_, sent):
    assert as_("li").get(f"/documents/add/?{sent}").status_code < 500
