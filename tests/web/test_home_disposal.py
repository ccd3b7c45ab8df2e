"""The first page's figures of appraisal and disposal: each post sees what it can do now."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liuhen.retention import disposal_inbox
from liuhen.retention.models import DisposalList
from liuhen.web import disposal_waiting
from liuhen.web.views import appraisals, home
from retention import disposal_cast as cast
from retention.disposal_cast import APPROVED, DAY, LATER, READY, expired, lived_through, under


@pytest.fixture(autouse=True)
def two_years(bureau, monkeypatch):
    under("chengde-safety")
    lived_through(LATER)
    at(monkeypatch, LATER)


def at(monkeypatch, instant) -> None:
    for room in (home, appraisals):
        monkeypatch.setattr(room, "now", lambda: instant)


def cards(browser) -> dict[str, int]:
    return {str(one.title): one.n for one in browser.get("/").context["disposals"]}


def test_the_custodian_sees_what_is_over_and_what_waits_for_a_register(as_):
    cast.appraised(expired())
    expired("2026-000002"), expired("2026-000003")
    assert cards(as_("zhou")) == {"期满待鉴定": 2, "无保存价值，待列清册": 1}


@pytest.mark.parametrize(
    ("stage", "login", "title"),
    [
        (cast.drawn, "zhou", "清册待提交"),
        (cast.submitted, "fa", "清册待审核"),
        (cast.reviewed, "qian", "清册待批准"),
    ],
)
def test_a_register_is_counted_where_its_next_step_is_due(as_, stage, login, title):
    stage(expired())
    everybody = ("zhou", "fa", "qian", "zhao", "du", "cai", "kong")
    told = {who: cards(as_(who)) for who in everybody}
    assert {who: said for who, said in told.items() if said} == {login: {title: 1}}


def test_a_register_sent_back_is_its_writers_again(as_):
    made = cast.submitted(expired())
    cast.disposal.send_back(made, opinion="再核", by=cast.who("fa"), at=LATER + 2 * cast.HOUR)
    assert cards(as_("zhou")) == {"清册被退回": 1}


def test_witnesses_are_told_when_the_waiting_is_over_and_not_before(as_, monkeypatch):
    cast.waited(expired())
    at(monkeypatch, APPROVED + 7 * DAY - cast.HOUR)
    assert cards(as_("du")) == {}
    at(monkeypatch, READY)
    # Finance and the keeper see no recordings; their first page is the plain one.
    for login in ("du", "zhao", "cai", "kong"):
        assert cards(as_(login)) == {"清册待监销": 1}
    for login in ("zhou", "fa", "qian"):
        assert cards(as_(login)) == {}


def test_who_has_confirmed_has_nothing_left_to_do(as_, monkeypatch):
    made = cast.waited(expired())
    cast.execution.witness(made, by=cast.who("du"), at=READY)
    at(monkeypatch, READY)
    assert (cards(as_("du")), cards(as_("zhao"))) == ({}, {"清册待监销": 1})


def test_an_execution_that_stands_still_is_the_custodians_to_see_to(as_):
    made = cast.witnessed(expired())
    assert cards(as_("zhou")) == {}
    DisposalList.objects.filter(pk=made.pk).update(problem="存储设备出错")
    assert (cards(as_("zhou")), cards(as_("du"))) == ({"执行中断，待处理": 1}, {})


def test_each_figure_leads_to_as_many(as_):
    cast.drawn(expired())
    expired("2026-000002")
    browser = as_("zhou")
    shown = browser.get("/").context["disposals"]
    assert shown
    for one in shown:
        assert len(browser.get(one.url).context["rows"]) == one.n, one.title


def test_what_is_beyond_the_cap_is_said_to_be_more(as_, monkeypatch):
    for room in (disposal_inbox, disposal_waiting):
        monkeypatch.setattr(room, "MOST", 1)
    expired(), expired("2026-000002")
    page = as_("zhou").get("/")
    [card] = page.context["disposals"]
    assert (card.n, card.is_more) == (1, True)
    assert ">1+<" in page.content.decode()


@pytest.mark.parametrize("login", ["li", "sun", "an", "shen"])
def test_who_has_no_part_in_it_is_asked_nothing(as_, login):
    expired()
    officer = cast.who(login)
    officer.role_names  # noqa: B018 -- known already on any page
    with CaptureQueriesContext(connection) as asked:
        assert disposal_waiting.cards_for(officer, LATER) == []
    assert asked.captured_queries == []


def test_more_registers_cost_no_more_queries(as_):
    browser = as_("zhou")
    cast.drawn(expired())
    few = queries_of(browser)
    cast.drawn(expired("2026-000002")), cast.drawn(expired("2026-000003"))
    assert queries_of(browser) == few


def queries_of(browser) -> int:
    browser.get("/")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/")
    return len(asked)
