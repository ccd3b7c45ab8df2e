"""申请调阅: the ways to the form, what it offers, handing it in and in again."""

import pytest
from django.utils import timezone
from viewing_cast import COURT, asked, everybody, film, form, in_days, linked

import factories
from liuhen.access import deciding
from liuhen.access.deciders import current_of
from liuhen.access.models import Request
from liuhen.custody.models import CustodyEvent

WAY = "/viewing/ask/"
PACKS = ("jiaxian-health", "weidong-market", "chengde-safety", "neiqiu-health", "luohe-livestock")


@pytest.fixture
def cast(bureau) -> None:
    everybody()


def kinds(answer) -> list[str]:
    return [str(offer.kind) for offer in answer.context["form"].offers]


def chosen(answer) -> list[str]:
    return [one.number for one in answer.context["chosen"].recordings]


def test_a_request_is_handed_in_from_a_recordings_page(as_, cast):
    found = film()
    browser = as_("wang")
    assert (
        f"{WAY}?recording={found.number}"
        in browser.get("/recordings/2026-000001/").content.decode()
    )
    assert chosen(browser.get(f"{WAY}?recording={found.number}")) == [found.number]
    answer = browser.post(WAY, form(found))
    made = Request.objects.get()
    assert answer.headers["Location"] == f"/viewing/{made.number}/"
    assert (made.asked_by, made.purpose) == (factories.officer("wang"), "复核现场检查")
    assert list(made.recordings.all()) == [found]


def test_several_are_ticked_in_the_list(as_, cast):
    film(), film("2026-000002")
    page = as_("wang").get("/recordings/?layout=table").content.decode()
    assert page.count('name="recording"') == 2
    answer = as_("wang").get(f"{WAY}?recording=2026-000001&recording=2026-000002")
    assert chosen(answer) == ["2026-000001", "2026-000002"]


def test_what_is_unticked_is_not_asked_for(as_, cast):
    one, _other = film(), film("2026-000002")
    as_("wang").post(f"{WAY}?recording=2026-000001&recording=2026-000002", form(one))
    assert list(Request.objects.get().recordings.all()) == [one]


def test_more_are_added_by_number(as_, cast):
    film(), film("2026-000002")
    sent = form(film(), more="2026-000002，2026-000001")
    as_("wang").post(WAY, sent)
    assert Request.objects.get().recordings.count() == 2


def test_a_number_that_is_not_there_is_said_beside_the_field(as_, cast):
    answer = as_("wang").post(WAY, form(film(), more="2026-999999"))
    assert answer.status_code == 422
    assert "2026-999999" in answer.context["form"].errors["more"][0]
    assert not Request.objects.exists()


def test_of_a_recording_one_may_not_know_nothing_is_said(as_, cast):
    film(officer=factories.officer("gao", unit=factories.unit("监督二科")))
    there = as_("li").get(f"{WAY}?recording=2026-000001")
    gone = as_("li").get(f"{WAY}?recording=2026-999999")
    assert chosen(there) == chosen(gone) == []


def test_all_of_a_case_that_one_knows_of(as_, cast):
    case = factories.case()
    linked(film(), case=case)
    film("2026-000002")
    assert chosen(as_("zhao").get(f"{WAY}?case={case.pk}")) == ["2026-000001"]
    assert f"{WAY}?case={case.pk}" in as_("zhao").get(f"/cases/{case.pk}/").content.decode()


def test_all_of_an_activity(as_, cast):
    linked(film())
    assert chosen(as_("zhao").get(f"{WAY}?activity=HD-2026-000001")) == ["2026-000001"]


def test_evidence_is_for_a_case(as_, cast):
    film()
    assert "evidence" not in kinds(as_("li").get(f"{WAY}?recording=2026-000001"))
    linked(film(), case=factories.case())
    assert "evidence" in kinds(as_("li").get(f"{WAY}?recording=2026-000001"))


@pytest.mark.enforces("access", article="chengde-safety:22")
def test_ones_own_is_asked_for_where_the_regulation_wants_it(as_, cast):
    film()
    assert "own_case" not in kinds(as_("li").get(f"{WAY}?recording=2026-000001"))
    factories.follow("chengde-safety")
    assert "own_case" in kinds(as_("li").get(f"{WAY}?recording=2026-000001"))
    assert "own_case" not in kinds(as_("wang").get(f"{WAY}?recording=2026-000001"))


