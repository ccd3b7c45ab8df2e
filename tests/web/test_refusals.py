"""A Refusal as HTTP, and what is shown when things go wrong."""

import pytest
from django.test import Client

import factories
from liuhen.kernel.refusal import Refusal
from liuhen.people import units
from liuhen.recordings import queries
from liuhen.web.middleware import STATUS


def test_a_page_says_why_and_quotes_the_code(as_):
    answer = as_("sun").get("/recordings/")
    assert answer.status_code == 403
    assert "people.not_permitted" in answer.content.decode()


def test_htmx_gets_a_fragment(as_):
    answer = as_("sun").get("/recordings/", headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert "<html" not in answer.content.decode()


def test_a_program_gets_json(as_):
    answer = as_("sun").get("/recordings/", headers={"Accept": "application/json"})
    assert answer.json()["code"] == "people.not_permitted"


def test_what_is_not_there_is_said_in_chinese(as_):
    answer = as_("zhou").get("/nowhere/")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


def test_a_fault_of_ours_is_said_in_chinese(as_, monkeypatch):
    monkeypatch.setattr(queries, "page", lambda *_: 1 / 0)
    browser = as_("zhou")
    browser.raise_request_exception = False
    answer = browser.get("/recordings/")
    assert answer.status_code == 500
    assert "已封存的资料不受影响" in answer.content.decode()


def test_a_form_from_elsewhere_is_not_taken(as_):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.officer("an"))
    answer = strict.post("/people/units/add/", {"name": "x"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


@pytest.mark.parametrize("code", STATUS)
def test_each_code_in_the_table_is_some_refusals(code):
    from liuhen.kernel.refusal import Refusal

    def below(kind: type) -> set[str]:
        return {kind.code}.union(*(below(child) for child in kind.__subclasses__()))

    assert code in below(Refusal)


@pytest.mark.parametrize(
    "path", ["recordings/a%00b/", "batches/%00/", "media/%00/original", "recordings/%00/poster.jpg"]
)
def test_an_address_with_a_nul_leads_nowhere(as_, path):
    assert as_("zhou").get(f"/{path}").status_code == 404


def test_a_place_with_a_nul_is_not_there(as_):
    answer = as_("zhou").get("/intake/folder/?place=L3RtcAB4")
    assert "intake.nothing_there" in answer.content.decode()


class Ruled(Refusal):
    code = "test.ruled"
    message = "不可以。"
    article = "20"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_refusal_leads_to_the_article_it_rests_on(as_, monkeypatch, headers):
    monkeypatch.setattr(queries, "page", lambda *_: (_ for _ in ()).throw(Ruled()))
    shown = as_("zhou").get("/recordings/", headers=headers).content.decode()
    assert '依据：<a href="/rules/articles/20/">第二十条</a>' in shown


def test_a_law_is_named_and_leads_nowhere(as_, monkeypatch):
    monkeypatch.setattr(Ruled, "article", "行政处罚法第五十条")
    monkeypatch.setattr(queries, "page", lambda *_: (_ for _ in ()).throw(Ruled()))
    shown = as_("zhou").get("/recordings/").content.decode()
    assert "依据：行政处罚法第五十条" in shown
    assert "/rules/articles/" not in shown


def test_a_refusal_leads_to_the_bureaus_own_articles_on_its_topic(as_):
    shown = as_("zhou").get("/recordings/2026-999999/").content.decode()
    assert '依据：<a href="/rules/articles/19/">第十九条</a>' in shown


def test_a_form_too_leads_to_the_article(as_, monkeypatch):
    monkeypatch.setattr(units, "add", lambda *_, **__: (_ for _ in ()).throw(Ruled("<b>")))
    shown = as_("an").post("/people/units/add/", {"name": "x", "kind": "legal"}).content.decode()
    assert '&lt;b&gt; 依据：<a href="/rules/articles/20/">第二十条</a>' in shown
