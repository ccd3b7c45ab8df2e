"""Live figures for every article of every regulation."""

from datetime import date

import pytest

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.vocabulary import Topic
from liuhen.kernel.clock import midnight
from liuhen.packs import catalogue
from liuhen.regulations.enforcement import ENFORCED
from liuhen.statistics import article_figures, event_counts
from liuhen.statistics.article_kinds import KINDS

pytestmark = pytest.mark.django_db
NOON, FIRST, LAST = factories.NOON, date(2026, 1, 1), date(2026, 12, 31)
YEAR = {"since": FIRST, "until": LAST, "at": midnight(date(2027, 1, 1)), "reader": None}


def test_every_topic_can_be_seen_in_the_log():
    assert set(KINDS) == set(Topic)
    built = {topic for topic, rows in ENFORCED.items() if any(row.is_built for row in rows)}
    assert {topic for topic, kinds in KINDS.items() if kinds} >= built


@pytest.mark.parametrize("pack_id", [pack.pack_id for pack in catalogue.offered()])
def test_every_article_that_asks_for_something_has_figures(bureau, pack_id):
    found = article_figures.of_pack(bureau, catalogue.pack(pack_id), **YEAR)
    assert [one.article.no for one in found] == sorted(catalogue.pack(pack_id).articles)
    built = {topic for topic, kinds in KINDS.items() if kinds}
    assert all(one.acts for one in found if built & set(one.article.governs))


def test_an_act_shows_at_the_articles_that_ask_for_it(bureau):
    by = factories.officer("li")
    log.record(Kind.RECORDING_OPENED, subject="recording:x", by=by, at=NOON)
    event_counts.catch_up()
    pack = catalogue.pack("chengde-safety")
    found = article_figures.of_pack(bureau, pack, **YEAR)
    [viewing] = [one for one in found if one.article.no == 22]
    assert {act.kind: act.count for act in viewing.acts}[Kind.RECORDING_OPENED] == 1
    assert not viewing.is_silent


def test_where_nothing_was_done_the_article_is_silent(bureau):
    pack = catalogue.pack("chengde-safety")
    found = article_figures.of_pack(bureau, pack, **YEAR)
    assert {one.article.no for one in found if one.is_silent} == {
        no for no, article in pack.articles.items() if not article.is_text_only
    }


def test_it_takes_three_queries_however_many_articles(bureau, django_assert_num_queries):
    with django_assert_num_queries(3):
        article_figures.of_pack(bureau, catalogue.pack("neiqiu-health"), **YEAR)


def breach_acts_of(reader):
    """The kinds of acts told of the articles on breaches, by the regulation of Neiqiu."""
    pack = catalogue.pack("neiqiu-health")
    found = article_figures.of_pack(factories.agency(), pack, **YEAR | {"reader": reader})
    return {act.kind for one in found for act in one.acts} & article_figures.OF_BREACHES


@pytest.mark.parametrize("login", ["li", "wang", "fa", "kong", "shen"])
def test_breaches_are_counted_for_nobody_who_does_not_see_them(bureau, login):
    assert breach_acts_of(factories.officer(login)) == set()


@pytest.mark.parametrize("login", ["du", "zhao", "qian"])
def test_who_handles_or_decides_breaches_has_them_counted(bureau, login):
    told = {Kind.BREACH_DECIDED, Kind.OFFICER_SUSPENDED}
    assert breach_acts_of(factories.officer(login)) >= told
    assert breach_acts_of(None) == breach_acts_of(factories.officer(login))


def test_an_article_of_which_acts_are_hidden_is_not_called_silent(bureau):
    reader = factories.officer("li")
    pack = catalogue.pack("neiqiu-health")
    found = article_figures.of_pack(bureau, pack, **YEAR | {"reader": reader})
    assert any(one.is_partial for one in found)
    assert not any(one.is_silent for one in found if one.is_partial)
