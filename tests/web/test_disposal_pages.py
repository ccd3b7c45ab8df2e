"""鉴定与销毁: the lists, one register's steps in the browser, its papers; the storage page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import factories
from liuhen.access import rights
from liuhen.people.roles import Role
from liuhen.recordings import exporting
from liuhen.recordings.models import Recording, SecrecyMark
from liuhen.retention import execution, log_time
from liuhen.retention.models import Appraisal, DisposalList
from liuhen.web import disposal_papers
from liuhen.web.views import appraisals, disposals, storage
from retention import disposal_cast as cast
from retention.disposal_cast import LATER, NOON, READY, expired, is_kept, lived_through, under

WORD = {"worth": "none", "reason": "内容重复"}


@pytest.fixture(autouse=True)
def two_years(bureau, monkeypatch):
    """The pages are looked at when the term is over."""
    under("chengde-safety")
    lived_through(LATER)
    at(monkeypatch, LATER)


def at(monkeypatch, instant) -> None:
    for room in (appraisals, disposals, storage):
        monkeypatch.setattr(room, "now", lambda: instant)


def numbers(page) -> list[str]:
    return [one.number for one, _word in page.context["rows"]]


def sent(*recordings: Recording, **more) -> dict:
    return {"recording": [one.number for one in recordings], "tab": "due"} | WORD | more


@pytest.mark.enforces("retention", article="jiaxian-health:15")
def test_what_is_over_is_listed_and_appraised_in_bulk(as_):
    one, other = expired(), expired("2026-000002")
    browser = as_("zhou")
    assert numbers(browser.get("/appraisal/")) == [other.number, one.number]
    answer = browser.post("/appraisal/appraise/", sent(one, other))
    assert answer.headers["Location"] == "/appraisal/?tab=due"
    assert numbers(browser.get("/appraisal/")) == []
    assert numbers(browser.get("/appraisal/?tab=none")) == [other.number, one.number]


@pytest.mark.enforces("retention", article="jiaxian-health:15")
def test_who_appraises_looks_at_each_without_a_request_and_is_registered(as_):
    one, browser = expired(), as_("zhou")
    answer = browser.post(f"/appraisal/{one.number}/look/")
    assert answer.headers["Location"] == f"/recordings/{one.number}/"
    zhou = factories.officer("zhou")
    right = rights.right_to_play(zhou, one, at=LATER)
    assert (right.ground, right.may_copy) == (rights.Ground.APPRAISAL, False)
    assert rights.right_to_play(zhou, one, at=LATER + timedelta(days=2)) is None


def test_what_is_not_over_gives_no_look(as_):
    one = factories.recording("2026-000009", recorded_at=LATER, sealed_at=LATER)
    as_("zhou").post(f"/appraisal/{one.number}/look/")
    assert rights.right_to_play(factories.officer("zhou"), one, at=LATER) is None


def test_kept_ones_are_listed_with_the_reason(as_):
    one = expired()
    browser = as_("zhou")
    browser.post("/appraisal/appraise/", sent(one, worth="keep", until="2030-01-01"))
    page = browser.get("/appraisal/?tab=kept")
    assert numbers(page) == [one.number]
    assert "继续保存至 2030-01-01" in page.content.decode()


def test_what_was_ticked_stays_ticked_when_something_is_missing(as_):
    one = expired()
    answer = as_("zhou").post("/appraisal/appraise/", sent(one, reason=""))
    assert (answer.status_code, answer.context["ticked"]) == (422, {one.number})
    assert not Appraisal.objects.exists()


def test_a_tampered_form_appraises_nothing_that_is_not_due(as_):
    young = factories.recording("2028-000001", recorded_at=LATER)
    answer = as_("zhou").post("/appraisal/appraise/", sent(young))
    assert answer.status_code == 422
    assert "保存期限未满" in answer.content.decode()
    assert not Appraisal.objects.exists()


def test_a_clock_ahead_of_the_log_is_said_on_the_page(as_, monkeypatch):
    expired()
    at(monkeypatch, LATER + timedelta(days=900))
    page = as_("zhou").get("/appraisal/")
    assert page.context["is_ahead"]
    assert "最多使资料提前三天到期" in page.content.decode()


def test_an_empty_list_says_how_something_comes_here(as_):
    page = as_("zhou").get("/appraisal/").content.decode()
    assert "任何资料都不会到期自动销毁" in page


@pytest.mark.parametrize("tab", ["due", "none"])
def test_a_long_list_costs_no_more_queries(as_, tab):
    browser = as_("zhou")
    rows = [expired()]
    if tab == "none":
        cast.appraised(*rows)
    few = queries_of(browser, tab)
    more = [expired(f"2026-0000{n:02}") for n in range(2, 12)]
    if tab == "none":
        cast.appraised(*more)
    assert queries_of(browser, tab) == few


def queries_of(browser, tab: str) -> int:
    log_time.lived(keep_after=1)
    browser.get("/")
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(f"/appraisal/?tab={tab}").context["rows"]
    return len(asked)


def test_a_register_is_drawn_of_all_that_waits(as_):
    cast.appraised(expired(), expired("2026-000002"))
    said = {"all": "1", "reason": "保存期满", "fonds_no": "J012"}
    answer = as_("zhou").post("/appraisal/draw/", said)
    made = DisposalList.objects.get()
    assert answer.headers["Location"] == f"/disposal/{made.number}/"
    assert (made.items.count(), made.fonds_no) == (2, "J012")
    assert as_("zhou").get("/appraisal/?tab=none").context["rows"] == []


def step(browser, made: DisposalList, name: str, **said):
    return browser.post(f"/disposal/{made.number}/{name}/", said)


def test_the_whole_way_in_the_browser(as_, monkeypatch):
    one, other = expired(), expired("2026-000002")
    made = cast.drawn(one, other)
    custodian = as_("zhou")
    step(custodian, made, "take-out", line="2", reason="再看")
    step(custodian, made, "submit")
    step(as_("fa"), made, "decide", step="review", opinion="同意")
    step(as_("qian"), made, "decide", step="approve", opinion="同意销毁")
    made.refresh_from_db()
    cast.days_pass(LATER, LATER + timedelta(days=8))
    at(monkeypatch, LATER + timedelta(days=8))
    with_passwords("zhao", "du")
    for login in ("zhao", "du"):
        step(as_(login), made, "witness", password="a long password")
    made.refresh_from_db()
    assert made.state == "executing"
    execution.run(made, clock=lambda: LATER + timedelta(days=8))
    assert (is_kept(one), is_kept(other)) == (False, True)


def with_passwords(*logins: str) -> None:
    for login in logins:
        officer = factories.officer(login)
        officer.set_password("a long password")
        officer.password_set_at = timezone.now()
        officer.save()


def test_a_wrong_password_confirms_nothing(as_, monkeypatch):
    made = cast.waited(expired())
    at(monkeypatch, READY)
    with_passwords("zhao")
    answer = step(as_("zhao"), made, "witness", password="guess")
    assert (answer.status_code, made.witnesses.count()) == (422, 0)


def test_who_may_act_is_named_and_only_they_get_the_form(as_):
    factories.officer("fa")
    made = cast.submitted(expired())
    page = as_("fa").get(f"/disposal/{made.number}/")
    assert (page.context["actors"], "opinion_form" in page.context) == ("法制办", True)
    assert "opinion_form" not in as_("qian").get(f"/disposal/{made.number}/").context


def test_a_step_nobody_can_take_says_so(as_):
    made = cast.submitted(expired())
    page = as_("zhou").get(f"/disposal/{made.number}/").content.decode()
    assert "目前没有可以办理的人员" in page


def test_it_is_returned_and_the_opinion_is_shown(as_):
    made = cast.submitted(expired())
    step(as_("fa"), made, "decide", step="return", opinion="请核对")
    assert "请核对" in as_("zhou").get(f"/disposal/{made.number}/").content.decode()


def test_it_is_revoked(as_):
    made = cast.approved(expired())
    step(as_("qian"), made, "revoke", reason="有新情况")
    made.refresh_from_db()
    assert made.state == "revoked"


def test_what_would_be_spared_now_is_said_beforehand(as_):
    one = expired()
    made = cast.submitted(one)
    cast_case(one)
    page = as_("fa").get(f"/disposal/{made.number}/")
    assert [item.archive_no for item, _why in page.context["against"]] == [one.number]
    assert "所在案件尚未结案" in page.content.decode()


def cast_case(one: Recording) -> None:
    activity = factories.activity(case=factories.case())
    activity.activity_recordings.create(
        recording=one, was_proposed=False, linked_at=LATER, linked_by=factories.officer("li")
    )


def test_a_register_that_stands_still_is_tried_again(as_):
    made = cast.witnessed(expired())
    DisposalList.objects.filter(pk=made.pk).update(problem="disk")
    page = as_("zhou").get(f"/disposal/{made.number}/").content.decode()
    assert "继续执行" in page
    assert step(as_("zhou"), made, "go-on").status_code == 302


def test_each_sees_what_waits_for_them(as_):
    cast.submitted(expired())
    assert len(as_("fa").get("/disposal/").context["rows"]) == 1
    assert as_("qian").get("/disposal/").context["rows"] == []
    assert len(as_("qian").get("/disposal/?tab=all").context["rows"]) == 1


def test_the_register_page_costs_the_same_for_many_lines(as_):
    made = cast.drawn(expired())
    more = [expired(f"2026-0000{n:02}") for n in range(2, 12)]
    other = cast.drawn(*more)
    browser = as_("zhou")
    asked = []
    for one in (made, other):
        log_time.lived(keep_after=1)
        browser.get("/")
        with CaptureQueriesContext(connection) as captured:
            browser.get(f"/disposal/{one.number}/")
        asked.append(len(captured))
    assert asked[0] == asked[1]


@pytest.mark.enforces("retention", article="jiaxian-health:15")
def test_the_printed_register_has_its_columns_and_everybody_who_answers_for_it(as_):
    made = cast.executed(expired())
    page = as_("zhou").get(f"/disposal/{made.number}/print/").content.decode()
    for text in ("音像资料销毁清册", "题名", "年度", "档号", "应保管期限", "已保管期限", "备注",
                 "全宗号：J012", "数量：1 件", "鉴定负责人：周保管", "批准人：钱局长",
                 "监销人：赵局", "监销人：督查办", "2028年2月8日"):  # fmt: skip
        assert text in page


def test_the_papers_as_pdf_and_excel(as_):
    made = cast.executed(expired())
    browser = as_("du")
    for way in ("pdf", "certificate/pdf"):
        assert browser.get(f"/disposal/{made.number}/{way}/").content.startswith(b"%PDF")
    sheet = browser.get(f"/disposal/{made.number}/export/")
    assert b"".join(sheet.streaming_content).startswith(b"PK")


def test_the_certificate_says_what_went_by_whose_word_and_where_the_proof_is(as_):
    made = cast.executed(expired())
    page = as_("zhou").get(f"/disposal/{made.number}/certificate/").content.decode()
    for text in ("音像资料销毁证明", "1 件", "2026-000001", "存证事件", "钱局长", "赵局"):
        assert text in page


def test_there_is_no_certificate_of_what_was_not_done(as_):
    made = cast.approved(expired())
    assert as_("zhou").get(f"/disposal/{made.number}/certificate/").status_code == 404


def test_another_bureaus_register_is_not_there(as_):
    made = cast.submitted(expired())
    far = factories.stranger("far", Role.LEGAL_OFFICE)
    assert as_(far).get(f"/disposal/{made.number}/").status_code == 404


def test_the_recordings_page_says_that_it_is_gone(as_):
    one = expired()
    made = cast.executed(one)
    page = as_("zhou").get(f"/recordings/{one.number}/").content.decode()
    assert "原件已于" in page
    assert made.number in page
    assert "立即核验" not in page
    assert one.sha256 in page


def test_nothing_of_it_is_played_any_more(as_):
    one = expired()
    cast.executed(one)
    for way in (f"/recordings/{one.number}/open/", f"/recordings/{one.number}/verify/"):
        assert as_("zhou").post(way).status_code == 410


def test_lists_call_it_disposed_of(as_):
    one = expired()
    cast.executed(one)
    page = as_("zhou").get("/recordings/?state=disposed").content.decode()
    assert one.number in page
    assert "已销毁" in page
    assert one.number not in as_("zhou").get("/recordings/?state=examined").content.decode()


def test_the_storage_page_tells_used_growth_and_what_ends_when(as_):
    expired(sealed_at=NOON)
    factories.recording("2028-000002", b"x" * 4096, recorded_at=LATER, sealed_at=LATER)
    told = as_("zhou").get("/storage/").context["told"]
    assert (told.kept.count, told.expired.count, told.second) == (2, 1, None)
    assert told.past[-1].amount.count == 1
    assert told.forecast.daily_bytes == 4096
    assert len(told.coming) == 24


def test_an_empty_store_forecasts_nothing(as_):
    told = as_("sun").get("/storage/").context["told"]
    assert (told.kept.count, told.forecast.full_date) == (0, None)


@pytest.mark.parametrize("login", ["li", "wang", "fa", "du", "kong"])
def test_the_storage_page_is_for_those_who_answer_for_it(as_, login):
    assert as_(login).get("/storage/").status_code == 403


def secret(one: Recording) -> None:
    SecrecyMark.objects.create(
        recording=one,
        kind="privacy",
        reason="x",
        marked_at=LATER,
        marked_by=factories.officer("li"),
    )


def test_of_what_is_secret_the_register_tells_the_number_alone(as_):
    one, other = expired(), expired("2026-000002")
    made = cast.drawn(one, other)
    secret(one)
    title = made.items.get(recording=one).title
    shown = [
        as_("zhou").get(f"/disposal/{made.number}/").content.decode(),
        as_("zhou").get(f"/disposal/{made.number}/print/").content.decode(),
        str(disposal_papers.register_of(made)),
    ]
    for page in shown:
        assert ("保密资料，只列档号" in page, one.number in page, title in page) == (
            True,
            True,
            False,
        )


def test_copies_that_left_are_listed_and_entered_as_destroyed(as_, tmp_path, monkeypatch):
    one = expired()
    exporting.export(one, tmp_path / "out", by=factories.officer("zhou"), at=LATER)
    made = cast.executed(one)
    at(monkeypatch, READY)
    way, browser = f"/disposal/{made.number}/", as_("zhou")
    page = browser.get(way)
    [copy] = page.context["left"]
    assert "尚未确认销毁" in page.content.decode()
    assert browser.post(f"{way}copies/", {"copy": copy.key, "how": " "}).status_code == 422
    answer = browser.post(f"{way}copies/", {"copy": copy.key, "how": "粉碎"})
    assert answer.headers["Location"] == way
    page = browser.get(way).content.decode()
    assert ("粉碎" in page, "尚未确认销毁" in page) == (True, False)
    assert 'name="copy"' not in as_("fa").get(way).content.decode()
