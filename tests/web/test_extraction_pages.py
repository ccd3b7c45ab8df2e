"""Pages of evidence: exhibits on a case's page, taking evidence out, the package, the note."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from access.extraction_cast import case, cut_now, film, loose, stretch, take_out
from liuhen.access.models import Extraction
from liuhen.cases.models import Exhibit
from people.told import kinds

NOON = factories.NOON


@pytest.fixture(autouse=True)
def no_approval_wanted(bureau):
    factories.follow("chengde-safety")


def said(*picked, **more) -> dict[str, object]:
    boxes = {f"pick_{one.pk}": "on" for one in picked}
    facts = {"proves": "未公示", "summary": "0:10 检查", "witness": factories.officer("wang").pk}
    facts |= {"copies": 2, "place": "局", "original_place": "库", "why_copy": "留存"}
    return boxes | facts | {"method": "现场录制"} | more


def new(browser, *picked, **more):
    return browser.post(f"/extractions/new/?case={case().pk}", said(*picked, **more))


def test_the_cases_recordings_are_offered_and_what_is_picked_goes_out(as_):
    one, other = film(1), film(2)
    offered = as_("li").get(f"/extractions/new/?case={case().pk}").content.decode()
    assert one.number in offered
    answer = new(as_("li"), other)
    made = Extraction.objects.get()
    assert answer.headers["Location"] == f"/extractions/{made.number}/"
    assert [item.recording for item in made.items.all()] == [other]


def test_one_comes_from_a_recording_with_its_case_known(as_):
    film()
    page = as_("li").get("/extractions/new/?recording=2026-000001")
    assert page.context["case"] == case()
    assert page.context["form"].initial[f"pick_{film().pk}"]


def test_a_recording_of_no_case_is_asked_for_which(as_):
    one = loose()
    case()
    browser = as_("li")
    page = browser.get("/extractions/new/?recording=2026-000001")
    assert "为哪个案件提取" in page.content.decode()
    wrong = browser.get("/extractions/new/?recording=2026-000001&case_no=没有")
    assert (wrong.status_code, "没有这个案号" in wrong.content.decode()) == (422, True)
    right = browser.get("/extractions/new/?recording=2026-000001&case_no=内卫罚(2026)1号")
    assert "没有归入案件" in right.content.decode()
    assert right.context["form"].recordings == []
    assert right.context["case"] == case()
    assert one.number in right.content.decode()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"witness": ""}, "这个字段是必填项"),
        ({"copies": 99}, "20"),
        ({"proves": " "}, "这个字段是必填项"),
        ({"from_": "x"}, "请按“分:秒”"),
        ({"from_": "0:50", "until_": "0:10"}, "节选起止时间不对"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_, more, words):
    one = film()
    told = {f"{k}{one.pk}" if k.endswith("_") else k: v for k, v in more.items()}
    answer = new(as_("li"), one, **told)
    page = answer.content.decode()
    assert (answer.status_code, words in page, "0:10 检查" in page) == (422, True, True)


def test_nothing_picked_is_said(as_):
    film()
    assert "没有选择音像资料" in new(as_("li")).content.decode()


def test_a_stretch_is_read_as_a_player_shows_it(as_):
    one = film()
    new(as_("li"), one, **{f"from_{one.pk}": "0:05", f"until_{one.pk}": "0：30.5"})
    item = Extraction.objects.get().items.get()
    assert (float(item.asked_from), float(item.asked_until)) == (5, 30.5)


def test_while_it_is_cut_the_page_asks_again_and_says_when_it_failed(as_):
    made = take_out(pieces=[stretch(film(), "1", "9")])
    browser = as_("li")
    part = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "state"}
    assert b"every 2s" in browser.get(f"/extractions/{made.number}/", **part).content
    cut_now(made)
    assert browser.get(f"/extractions/{made.number}/", **part).headers["HX-Refresh"] == "true"
    told = browser.get(f"/extractions/{made.number}/").content.decode()
    assert ("every 2s" in told, "节选未能截取" in told) == (False, True)


def test_the_package_comes_as_one_zip_of_known_length(as_):
    made = take_out(film())
    answer = as_("li").post(f"/extractions/{made.number}/package/")
    content = b"".join(answer.streaming_content)
    assert int(answer.headers["Content-Length"]) == len(content)
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "ZJ-2026-000001 证据包/index.html" in names
    assert kinds("extraction:ZJ-2026-000001")[-1] == "evidence.package_taken"


def test_the_note_comes_as_pdf(as_):
    made = take_out(film())
    answer = as_("wang").get(f"/extractions/{made.number}/note/")
    assert answer.content.startswith(b"%PDF")
    assert kinds("extraction:ZJ-2026-000001") == ["evidence.extracted"]


def test_where_an_approval_is_wanted_it_is_said_before_anybody_types(as_):
    factories.follow("weidong-market")
    film()
    page = as_("li").get(f"/extractions/new/?case={case().pk}").content.decode()
    assert "须经法制机构批准" in page
    assert f"/viewing/ask/?case={case().pk}&amp;kind=evidence" in page


def test_an_exhibit_is_entered_and_withdrawn_on_the_cases_page(as_):
    film()
    browser, path = as_("li"), f"/cases/{case().pk}/exhibits/"
    browser.post(path, {"recording": "2026-000001", "proves": "未公示"})
    made = Exhibit.objects.get()
    assert "未公示" in browser.get(f"/cases/{case().pk}/").content.decode()
    assert "作为证据" in browser.get("/recordings/2026-000001/").content.decode()
    browser.post(f"{path}{made.pk}/withdraw/", {"reason": "选错"})
    made.refresh_from_db()
    assert made.withdrawn_reason == "选错"


def test_an_exhibit_that_is_not_there_is_said_in_its_form(as_):
    answer = as_("li").post(f"/cases/{case().pk}/exhibits/", {"recording": "2026-999999"})
    assert answer.status_code == 422
    assert "没有编号为“2026-999999”" in answer.content.decode()


def test_the_list_is_empty_in_words_and_costs_the_same_however_long(as_):
    browser = as_("li")
    assert "还没有提取证据" in browser.get("/extractions/").content.decode()
    take_out(film(1))
    with CaptureQueriesContext(connection) as short:
        browser.get("/extractions/")
    for number in range(2, 6):
        take_out(film(number))
    with CaptureQueriesContext(connection) as long:
        page = browser.get("/extractions/")
    assert len(page.context["page"].rows) == 5
    assert len(long) == len(short)


def test_many_recordings_are_offered_at_the_cost_of_few(as_):
    browser, address = as_("li"), f"/extractions/new/?case={case().pk}"
    film(1)
    browser.get(address)
    with CaptureQueriesContext(connection) as short:
        browser.get(address)
    for number in range(2, 8):
        film(number)
    with CaptureQueriesContext(connection) as long:
        browser.get(address)
    assert len(long) == len(short)
