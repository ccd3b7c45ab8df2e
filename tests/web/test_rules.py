"""The regulation to read: articles, parameters, their history."""

from datetime import date

import pytest

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.duties.models import DutyState
from liuhen.duties.queries import Figures
from liuhen.engines.policy.values import PARAMETERS
from liuhen.engines.policy.vocabulary import Topic
from liuhen.packs import catalogue
from liuhen.regulations import full_texts, proposing
from liuhen.regulations.models import Adoption
from liuhen.statistics import event_counts
from liuhen.web import rules_shown
from liuhen.web.views import rules as view

NOON = factories.NOON

PACK = catalogue.pack("neiqiu-health")
TEXT = "第十五条 单位应当完整留存。\n（一）不得删改。\n第十六条 每日收回。"


@pytest.fixture(autouse=True)
def in_january(monkeypatch):
    monkeypatch.setattr(view, "now", lambda: NOON)


@pytest.fixture
def changed(bureau):
    """The bureau keeps recordings for three years from March on."""
    made = proposing.propose(
        bureau, "retention", {"article": 15, "rule": "at_least", "period": "P3Y"},
        from_date=date(2026, 3, 1), reason="上级来文", by=factories.officer("an"), at=NOON,
    )  # fmt: skip
    proposing.approve(made, by=factories.officer("qian"), at=NOON)
    return made


