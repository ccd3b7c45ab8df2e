"""docs/reference/articles.md: no article is missing, nothing is called built without a test."""

import ast
import re

import pytest
import reference
import reference_articles
from reference_articles import Shown

from liuhen.engines.policy.pack import Article
from liuhen.engines.policy.vocabulary import Topic
from liuhen.packs import catalogue
from liuhen.regulations import enforcement

# As in the regulations' own texts; chengde's has no article 14.
NUMBERS = {
    "chengde-safety": [*range(1, 14), *range(15, 30)],
    "jiaxian-health": list(range(1, 20)),
    "luohe-livestock": list(range(1, 25)),
    "neiqiu-health": list(range(1, 25)),
    "weidong-market": list(range(1, 19)),
}
SHOWN = reference_articles.marks()


def section(pack_id: str) -> str:
    return reference.page("articles.md").split(f"## {pack_id}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("pack_id", NUMBERS)
def test_no_article_is_missing(pack_id):
    rows = re.findall(r"^\| (\d+) \|", section(pack_id), re.MULTILINE)
    assert [int(no) for no in rows] == NUMBERS[pack_id]


def test_no_pack_is_missing():
    assert {pack.pack_id for pack in catalogue.offered()} == set(NUMBERS)


@pytest.mark.parametrize("topic", Topic)
def test_a_topic_called_built_is_shown_by_a_test(topic):
    is_built = any(row.is_built for row in enforcement.ENFORCED[topic])
    assert not is_built or topic in {shown.topic for shown in SHOWN}


@pytest.mark.parametrize("pack", catalogue.offered(), ids=lambda pack: pack.pack_id)
def test_every_article_is_text_or_planned_or_built_with_its_tests(pack):
    for article in pack.articles.values():
        _no, _summary, governs, enforced, tests, _cases = reference_articles.row(
            pack, article, SHOWN
        )
        is_built = any(row.is_built for row in enforcement.of(article))
        assert article.is_text_only == (governs == "text only") == (not enforced)
        assert tests if is_built else article.is_text_only or "*planned (issue" in enforced


def test_a_mark_names_what_there_is():
    packs = {f"{p.pack_id}:{no}": a for p in catalogue.offered() for no, a in p.articles.items()}
    for shown in SHOWN:
        assert shown.topic in set(Topic), shown
        assert shown.article is None or shown.topic in packs[shown.article].governs, shown


def test_nothing_is_planned_any_more():
    assert [row for row in enforcement.rows() if not row.is_built] == []


def test_marks_on_a_test_and_on_its_file_are_read():
    tree = ast.parse(
        'pytestmark = [pytest.mark.enforces("hold")]\n'
        '@pytest.mark.enforces("access", "outward", article="luohe-livestock:17")\n'
        "def test_a(): ...\n"
        "def test_b(): ...\n"
    )
    found = {
        name: [(reference_articles.topics_of(m), reference_articles.article_of(m)) for m in marks]
        for name, marks in reference_articles.marked(tree)
    }
    own = (["access", "outward"], "luohe-livestock:17")
    assert found == {"test_a": [own, (["hold"], None)], "test_b": [(["hold"], None)]}


def test_a_mark_for_one_article_shows_no_other():
    article = Article(20, "…", (Topic.ORIGINALS,))
    pack = next(p for p in catalogue.offered() if p.pack_id == "chengde-safety")
    shown = [Shown("originals", "chengde-safety:20", "a"), Shown("originals", "x:20", "b")]
    assert reference_articles.row(pack, article, shown)[4] == "`a`"
