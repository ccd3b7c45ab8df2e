"""A correction that lapses is a lead, of the item under which each regulation lets it fall."""

from datetime import timedelta

import pytest
from breach_cast import follow
from correction_cast import LAST_DAY, LATER, NOON, ordered, submitted, who

import factories
from liuhen.duties import deriving, overdue
from liuhen.kernel.clock import midnight
from liuhen.packs import catalogue
from liuhen.supervision.corrections import ordering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]

TOO_LATE = midnight(LAST_DAY + timedelta(days=1))
ITEMS = {
    "jiaxian-health": (18, 6, "其他严重违反"),
    "weidong-market": (14, 8, "其他严重违反"),
    "chengde-safety": (27, 8, "其他严重违反"),
    "neiqiu-health": (23, 7, "其他违反"),
    "luohe-livestock": (21, 8, "其他严重违反"),
}


def leads(at=TOO_LATE):
    """As the worker's rounds make them: duties of the log, what is late, what that may be."""
    deriving.catch_up(at=at)
    overdue.note_due(at=at)
    return follow(at)


def test_every_regulation_is_asked():
    assert set(ITEMS) == {pack.pack_id for pack in catalogue.offered()}


@pytest.mark.parametrize("pack", sorted(ITEMS))
@pytest.mark.enforces("breaches")
def test_a_correction_that_lapses_is_a_lead_of_its_item(pack):
    factories.follow(pack)
    article, item_no, words = ITEMS[pack]
    made = ordered(article=article)
    [lead] = leads()
    assert (lead.source, lead.officer, lead.pack_id) == ("duty", who("li"), pack)
    assert (lead.article, lead.item_no) == (article, item_no)
    assert lead.item_text.startswith(words)
    assert made.number in lead.text


def test_it_is_none_on_the_last_day():
    ordered()
    assert leads(TOO_LATE - timedelta(seconds=1)) == []


def test_none_comes_of_one_that_waits_for_a_word():
    submitted(ordered())
    assert leads() == []


def test_none_comes_of_one_that_was_withdrawn():
    ordering.withdraw(ordered(), reason="发出有误", by=who("du"), at=LATER)
    assert leads() == []


def test_of_a_unit_it_is_its_heads_duty_and_names_nobody():
    made = ordered(officer=None)
    [lead] = leads()
    assert (lead.officer, lead.unit) == (None, made.unit)
    assert lead.happened_at == TOO_LATE > NOON