def page(browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_article_is_listed_with_what_the_system_does(as_):
    shown = page(as_("li"), "/rules/")
    assert PACK.title in shown
    assert all(article.summary in shown for article in PACK.articles.values())
    assert "第二十四条" in shown
    assert "无须系统落实" in shown


def test_the_figures_of_month_and_year_stand_beside_the_article(as_, monkeypatch):
    asked = []

    def figures(_agency, _pack_id, *, since, until):
        asked.append((since.isoformat(), until))
        return {16: Figures(done=7, overdue=2)}

    monkeypatch.setattr(rules_shown, "figures", figures)
    shown = page(as_("li"), "/rules/")
    assert "按时办结 7" in shown
    assert "/duties/?article=16&amp;state=overdue" in shown
    assert asked == [("2026-01-01T00:00:00+08:00", NOON)] * 2


@pytest.mark.parametrize(
    ("login", "tab"), [("li", ""), ("wang", "&amp;tab=unit"), ("qian", "&amp;tab=agency")]
)
def test_a_figure_leads_to_all_the_duties_its_reader_may_see(as_, monkeypatch, login, tab):
    monkeypatch.setattr(rules_shown, "figures", lambda *_, **__: {16: Figures(done=7, open=2)})
    shown = page(as_(login), "/rules/")
    assert f'"/duties/?article=16{tab}"' in shown
    assert f'"/duties/?article=16&amp;state=done{tab}&amp;month=2026-01"' in shown


def test_on_another_day_what_was_open_leads_to_nothing_of_today(as_, monkeypatch):
    monkeypatch.setattr(rules_shown, "figures", lambda *_, **__: {16: Figures(done=7, open=2)})
    shown = page(as_("qian"), "/rules/articles/16/?on=2025-12-31")
    assert "待办 2" in shown
    assert "month=2025-12" in shown
    assert '"/duties/?article=16&amp;tab=agency"' not in shown


def test_the_links_name_states_the_list_of_duties_knows():
    names = {"done", "done_late", "waived"}
    assert names <= set(DutyState.values)


def test_the_number_of_queries_stays_the_same(as_, django_assert_max_num_queries):
    browser = as_("li")
    for path in ("/rules/", "/rules/articles/16/", "/rules/parameters/"):
        with django_assert_max_num_queries(18):
            page(browser, path)


def test_changes_cost_no_more_queries(as_, changed, django_assert_max_num_queries):
    browser = as_("li")
    with django_assert_max_num_queries(16):
        page(browser, "/rules/parameters/?on=2026-04-01")


def test_a_day_before_shows_the_regulation_of_that_day(as_, bureau):
    Adoption.objects.create(
        agency=bureau, pack_id="luohe-livestock", from_date=date(2025, 6, 1), adopted_at=NOON
    )  # fmt: skip
    browser = as_("li")
    assert "漯河" in page(browser, "/rules/")
    assert PACK.title in page(browser, "/rules/?on=2025-05-31")
    assert "尚未执行任何制度" in page(browser, "/rules/?on=2020-01-01")
    assert "漯河" in page(browser, "/rules/?on=nonsense")


def test_an_article_shows_summary_values_and_neighbours(as_):
    shown = page(as_("li"), "/rules/articles/16/")
    assert PACK.articles[16].summary in shown
    assert "24小时内" in shown
    assert "尚未上传制度全文" in shown
    assert "/rules/articles/15/" in shown
    assert "/rules/articles/17/" in shown


def test_an_article_shows_its_own_words_once_uploaded(as_, bureau):
    full_texts.keep(
        bureau, PACK, TEXT.encode(), file_name="a.txt", by=factories.officer("an"), at=NOON
    )  # fmt: skip
    browser = as_("li")
    assert "（一）不得删改。" in page(browser, "/rules/articles/15/")
    assert "没有找到这一条" in page(browser, "/rules/articles/1/")


def test_how_an_open_wording_is_read_is_said_as_such(as_):
    value = PACK.parameters["retention"][0]
    shown = page(as_("li"), f"/rules/articles/{value.article}/")
    assert "本条理解：" in shown
    assert value.reading in shown


def test_an_article_the_regulation_lacks_is_not_there(as_):
    assert as_("li").get("/rules/articles/99/").status_code == 404


def test_every_parameter_has_its_place_in_the_table():
    placed = [name for _title, names in rules_shown.GROUPS for name in names]
    assert sorted(placed) == sorted(PARAMETERS)


def test_the_table_says_since_when_and_from_where(as_, changed):
    browser = as_("li")
    assert "2026-03-01 起另有规定" in page(browser, "/rules/parameters/")
    later = page(browser, "/rules/parameters/?on=2026-03-01")
    assert "至少3年" in later
    assert "安管理 提出，钱局长 批准" in later
    assert "上级来文" in later


def test_only_who_may_propose_is_offered_to(as_):
    assert "/rules/parameters/retention/change/" in page(as_("an"), "/rules/parameters/")
    assert "/change/" not in page(as_("li"), "/rules/parameters/")


def test_a_parameters_history_goes_from_the_future_to_the_past(as_, changed):
    shown = as_("li").get("/rules/parameters/retention/")
    assert [place for _held, _told, place in shown.context["history"]] == ["future", "present"]


@pytest.mark.parametrize(("name", "status"), [("ledger", 200), ("colour", 404)])
def test_a_parameter_without_a_value_and_one_that_is_none(as_, name, status):
    assert as_("li").get(f"/rules/parameters/{name}/").status_code == status


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "今天", ""])
@pytest.mark.parametrize("path", ["/rules/", "/rules/articles/16/", "/rules/parameters/"])
def test_a_day_that_cannot_be_meant_is_today(as_, path, day):
    answer = as_("li").get(path, {"on": day})
    assert answer.status_code == 200
    assert answer.context["on"] == date(2026, 1, 5)


@pytest.mark.parametrize("path", ["articles", "texts", "proposals"])
def test_a_number_beyond_all_numbers_leads_nowhere(as_, path):
    assert as_("an").get(f"/rules/{path}/{10**30}/").status_code == 404


def test_how_many_breaches_there_are_is_told_to_who_handles_them_only(as_):
    zhao = factories.officer("zhao")
    log.record(Kind.BREACH_DECIDED, subject="breach:ZJ-1", by=zhao, at=NOON)
    event_counts.catch_up()
    no = next(n for n, one in sorted(PACK.articles.items()) if Topic.BREACHES in one.governs)
    for path in ("/rules/", f"/rules/articles/{no}/"):
        assert str(Kind.BREACH_DECIDED.label) in page(as_("du"), path)
        assert str(Kind.BREACH_DECIDED.label) not in page(as_("li"), path)