def test_what_is_ones_own_is_offered_as_such_first(as_, cast):
    factories.follow("chengde-safety")
    film()
    for login, kind in (("li", "own_case"), ("zhao", "view")):
        form = as_(login).get(f"{WAY}?recording=2026-000001").context["form"]
        assert form["kind"].value() == kind


def test_outsiders_are_served_by_those_whose_work_it_is(as_, cast):
    film()
    for login, serves in (("zhou", True), ("fa", True), ("li", False), ("wang", False)):
        answer = as_(login).get(f"{WAY}?recording=2026-000001")
        assert ("official" in kinds(answer)) == serves
        assert ("organ" in answer.context["form"].fields) == serves


def test_a_court_is_entered_with_its_letter(as_, cast):
    outsider = {name: getattr(COURT, name) for name in ("person", "organ", "letter_no", "identity")}
    as_("zhou").post(WAY, form(film(), kind="official", wants_copy="on", **outsider))
    made = Request.objects.get()
    assert (made.organ, made.letter_no, made.wants_copy) == (COURT.organ, COURT.letter_no, True)


def test_a_court_without_its_letter_keeps_what_was_typed(as_, cast):
    factories.follow("chengde-safety")
    sent = form(film(), kind="official", person="张法官", organ="某县人民法院")
    answer = as_("zhou").post(WAY, sent)
    assert answer.status_code == 422
    assert "文号" in answer.context["form"].non_field_errors()[0]
    assert answer.context["form"]["person"].value() == "张法官"


def test_an_officer_does_not_ask_for_outsiders_by_a_tampered_form(as_, cast):
    answer = as_("li").post(WAY, form(film(), kind="official", person="张法官", organ="法院"))
    assert answer.status_code == 422
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"purpose": " "}, "purpose"), ({"kind": ""}, "kind"), ({"wanted_until": ""}, "wanted_until")],
)
def test_what_is_missing_is_said_beside_its_field(as_, cast, changed, field):
    sent = form(film()) | changed
    before = CustodyEvent.objects.count()
    answer = as_("wang").post(WAY, sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert CustodyEvent.objects.count() == before


def test_a_day_that_is_over_is_refused_with_the_form(as_, cast):
    answer = as_("wang").post(WAY, form(film(), wanted_until=in_days(-1).isoformat()))
    assert answer.status_code == 422
    assert "期限" in answer.context["form"].non_field_errors()[0]


def test_all_is_never_asked_for(as_, cast):
    film()
    answer = as_("wang").post(WAY, form())
    assert answer.status_code == 422
    assert "没有指明" in answer.context["form"].non_field_errors()[0]


def test_sent_twice_it_is_one_request(as_, cast):
    sent, browser = form(film()), as_("wang")
    browser.post(WAY, sent)
    answer = browser.post(WAY, sent)
    assert answer.status_code == 422
    assert Request.objects.count() == 1


@pytest.mark.enforces("access")
@pytest.mark.parametrize("pack", PACKS)
def test_each_kind_says_who_decides_by_which_article(as_, cast, pack):
    factories.follow(pack)
    film()
    offers = as_("wang").get(f"{WAY}?recording=2026-000001").context["form"].offers
    assert [one for one in offers if not one.course or not one.article] == []


def test_what_was_sent_back_comes_with_what_it_said(as_, cast):
    made = asked(film())
    turn = current_of(made)
    deciding.send_back(
        turn, comment="写明看哪一段", by=factories.officer("qian"), at=timezone.now()
    )
    browser, way = as_("wang"), f"/viewing/{made.number}/resubmit/"
    page = browser.get(way)
    assert page.context["form"]["purpose"].value() == "复核现场检查"
    browser.post(way, form(film(), purpose="看询问开始前的告知"))
    made.refresh_from_db()
    assert (made.state, made.round, made.purpose) == ("asked", 2, "看询问开始前的告知")


@pytest.mark.parametrize(("login", "status"), [("wang", 409), ("zhou", 409), ("li", 404)])
def test_what_was_not_sent_back_is_not_handed_in_again(as_, cast, login, status):
    made = asked(film())
    answer = as_(login).get(f"/viewing/{made.number}/resubmit/")
    assert answer.status_code in (status, 403)
    assert Request.objects.get().round == 1
