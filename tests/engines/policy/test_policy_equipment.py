"""How many devices a unit should have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rules import rules

from liuhen.engines.policy.answers import Why
from liuhen.engines.policy.equipment import UnitFacts, shortfall

WEIDONG = {
    "equipment": {
        "article": 3,
        "at_least_per_unit": 2,
        "busy_people_per_device": 3,
        "people_per_device": 5,
    }
}


@pytest.mark.enforces("equipment", article="weidong-market:3")
@pytest.mark.parametrize(
    ("people", "is_busy", "needed"),
    [
        (0, False, 2),
        (5, False, 2),
        (10, False, 2),
        (11, False, 3),
        (6, True, 2),
        (7, True, 3),
        (30, True, 10),
    ],
)
def test_two_at_least_then_by_head(people, is_busy, needed):
    answer = shortfall(rules(**WEIDONG), UnitFacts(people, is_busy, devices=1))
    assert (answer.needed, answer.missing) == (needed, needed - 1)
    assert answer.grounds[0].code == Why.TOO_FEW_DEVICES
    assert answer.grounds[0].facts["missing"] == needed - 1


@pytest.mark.enforces("equipment")
def test_a_unit_with_more_lacks_none():
    answer = shortfall(rules(**WEIDONG), UnitFacts(10, is_busy=False, devices=9))
    assert answer.missing == 0
    assert answer.grounds[0].code == Why.ENOUGH_DEVICES


@pytest.mark.enforces("equipment", article="jiaxian-health:3")
def test_an_outside_document_leaves_the_number_open():
    said = {"article": 3, "standard": "河南省行政执法音像记录设备配备办法"}
    answer = shortfall(rules(equipment=said), UnitFacts(10, is_busy=True, devices=0))
    assert (answer.needed, answer.missing) == (None, None)
    assert answer.grounds[0].code == Why.OUTSIDE_STANDARD


OUTSIDE = {"equipment": {"article": 3, "standard": "河南省行政执法音像记录设备配备办法"}}


@pytest.mark.enforces("equipment", article="jiaxian-health:3")
@pytest.mark.parametrize(
    ("quota", "filled", "missing"), [(6, 4, 2), (6, 6, 0), (6, None, 0), (0, 0, 0)]
)
def test_the_quota_that_was_entered_is_the_number(quota, filled, missing):
    facts = UnitFacts(10, is_busy=True, devices=8, quota=quota, quota_filled=filled)
    answer = shortfall(rules(**OUTSIDE), facts)
    assert (answer.needed, answer.missing) == (quota, missing)


def test_where_the_regulation_counts_itself_a_quota_changes_nothing():
    facts = UnitFacts(10, is_busy=False, devices=1, quota=9, quota_filled=0)
    assert shortfall(rules(**WEIDONG), facts).needed == 2


def test_a_number_taken_over_from_the_outside_document_counts():
    said = {"standard": "省配备办法", "people_per_device": 2}
    answer = shortfall(rules(equipment=said), UnitFacts(5, is_busy=False, devices=0))
    assert answer.needed == 3


def test_a_ratio_for_the_busy_alone_asks_nothing_of_the_others():
    said = {"busy_people_per_device": 2}
    assert shortfall(rules(equipment=said), UnitFacts(5, is_busy=False, devices=0)) is None


def test_no_number_no_shortfall():
    facts = UnitFacts(5, is_busy=True, devices=0)
    assert shortfall(rules(), facts) is None
    assert shortfall(rules(equipment={"window_camera": True}), facts) is None
    assert shortfall(rules(is_before_adoption=True, **WEIDONG), facts) is None


def test_fewer_than_none_is_a_bug():
    with pytest.raises(ValueError):
        UnitFacts(-1, is_busy=False, devices=0)


@given(st.integers(0, 10_000), st.booleans(), st.integers(0, 10_000))
def test_with_what_is_missing_everyone_has_a_share_and_one_less_is_too_few(people, busy, devices):
    answer = shortfall(rules(**WEIDONG), UnitFacts(people, busy, devices))
    per_device = 3 if busy else 5
    assert answer.needed * per_device >= people
    assert answer.needed == 2 or (answer.needed - 1) * per_device < people
    assert answer.missing == max(0, answer.needed - devices)
