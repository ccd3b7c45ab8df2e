"""A later value never reaches back: answers for days before it stay as they were."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_rules import CHENGDE_HANDS_IN, CHENGDE_KEEPS, PACK, TERM_RULES, value

from liuhen.engines.policy.handover import HandoverFacts, due
from liuhen.engines.policy.pack import Adopted, Change, Rulebook
from liuhen.engines.policy.terms import KeepingFacts, keeping
from liuhen.kernel.clock import CHINA

ADOPTED = date(2020, 1, 1)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
HANDOVERS = st.fixed_dictionaries(
    {
        "clock": st.just("recording_end"),
        "limit": st.just("hours"),
        "hours": st.integers(1, 100),
        "receiver": st.just("keeper"),
    }
)
SAID = {**CHENGDE_KEEPS, **CHENGDE_HANDS_IN}


def rulebook(**said) -> Rulebook:
    parameters = {name: (value(name, **one),) for name, one in said.items()}
    return Rulebook((Adopted(replace(PACK, parameters=parameters), ADOPTED),))


def answers(book: Rulebook, day: date):
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=CHINA)
    rules = book.on(day)
    handed = HandoverFacts(noon, activity_ended=noon)
    return keeping(rules, KeepingFacts(noon)), due(rules, handed)


@given(DAYS, DAYS, TERM_RULES, HANDOVERS)
def test_a_change_counts_from_its_day_only(day, since, term, handover):
    assume(day < since)
    assume(since != ADOPTED)  # that day's values are the earliest, so they stand in before it
    book = rulebook(**SAID)
    changes = (
        Change("retention", since, value("retention", **term)),
        Change("handover", since, value("handover", **handover)),
    )
    assert answers(replace(book, changes=changes), day) == answers(book, day)


@given(DAYS, DAYS, TERM_RULES)
def test_another_regulation_counts_from_its_day_only(day, since, term):
    assume(since > ADOPTED)
    assume(day < since)
    book = rulebook(**SAID)
    other = replace(PACK, parameters={"retention": (value("retention", **term),)})
    added = replace(book, adopted=(*book.adopted, Adopted(other, since)))
    assert answers(added, day) == answers(book, day)


@given(DAYS, TERM_RULES)
def test_a_packs_own_later_value_counts_from_its_day_only(since, term):
    assume(since > ADOPTED)
    book = rulebook(**SAID)
    series = (
        value("retention", **CHENGDE_KEEPS["retention"]),
        value("retention", **term, **{"from": since}),
    )
    later = replace(book.adopted[0].pack, parameters={"retention": series})
    dated = Rulebook((Adopted(later, ADOPTED),))
    assert dated.on(since - timedelta(days=1)).values == {"retention": series[0]}
    assert dated.on(since).values == {"retention": series[1]}


@pytest.mark.enforces("in_force")
def test_before_its_first_regulation_a_bureau_keeps_but_owes_nothing():
    kept, owed = answers(rulebook(**SAID), ADOPTED - timedelta(days=1))
    assert kept.until is not None
    assert owed is None


@pytest.mark.enforces("in_force")
def test_from_the_day_of_adoption_it_owes():
    assert answers(rulebook(**SAID), ADOPTED)[1] is not None
