"""The five packs: each worked case, and what every pack has to say."""

import pytest

from liuhen.engines.policy import worked
from liuhen.engines.policy.pack import Pack
from liuhen.engines.policy.values import CADENCES
from liuhen.packs.catalogue import FOLDER, offered

PACKS = {pack.pack_id: pack for pack in offered()}
CASES = {
    f"{pack.pack_id}:{case.line} {case.name}": (pack, case)
    for pack in PACKS.values()
    for case in pack.cases
}
LAST = {
    "chengde-safety": 29,
    "jiaxian-health": 19,
    "luohe-livestock": 24,
    "neiqiu-health": 24,
    "weidong-market": 18,
}
UNUSED_NUMBERS = {"chengde-safety": {14}}
"""The text itself has no such article."""

every_pack = pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)


@pytest.mark.parametrize(("pack", "case"), CASES.values(), ids=CASES)
def test_a_worked_case_comes_out_as_the_regulation_has_it(pack, case):
    book = worked.book_of(pack)
    assert [str(one) for one in worked.failed(case, book, pack.pack_id)] == []


def test_there_are_the_five_packs():
    assert set(PACKS) == set(LAST)


@every_pack
def test_every_article_of_the_text_is_there(pack: Pack):
    numbers = set(range(1, LAST[pack.pack_id] + 1)) - UNUSED_NUMBERS.get(pack.pack_id, set())
    assert set(pack.articles) == numbers


@every_pack
def test_ten_worked_cases_or_more(pack: Pack):
    assert len(pack.cases) >= 10
    assert len({case.name for case in pack.cases}) == len(pack.cases)


@every_pack
def test_the_purpose_is_text_only_and_most_articles_are_not(pack: Pack):
    assert pack.articles[1].is_text_only
    text_only = [one for one in pack.articles.values() if one.is_text_only]
    assert len(text_only) <= 3


@every_pack
def test_a_summary_is_our_own_line(pack: Pack):
    for article in pack.articles.values():
        assert "\n" not in article.summary
        assert len(article.summary) <= 120


@every_pack
def test_what_the_product_cannot_do_without_is_stated(pack: Pack):
    needed = {"retention", "handover", "must_record", "pre_use_check", "breaches", "access_view"}
    assert needed <= set(pack.parameters)
    assert set(CADENCES) & set(pack.parameters)


@every_pack
def test_a_case_asks_of_each_term_that_is_stated(pack: Pack):
    asked = {case.ask for case in pack.cases}
    assert {"keep_until", "handover", "must_record", "approval"} <= asked


def test_the_folder_holds_packs_and_nothing_else():
    kept = {path.name for path in FOLDER.iterdir() if path.name != "__pycache__"}
    beside = {"__init__.py", "catalogue.py", "forms", "review_forms.py"}
    assert kept == beside | {f"{name}.yaml" for name in PACKS}
