"""Time that has run out is noted once, with the breach it may be."""

import pytest
from django.db import transaction
from duty_cast import BREACHES, HOUR, MONDAY, NOON, at, cadence, daily_check, rows, told

import factories
from liuhen.custody.kinds import Kind
from liuhen.duties import overdue, recurring
from liuhen.duties.books import Books
from liuhen.duties.models import Duty

pytestmark = pytest.mark.django_db


@pytest.mark.enforces("breaches", "inspection")
def test_an_open_duty_past_its_time_may_be_a_breach(rules):
    duty = daily_check(rules)
    assert overdue.note_due(at=at(MONDAY, 24)) == 1
    duty.refresh_from_db()
    assert (duty.state, duty.overdue_noted_at) == ("open", at(MONDAY, 24))
    assert (duty.breach_article, duty.breach_no) == (18, 5)
    [said] = told(Kind.DUTY_OVERDUE)
    assert (said["kind"], said["breach_no"], said["unit"]) == ("daily_check", 5, "监督一科")


def test_a_minute_before_it_is_not(rules):
    daily_check(rules)
    assert overdue.note_due(at=at(MONDAY, 24) - HOUR / 60) == 0


def test_it_is_noted_once(rules):
    daily_check(rules)
    overdue.note_due(at=at(MONDAY, 24))
    before = rows()
    assert overdue.note_due(at=at(MONDAY, 30)) == 0
    assert (rows(), len(told(Kind.DUTY_OVERDUE))) == (before, 1)


def test_of_two_rounds_that_saw_the_same_duty_one_notes_it(rules):
    seen_by_both = [daily_check(rules)]
    for hour in (24, 25):
        with transaction.atomic():
            overdue.note(list(seen_by_both), books=Books(), at=at(MONDAY, hour))
    assert len(told(Kind.DUTY_OVERDUE)) == 1
    assert Duty.objects.get().overdue_noted_at == at(MONDAY, 24)


def test_a_regulation_that_names_no_such_breach_makes_no_candidate(rules):
    factories.officer("wang")
    rules(daily_check=cadence("unit_head", "working_day"))
    recurring.make(at=NOON)
    overdue.note_due(at=at(MONDAY, 24))
    assert (Duty.objects.get().breach_no, told(Kind.DUTY_OVERDUE)[0]["breach_no"]) == (None, None)


def test_without_the_event_it_is_not_noted(rules, monkeypatch):
    daily_check(rules)
    monkeypatch.setattr(overdue.log, "record_all", fail)
    with pytest.raises(OSError, match="disk full"):
        overdue.note_due(at=at(MONDAY, 24))
    assert Duty.objects.get().overdue_noted_at is None


def fail(*_args, **_more):
    raise OSError("disk full")


def test_many_are_noted_in_turns(rules, monkeypatch):
    rules(daily_check=cadence("unit_head", "working_day"), breaches=BREACHES)
    for n in range(5):
        factories.officer(f"o{n}", unit=factories.unit(f"科室{n}"))
    recurring.make(at=NOON)
    monkeypatch.setattr(overdue, "AT_ONCE", 2)
    assert overdue.note_due(at=at(MONDAY, 24)) == len(told(Kind.DUTY_OVERDUE)) == 5
