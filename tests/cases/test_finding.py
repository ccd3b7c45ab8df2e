"""Searching: an index that answers as reading every text would."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories
from liuhen.cases import finding, linked_words
from liuhen.recordings.models import Recording, Words
from liuhen.recordings.queries import Filters, visible_to
from liuhen.recordings.search import keeping
from liuhen.recordings.search.grams import spelled

LETTERS = "王小明卫罚〔〕12026ab-号 "
TEXTS = st.lists(st.text(LETTERS, max_size=12), min_size=1, max_size=8)
WORDS = st.text(LETTERS, min_size=1, max_size=6)


def found(login: str, words: str, **more) -> list[str]:
    page = finding.page(factories.officer(login), Filters(words=words, **more), None)
    assert page.count == len(page.rows)
    return sorted(row.number for row in page.rows)


def by_reading(login: str, words: str) -> list[str]:
    """What a search has to answer, without an index."""
    rows = visible_to(factories.officer(login))
    said = {row.number: spelled(f"{row.number} {row.search_text}") for row in rows}
    return sorted(
        number
        for number, text in said.items()
        if all(word in text for word in spelled(words).split())
    )


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=TEXTS, words=WORDS)
def test_a_search_finds_what_reading_every_text_would(db, texts, words):
    for n, text in enumerate(texts, 1):
        made = factories.recording(f"2026-{n:06d}")
        Recording.objects.filter(pk=made.pk).update(search_text=text)
    keeping.refresh(Recording.objects.values_list("pk", flat=True))
    for login in ("zhou", "li"):
        assert found(login, words) == by_reading(login, words)
