"""From which day a regulation, and a bureau's change to it, counts."""

from datetime import date, timedelta

import pytest

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.policy.pack import Change
from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.values import Retention
from liuhen.engines.policy.vocabulary import TermRule
from liuhen.people.models import Agency
from liuhen.regulations import current, setting_up

pytestmark = pytest.mark.django_db
START = date(2026, 3, 1)
EVE = START - timedelta(days=1)


@pytest.fixture
def bureau(data) -> Agency:
    """One that follows neiqiu-health since 2025."""
    return factories.agency()


@pytest.mark.enforces("in_force")
def test_another_regulation_counts_from_its_day_on(bureau):
    setting_up.adopt(bureau, "chengde-safety", from_date=START, by="set-up", at=factories.NOON)
    assert current.rules(bureau, EVE).pack.pack_id == "neiqiu-health"
    assert current.rules(bureau, START).pack.pack_id == "chengde-safety"
    assert CustodyEvent.objects.filter(kind=Kind.REGULATION_ADOPTED).count() == 1


@pytest.mark.enforces("in_force")
def test_a_change_rewrites_no_day_before_its_own(bureau):
    value = Retention(article=15, rule=TermRule.EXACT, period=Period.parse("P3Y"))
    book = current.rulebook(bureau, more=[Change("retention", START, value)])
    assert book.on(START).get(Retention) == value
    assert book.on(EVE).get(Retention) == current.rules(bureau, EVE).get(Retention) != value


def test_before_the_first_regulation_its_earliest_values_stand_in(bureau):
    rules = current.rules(bureau, date(2024, 12, 31))
    assert rules.is_before_adoption
    assert rules.pack.pack_id == "neiqiu-health"
