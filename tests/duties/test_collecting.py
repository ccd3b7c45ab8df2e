"""Devices come back at the end of each working day; the ledger says whether they did."""

from datetime import timedelta

import pytest
from duty_cast import DAY, HOUR, MONDAY, NOON, at, cadence, told

import factories
from devices.device_cast import hand_out, take_back
from liuhen.custody.kinds import Kind
from liuhen.duties import closing, collecting, overdue, recurring
from liuhen.duties.errors import DevicesOut
from liuhen.duties.models import Duty

pytestmark = pytest.mark.django_db
EVENING = at(MONDAY, 18)
MIDNIGHT = at(MONDAY, 24)


@pytest.fixture
def collection(rules) -> Duty:
    """Monday's, of the bureau's keeper."""
    rules(collection=cadence("keeper", "working_day"))
    factories.officer("kong")
    recurring.make(at=NOON)
    return Duty.objects.get()


def settled(duty: Duty, when=MIDNIGHT) -> tuple[str, object]:
    collecting.settle(at=when)
    duty.refresh_from_db()
    return duty.state, duty.closed_at


@pytest.mark.enforces("collection", article="neiqiu-health:16")
def test_all_back_by_the_evening_is_done_when_the_last_one_was(collection):
    take_back(hand_out(), when=EVENING - HOUR)
    take_back(hand_out(factories.device("ZF-002"), to=factories.officer("wang")), when=EVENING)
    assert settled(collection) == ("done", EVENING)
    assert collection.closed_by.login == "kong"
    assert [one["late"] for one in told(Kind.DUTY_DONE)] == [False]


@pytest.mark.enforces("collection", article="neiqiu-health:16")
def test_one_still_out_at_midnight_is_overdue(collection):
    use = hand_out()
    assert settled(collection)[0] == "open"
    assert overdue.note_due(at=MIDNIGHT) == 1
    take_back(use, when=MIDNIGHT + HOUR)
    assert settled(collection, MIDNIGHT + 2 * HOUR) == ("done_late", MIDNIGHT + HOUR)


def test_late_before_any_round_saw_it_is_noted_all_the_same(collection):
    take_back(hand_out(), when=MIDNIGHT + HOUR)
    assert settled(collection, MIDNIGHT + 2 * HOUR)[0] == "done_late"
    assert [one["kind"] for one in told(Kind.DUTY_OVERDUE)] == ["collection"]


def test_before_the_day_is_over_others_may_still_go_out(collection):
    take_back(hand_out(), when=EVENING)
    assert settled(collection, EVENING + HOUR)[0] == "open"


def test_a_day_on_which_nothing_was_out_is_done(collection):
    take_back(hand_out(when=NOON - 3 * DAY), when=NOON - 3 * DAY + HOUR)
    assert settled(collection) == ("done", at(MONDAY, 0))


def test_a_bureau_that_hands_nothing_out_here_says_so_itself(collection):
    assert settled(collection)[0] == "open"
    closing.complete(collection, note="已全部收回", by=factories.officer("kong"), at=EVENING)
    assert collection.state == "done"


@pytest.mark.enforces("collection", article="neiqiu-health:16")
def test_nobodys_word_stands_in_for_the_ledger(collection):
    use = hand_out()
    with pytest.raises(DevicesOut) as no:
        closing.complete(collection, note="全部收回", by=factories.officer("kong"), at=EVENING)
    assert "ZF-001" in no.value.text
    take_back(use, when=EVENING)
    closing.complete(collection, note="全部收回", by=factories.officer("kong"), at=EVENING)
    assert collection.state == "done"


def test_what_goes_out_the_next_day_does_not_keep_the_former_open(collection):
    take_back(hand_out(), when=EVENING)
    hand_out(when=MIDNIGHT + 9 * HOUR)
    assert settled(collection, MIDNIGHT + 10 * HOUR) == ("done", EVENING)


def test_settled_once(collection):
    take_back(hand_out(), when=EVENING)
    assert collecting.settle(at=MIDNIGHT) == 1
    assert collecting.settle(at=MIDNIGHT + timedelta(minutes=1)) == 0
    assert len(told(Kind.DUTY_DONE)) == 1
