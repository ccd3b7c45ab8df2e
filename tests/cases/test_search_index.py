"""The index as a whole: built anew, and looked through for what it should not say."""

from datetime import timedelta

import pytest
from activity_cast import NOON, li, recorded, registered
from case_cast import add, person
from django.core.management import call_command

from liuhen.cases import linking, search_index
from liuhen.recordings import health
from liuhen.recordings.models import Recording, Words
from liuhen.recordings.search import keeping

pytestmark = pytest.mark.django_db


def codes() -> list[str]:
    return [deviation.code for deviation in search_index.audit()]


@pytest.fixture
def film(bureau) -> Recording:
    made = recorded()
    linking.link(registered(party=add(person("张三"))), made, by=li(), at=NOON)
    return made


def test_a_true_index_deviates_in_nothing(film):
    assert codes() == []


def test_a_recording_without_words_is_told(film):
    words = Words.objects.get()
    keeping.index().replace([words], [])
    words.delete()
    assert codes() == ["search.missing"]


def test_words_that_are_not_those_of_the_row_are_told(film):
    Words.objects.update(linked="")
    assert codes() == ["search.differs"]


def test_a_row_changed_by_hand_is_told(film):
    Recording.objects.update(recorded_at=NOON + timedelta(days=1))
    assert codes() == ["search.differs"]


def test_words_without_an_entry_are_told(film):
    keeping.index().replace([Words.objects.get()], [])
    assert codes() == ["search.entry_missing"]


def test_an_entry_without_words_is_told(film):
    Words.objects.update(rank=1)
    assert codes() == ["search.differs", "search.entry_missing", "search.entry_too_many"]


def test_built_anew_it_is_what_it_was(film):
    before = Words.objects.values().get()
    Words.objects.update(own="", linked="")
    assert search_index.rebuild() == 1
    assert Words.objects.values().get() == before
    assert codes() == []


def test_what_changes_while_it_is_built_is_found_by_its_activity_too(film):
    Words.objects.all().delete()
    keeping.index().clear()
    keeping.refresh([film.pk])
    search_index.enter([film.pk])
    assert codes() == []


def test_an_index_of_an_older_version_is_not_built(bureau, monkeypatch):
    assert not keeping.is_built()
    search_index.rebuild()
    assert keeping.is_built()
    monkeypatch.setattr(keeping, "VERSION", keeping.VERSION + 1)
    assert not keeping.is_built()


def test_the_doctor_says_when_searches_find_too_little(film):
    search_index.rebuild()
    assert [fact.problem for fact in health.searching()] == [""]
    Words.objects.all().delete()
    assert "liuhen reindex" in next(iter(health.searching())).problem


def test_no_migration_is_missing(db):
    call_command("makemigrations", "recordings", "--check", "--dry-run", verbosity=0)
