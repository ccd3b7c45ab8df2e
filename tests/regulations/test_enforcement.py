"""What the system says it does for an article."""

from importlib import import_module

import pytest

from liuhen.engines.policy.pack import Article
from liuhen.engines.policy.vocabulary import Topic
from liuhen.regulations import enforcement

ISSUES = {4, 5, 6, 7}


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_is_told(topic):
    assert enforcement.ENFORCED[topic]


@pytest.mark.parametrize("row", enforcement.rows(), ids=lambda row: f"{row.topic}-{row.issue}")
def test_what_is_built_names_code_that_is_there(row):
    assert row.by or row.issue in ISSUES
    for name in row.by:
        assert found(name), name


def found(name: str) -> object:
    """The function or class with this dotted name. Raises where it is not there."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            target: object = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            target = getattr(target, part)
        return target
    raise ModuleNotFoundError(name)


def test_code_that_is_not_there_is_noticed():
    with pytest.raises(AttributeError):
        found("liuhen.regulations.enforcement.nothing")


def test_an_article_gets_the_rows_of_what_it_governs():
    article = Article(20, "…", (Topic.IN_FORCE, Topic.CONDUCT))
    assert [row.topic for row in enforcement.of(article)] == [Topic.IN_FORCE, Topic.CONDUCT]


def test_text_alone_enforces_nothing():
    assert enforcement.of(Article(1, "…")) == ()
