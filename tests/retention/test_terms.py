"""How long a recording is kept, by the rules of its own day."""

from datetime import UTC, date, datetime, timedelta

import pytest

import factories
from liuhen.engines.policy.answers import Why
from liuhen.engines.policy.pack import Adopted, Change, Pack, Rulebook
from liuhen.engines.policy.terms import NoTermApplies
from liuhen.engines.policy.values import Retention
from liuhen.packs import catalogue
from liuhen.retention.terms import ended_at, keeping_of

pytestmark = pytest.mark.django_db
SINCE = date(2020, 1, 1)


def book(*changes: Change, **said) -> Rulebook:
    rule = {"retention": (Retention(article=15, **said),)} if said else {}
    pack = Pack("own", "制度", "卫生", None, None, {}, rule)
    return Rulebook((Adopted(pack, SINCE),), changes)


def test_it_counts_from_the_end_not_from_the_intake():
    start = datetime(2024, 2, 28, 15, 59, 30, tzinfo=UTC)  # half a minute to China's midnight
    clock = {"clock_offset_seconds": 0}
    made = factories.recording(recorded_at=start, sealed_at=start + timedelta(days=9), **clock)
    assert ended_at(made) == start + timedelta(minutes=1)
    keeping = keeping_of(made, book(rule="exact", period="P12M"))
    assert keeping.until.date() == date(2025, 2, 28)  # the 29th of February it lacks


@pytest.mark.enforces("retention")
def test_a_floor_is_no_end():
    keeping = keeping_of(factories.recording(), book(rule="at_least", period="P2Y"))
    assert (keeping.at_least, keeping.until.date()) == (True, date(2028, 1, 5))


def test_a_photo_ends_when_it_is_taken():
    made = factories.recording(duration_seconds=None)
    assert ended_at(made) == made.recorded_at


def test_the_rules_of_its_own_day_count_not_todays():
    later = Change("retention", date(2026, 1, 6), Retention(article=15, rule="exact", period="P1M"))
    keeping = keeping_of(factories.recording(), book(later, rule="exact", period="P12M"))
    assert keeping.until.date() == date(2027, 1, 5)


def test_what_is_older_than_the_regulation_is_kept_by_its_earliest_word():
    old = factories.recording(recorded_at=datetime(2019, 5, 1, tzinfo=UTC), clock_offset_seconds=0)
    keeping = keeping_of(old, book(rule="exact", period="P12M"))
    assert keeping.until.date() == date(2020, 5, 1)
    assert Why.BEFORE_ADOPTION in {ground.code for ground in keeping.grounds}


def test_a_silent_regulation_lets_nothing_go():
    with pytest.raises(NoTermApplies):
        keeping_of(factories.recording(), book())


@pytest.mark.enforces("retention")
@pytest.mark.parametrize(
    ("pack_id", "until", "at_least"),
    [
        ("jiaxian-health", date(2027, 1, 5), False),
        ("chengde-safety", date(2028, 1, 5), True),
        ("luohe-livestock", date(2027, 1, 5), True),
        ("neiqiu-health", None, False),
        ("weidong-market", None, False),
    ],
)
def test_the_five_regulations(pack_id, until, at_least):
    rules = Rulebook((Adopted(catalogue.pack(pack_id), SINCE),))
    keeping = keeping_of(factories.recording(), rules)
    assert (keeping.until and keeping.until.date(), keeping.at_least) == (until, at_least)
