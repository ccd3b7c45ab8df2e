"""调阅申请: the list, one request, deciding on it, taking it back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from viewing_cast import asked, everybody, film, in_days

import factories
from liuhen.access.models import Grant, Request, Viewing
from liuhen.cases.models import Document
from liuhen.custody.models import CustodyEvent
from liuhen.engines.policy.vocabulary import Secret
from liuhen.recordings import secrecy


@pytest.fixture
def chengde(bureau) -> None:
    everybody()
    factories.follow("chengde-safety")


def way(made: Request, step: str = "") -> str:
    return f"/viewing/{made.number}/{step}"


def shown(answer) -> list[str]:
    return [row.number for row, _stands in answer.context["lines"]]


def decide(browser, made: Request, step: str, **more):
    turn = made.steps.filter(round=made.round, decision="").order_by("position").first()
    sent = {"step": step, "turn": turn.pk if turn else "", "comment": ""} | more
    return browser.post(way(made, "decide/"), sent)


def events() -> int:
    return CustodyEvent.objects.count()


@pytest.mark.enforces("access", article="chengde-safety:22")
def test_the_chain_is_walked_from_the_pages(as_, chengde):
    made = asked(film())
    office, leader = as_("ban"), as_("zhao")
    assert shown(office.get("/viewing/")) == [made.number]
    assert shown(leader.get("/viewing/?tab=waiting")) == []
    decide(office, made, "approve", comment="情况属实")
    assert decide(leader, made, "approve").headers["Location"] == way(made)
    made.refresh_from_db()
    assert made.state == "granted"
    assert shown(office.get("/viewing/?tab=done")) == [made.number]
    assert "情况属实" in as_("wang").get(way(made)).content.decode()


@pytest.mark.enforces("access", article="neiqiu-health:18")
def test_from_a_requests_page_a_recording_is_opened_for_that_request(as_, bureau):
    given = factories.grant(film(), None, kind="official")
    number, browser = given.request.number, as_("fa")
    link = f"/recordings/2026-000001/?request={number}"
    assert link in browser.get(f"/viewing/{number}/").content.decode()
    page = browser.get(link).content.decode()
    assert f'name="request" value="{number}"' in page
    assert "打开即登记为向某县人民法院 张法官出示" in page
    answer = browser.post("/recordings/2026-000001/open/", {"request": number})
    assert f"request={number}" in answer.content.decode()  # opened again, it is so, too
    assert Viewing.objects.get().grant == given


def test_a_request_that_gives_nothing_opens_nothing(as_, bureau):
    film()
    answer = as_("fa").post("/recordings/2026-000001/open/", {"request": "2026-DY-000009"})
    assert (answer.status_code, Viewing.objects.count()) == (403, 0)


def test_the_page_names_who_is_to_decide(as_, chengde):
    made = asked(film())
    titles = [step.title for step in as_("wang").get(way(made)).context["steps"]]
    assert titles[0] == "提出申请"
    assert titles[1:] == ["资料管理部门负责人审核（班主任）", "主管领导批准（赵局）"]


def test_the_list_says_with_whom_it_is(as_, chengde):
    asked(film())
    page = as_("wang").get("/viewing/?tab=own").content.decode()
    assert "资料管理部门负责人审核（班主任）" in page


def test_only_the_one_whose_turn_it_is_has_the_form(as_, chengde):
    made = asked(film())
    assert "decide_form" in as_("ban").get(way(made)).context
    for login in ("zhao", "wang", "zhou"):
        assert "decide_form" not in as_(login).get(way(made)).context


def test_what_is_sent_back_is_put_right_by_who_asked(as_, chengde):
    made = asked(film())
    answer = decide(as_("ban"), made, "return")
    assert answer.status_code == 422  # without a word why
    decide(as_("ban"), made, "return", comment="写明看哪一段")
    browser = as_("wang")
    assert shown(browser.get("/viewing/")) == [made.number]
    page = browser.get(way(made)).content.decode()
    assert "写明看哪一段" in page
    assert way(made, "resubmit/") in page


def test_a_refusal_needs_its_reason_and_ends_it(as_, chengde):
    made = asked(film())
    decide(as_("ban"), made, "refuse", comment="与工作无关")
    made.refresh_from_db()
    assert made.state == "refused"
    assert "与工作无关" in as_("wang").get(way(made)).content.decode()


def test_who_decides_may_shorten_the_time(as_, chengde):
    made = asked(film())
    decide(as_("ban"), made, "approve")
    decide(as_("zhao"), made, "approve", until=in_days(2).isoformat())
    assert made.grants.get().until.date() == in_days(2)


def test_a_second_click_says_what_the_first_did(as_, chengde):
    made = asked(film())
    turn = made.steps.get(position=1)
    sent = {"step": "approve", "turn": turn.pk, "comment": "同意查看"}
    browser = as_("ban")
    browser.post(way(made, "decide/"), sent)
    before = events()
    answer = browser.post(way(made, "decide/"), sent)
    assert answer.status_code == 422
    assert answer.context["decide_form"]["comment"].value() == "同意查看"
    assert events() == before


@pytest.mark.parametrize("login", ["wang", "li", "zhao", "zhou", "fa"])
def test_nobody_else_decides_by_sending_the_form(as_, chengde, login):
    made = asked(film(), by="wang")
    answer = decide(as_(login), made, "approve")
    assert answer.status_code in (403, 404, 409)
    assert made.steps.exclude(decision="").count() == 0


def test_a_step_of_another_request_is_not_decided_here(as_, chengde):
    one, other = asked(film()), asked(film("2026-000002"))
    turn = other.steps.get(position=1)
    sent = {"step": "approve", "turn": turn.pk, "comment": ""}
    assert as_("ban").post(way(one, "decide/"), sent).status_code == 409
    assert other.steps.exclude(decision="").count() == 0


def test_who_took_part_stands_aside_and_is_told_so(as_, chengde):
    found, leader = film(), factories.officer("zhao")
    factories.share(found, leader.login)
    made = asked(found)
    decide(as_("ban"), made, "approve")
    answer = as_("zhao").get(way(made))
    assert "decide_form" not in answer.context
    assert "应当回避" in answer.content.decode()
    assert decide(as_("zhao"), made, "approve").status_code == 403
    assert shown(as_("qian").get("/viewing/?tab=waiting")) == [made.number]


def test_who_asked_takes_it_back(as_, chengde):
    made = asked(film())
    as_("wang").post(way(made, "withdraw/"))
    made.refresh_from_db()
    assert made.state == "withdrawn"
    assert as_("wang").post(way(made, "withdraw/")).status_code == 409


def test_a_grant_is_taken_back_with_a_reason(as_, bureau):
    grant = factories.grant(film(), factories.officer("wang"))
    browser, made = as_("zhou"), grant.request
    answer = browser.post(way(made, "revoke/"), {"grant": grant.pk, "reason": ""})
    assert answer.status_code == 422
    browser.post(way(made, "revoke/"), {"grant": grant.pk, "reason": "案件已移送"})
    grant.refresh_from_db()
    assert (grant.revoked_by, grant.revoked_reason) == (factories.officer("zhou"), "案件已移送")
    assert "案件已移送" in as_("wang").get(way(made)).content.decode()


def test_without_a_tick_nothing_is_taken_back(as_, bureau):
    grant = factories.grant(film(), factories.officer("wang"))
    before = events()
    answer = as_("zhou").post(way(grant.request, "revoke/"), {"reason": "误批"})
    assert "没有勾选" in answer.context["revoke_form"].non_field_errors()[0]
    assert events() == before


def test_the_grant_of_another_request_stays(as_, bureau):
    mine = factories.grant(film(), factories.officer("wang"))
    other = factories.grant(film("2026-000002"), factories.officer("wang"))
    as_("zhou").post(way(mine.request, "revoke/"), {"grant": other.pk, "reason": "误批"})
    assert Grant.objects.filter(revoked_at=None).count() == 2


def test_what_is_sought_in_words_the_custodian_finds(as_, chengde):
    found = film()
    made = asked(by="zhou", kind="official", sought="1月5日中兴路现场检查")
    browser = as_("zhou")
    assert shown(browser.get("/viewing/")) == [made.number]
    assert browser.get(way(made)).context["steps"][1].title == "资料保管员查找"
    answer = browser.post(way(made, "answer/"), {"numbers": "2026-000001 2026-999999"})
    assert "2026-999999" in answer.context["found_form"].errors["numbers"][0]
    browser.post(way(made, "answer/"), {"numbers": found.number})
    assert list(made.recordings.all()) == [found]
    assert shown(as_("ban").get("/viewing/")) == [made.number]


def test_the_answer_that_there_is_none_says_how_it_was_searched(as_, chengde):
    made = asked(by="zhou", kind="official", sought="1月5日中兴路现场检查")
    browser = as_("zhou")
    answer = browser.post(way(made, "answer/"), {"answer": "no_such", "search": ""})
    assert answer.status_code == 422
    said = "按地点、日期查找全部资料，没有相符的"
    browser.post(way(made, "answer/"), {"answer": "no_such", "search": said})
    made.refresh_from_db()
    assert (made.state, made.search) == ("no_such", said)
    assert said in browser.get(way(made)).content.decode()


def test_an_outsiders_identity_is_never_shown_whole(as_, chengde):
    made = asked(film(), by="zhou", kind="official")
    for page in ("", "print/"):
        said = as_("ban").get(way(made, page)).content.decode()
        assert "110101199001011237" not in said
        assert "1237" in said


@pytest.mark.enforces("access", article="chengde-safety:24")
def test_without_the_letter_nobody_approves(as_, chengde):
    made = asked(film(), by="zhou", kind="official")
    page = as_("zhou").get(way(made))
    assert "尚未上传调阅函、介绍信、身份证件扫描件" in page.content.decode()
    assert "paper_form" in page.context
    answer = decide(as_("ban"), made, "approve")
    assert answer.status_code == 422
    assert made.steps.exclude(decision="").count() == 0


def test_the_letter_is_scanned_in_and_opened_with_its_request_alone(as_, chengde):
    made, browser = asked(film(), by="zhou", kind="official"), as_("zhou")
    for kind in ("letter", "identity"):
        file = SimpleUploadedFile(f"{kind}.pdf", b"%PDF-1.4 " + kind.encode())
        browser.post(way(made, "papers/"), {"kind": kind, "file": file})
    assert decide(as_("ban"), made, "approve").status_code == 302
    paper = Document.objects.get(kind="letter")
    assert b"letter" in b"".join(as_("ban").get(way(made, f"papers/{paper.pk}/")))
    assert as_("du").get(way(made, f"papers/{paper.pk}/")).status_code == 404
    assert browser.get(f"/documents/{paper.pk}/").status_code == 404


def test_what_is_no_paper_is_not_taken(as_, chengde):
    made = asked(film(), by="zhou", kind="official")
    file = SimpleUploadedFile("letter.exe", b"MZ")
    answer = as_("zhou").post(way(made, "papers/"), {"kind": "letter", "file": file})
    assert answer.status_code == 422
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [("words=复核", 1), ("words=2026-000001", 1), ("words=无此", 0), ("kind=copy", 0),
     ("state=asked", 1), ("state=granted", 0), ("words=王科长", 1)],
)  # fmt: skip
def test_the_list_is_searched(as_, chengde, query, found):
    asked(film())
    assert len(shown(as_("wang").get(f"/viewing/?tab=own&{query}"))) == found


def test_all_are_shown_to_who_keeps_them_alone(as_, chengde):
    made = asked(film())
    assert shown(as_("zhou").get("/viewing/?tab=all")) == [made.number]
    answer = as_("li").get("/viewing/?tab=all")
    assert answer.context["tab"] == "own"
    assert shown(answer) == []


def test_another_bureaus_requests_are_not_there(as_, chengde):
    made = asked(film())
    browser = as_(factories.stranger("far", factories.Role.BUREAU_HEAD))
    for page in ("", "print/", "pdf/", "resubmit/"):
        assert browser.get(way(made, page)).status_code == 404
    for page in ("decide/", "withdraw/", "revoke/"):
        assert browser.post(way(made, page)).status_code == 404
    assert shown(browser.get("/viewing/?tab=all")) == []


@pytest.mark.parametrize("tab", ["waiting", "done", "own", "all"])
def test_a_longer_list_asks_no_more_of_the_database(as_, chengde, tab):
    browser = as_("zhao")

    def cost() -> int:
        with CaptureQueriesContext(connection) as made:
            browser.get(f"/viewing/?tab={tab}")
        return len(made)

    for n in range(1, 4):
        decide(as_("ban"), asked(film(f"2026-00000{n}")), "approve")
    cost()
    few = cost()
    for n in range(4, 9):
        decide(as_("ban"), asked(film(f"2026-00000{n}")), "approve")
    assert cost() == few


def test_more_recordings_cost_no_more_queries(as_, chengde):
    films = [film(f"2026-00000{n}") for n in range(1, 9)]
    few, many = asked(*films[:2]), asked(*films)
    browser = as_("ban")

    def cost(made: Request) -> int:
        with CaptureQueriesContext(connection) as done:
            browser.get(way(made))
        return len(done)

    cost(few)
    assert cost(few) == cost(many)


def test_what_became_secret_is_told_by_its_number_alone(as_, chengde):
    found = film()
    made = asked(found, by="du")
    secrecy.mark(found, Secret.TRADE, reason="配方", by=found.officer, at=timezone.now())
    row = as_("du").get(way(made)).content.decode().split("申请的资料")[1].split("</table>")[0]
    assert found.number in row
    assert "李执法" not in row
    assert "李执法" in as_("ban").get(way(made)).content.decode()


def test_home_counts_what_waits_for_ones_word(as_, chengde):
    made = asked(film())
    assert as_("ban").get("/").context["viewings"] == 1
    assert as_("zhao").get("/").context["viewings"] == 0
    decide(as_("ban"), made, "approve")
    assert "调阅待办" in as_("zhao").get("/").content.decode()


def test_a_request_for_several_is_one_line_of_the_inbox(as_, bureau):
    everybody()
    factories.follow("luohe-livestock")
    made = asked(film(), film("2026-000002"), film("2026-000003"))
    legal = as_("fa")
    assert shown(legal.get("/viewing/")) == [made.number]
    assert legal.get("/").context["viewings"] == 1


def test_htmx_gets_the_results_alone(as_, chengde):
    headers = {"HX-Request": "true", "HX-Target": "results"}
    assert "<html" not in as_("wang").get("/viewing/", headers=headers).content.decode()
