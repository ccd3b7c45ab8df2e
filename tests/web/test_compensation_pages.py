"""赔偿: the list, one's own, a case, the decision and the paper."""

import pytest

import factories
from devices.mending_cast import DAY, NOON, case, decide, device, lost, used
from liuhen.devices import compensating
from liuhen.devices.models import CompensationCase
from liuhen.regulations.models import Adoption


def filled(**changes: object) -> dict[str, object]:
    return {"fault": "normal", "amount": "600.00", "reason": "保管不当"} | changes


def shown(page) -> list[int]:
    return [row.pk for row in page.context["page"]]


@pytest.mark.enforces("compensation", article="neiqiu-health:12")
def test_a_leader_decides_with_the_article_in_sight(as_):
    made, browser = case(), as_("zhao")
    page = browser.get(f"/compensations/{made.pk}/").content.decode()
    assert "故意损坏的，按设备原价赔偿" in page
    assert "/rules/articles/12/" in page
    browser.post(f"/compensations/{made.pk}/decide/", filled())
    made.refresh_from_db()
    assert (made.state, made.amount, made.article) == ("decided", 600, 12)


@pytest.mark.enforces("compensation", article="neiqiu-health:12")
def test_less_than_the_full_price_is_refused_on_the_form(as_):
    made = case()
    sent = filled(fault="deliberate")
    answer = as_("zhao").post(f"/compensations/{made.pk}/decide/", sent)
    form = answer.context["decide_form"]
    assert "1800.00" in form.non_field_errors()[0]
    assert "第十二条" in form.non_field_errors()[0]
    assert form["reason"].value() == "保管不当"


@pytest.mark.enforces("accountability", article="weidong-market:4")
def test_the_case_says_why_it_is_the_user_who_answers(as_):
    used("li")
    Adoption.objects.update(pack_id="weidong-market")
    lost(device())
    made = CompensationCase.objects.get()
    page = as_("zhao").get(f"/compensations/{made.pk}/").content.decode()
    assert "谁使用、谁负责" in page
    assert "/rules/articles/4/" in page


def test_a_case_shows_the_forms_of_those_who_may_rule(as_):
    def forms(login: str) -> list[str]:
        context = as_(login).get(f"/compensations/{made.pk}/").context
        return [one for one in ("decide", "waive", "pay") if f"{one}_form" in context]

    made = case()
    assert [forms(login) for login in ("zhao", "cai", "li")] == [["decide", "waive"], [], []]
    decide(made)
    assert [forms(login) for login in ("zhao", "cai", "li")] == [["waive"], ["pay"], []]


def test_the_person_concerned_sees_the_case_and_is_told_who_decides(as_):
    made = case(by="zhao")
    page = as_("zhao").get(f"/compensations/{made.pk}/")
    assert "decide_form" not in page.context
    assert "须由其他负责人决定" in page.content.decode()


def test_waived_and_paid(as_):
    waived = case()
    as_("qian").post(f"/compensations/{waived.pk}/waive/", {"reason": "不可抗力"})
    waived.refresh_from_db()
    assert waived.state == "waived"
    facts = {"officer": waived.officer, "story": "又摔", "by": factories.officer("kong")}
    other = compensating.open_case(device(), **facts, at=NOON)
    decide(other)
    as_("cai").post(f"/compensations/{other.pk}/paid/", {"receipt_no": "0012345"})
    other.refresh_from_db()
    assert (other.state, other.receipt_no) == ("paid", "0012345")


@pytest.mark.parametrize(("way", "login"), [("waive", "zhao"), ("paid", "cai")])
def test_an_empty_form_comes_back(as_, way, login):
    made = case()
    decide(made)
    answer = as_(login).post(f"/compensations/{made.pk}/{way}/", {})
    assert answer.status_code == 422


def test_ones_own_are_on_ones_own_list(as_):
    made = case()
    facts = {"officer": factories.officer("gao"), "story": "摔", "by": factories.officer("kong")}
    compensating.open_case(device("B"), **facts, at=NOON)
    assert shown(as_("li").get("/compensations/")) == [made.pk]
    assert len(shown(as_("zhao").get("/compensations/"))) == 2


def test_the_list_is_filtered(as_):
    made = case()
    browser = as_("zhao")
    assert shown(browser.get("/compensations/?state=open")) == [made.pk]
    assert shown(browser.get("/compensations/?state=pending")) == [made.pk]
    assert shown(browser.get("/compensations/?state=paid")) == []
    assert shown(browser.get("/compensations/?words=李执法")) == [made.pk]
    assert shown(browser.get(f"/compensations/?since={(NOON + DAY):%Y-%m-%d}")) == []


def test_the_paper_says_what_was_decided_and_on_what_ground(as_):
    made = case()
    decide(made)
    paper = as_("zhao").get(f"/compensations/{made.pk}/print/").content.decode()
    for said in ("设备赔偿处理单", "李执法", "1,800.00", "600.00", "第十二条", "责任人签字"):
        assert said in paper


def test_another_bureaus_cases_are_not_there(as_):
    made, far = case(), factories.stranger("far", "leader")
    browser = as_(far)
    assert shown(browser.get("/compensations/")) == []
    assert browser.get(f"/compensations/{made.pk}/").status_code == 404


@pytest.mark.parametrize("n", [1, 8])
def test_many_cases_are_listed_at_once(as_, django_assert_max_num_queries, n):
    for number in range(n):
        facts = {"officer": factories.officer("li"), "story": "摔", "by": factories.officer("kong")}
        compensating.open_case(device(f"Z{number}"), **facts, at=NOON)
    browser = as_("zhao")
    with django_assert_max_num_queries(18):
        assert len(shown(browser.get("/compensations/"))) == n
