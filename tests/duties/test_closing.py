"""A person's word closes a duty: who may, what is written, and nothing without the event."""

import pytest
from duty_cast import (
    DAY,
    MONDAY,
    NOON,
    TWO_DEVICES,
    at,
    daily_check,
    examined,
    handover,
    rows,
    told,
    yearly_review,
)

import factories
from liuhen.custody.kinds import Kind
from liuhen.duties import closing, deriving, overdue, shortfall
from liuhen.duties.models import Duty
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Agency, Officer

pytestmark = pytest.mark.django_db


def refused(action, *args, **more) -> str:
    """The code of the refusal; and nothing was changed, nothing written."""
    before, events = rows(), told(Kind.DUTY_DONE) + told(Kind.DUTY_WAIVED)
    with pytest.raises(Refusal) as no:
        action(*args, **more, at=NOON)
    assert (rows(), told(Kind.DUTY_DONE) + told(Kind.DUTY_WAIVED)) == (before, events)
    return no.value.code


@pytest.mark.enforces("inspection")
def test_done_in_time_with_a_note(rules):
    duty, wang = daily_check(rules), factories.officer("wang")
    closing.complete(duty, note=" 设备正常 ", by=wang, at=NOON)
    assert (duty.state, duty.closed_by, duty.reason) == ("done", wang, "设备正常")
    [said] = told(Kind.DUTY_DONE)
    assert (said["note"], said["late"], said["article"]) == ("设备正常", False, 20)


def test_done_late_is_noted_as_overdue_even_before_any_round(rules):
    duty = daily_check(rules)
    closing.complete(duty, note="补查", by=factories.officer("wang"), at=at(MONDAY, 24))
    duty.refresh_from_db()
    assert (duty.state, duty.breach_no) == ("done_late", 5)
    assert duty.overdue_noted_at == at(MONDAY, 24)
    assert len(told(Kind.DUTY_OVERDUE)) == 1


def test_what_a_round_noted_is_not_noted_again(rules):
    duty = daily_check(rules)
    overdue.note_due(at=at(MONDAY, 24))
    closing.complete(duty, note="补查", by=factories.officer("wang"), at=at(MONDAY, 25))
    assert len(told(Kind.DUTY_OVERDUE)) == 1


@pytest.mark.parametrize("login", ["li", "zhao", "zhou", "sun"])
def test_only_whose_it_is_can_say_it_is_done(rules, login):
    duty, other = daily_check(rules), factories.officer(login)
    assert refused(closing.complete, duty, note="好", by=other) == "duties.not_yours"
    assert not closing.may_complete(duty, other)


def test_another_units_head_cannot(rules):
    duty = daily_check(rules)
    wu = factories.officer("wu", "unit_head", unit=factories.unit("监督二科"))
    assert refused(closing.complete, duty, note="好", by=wu) == "duties.not_yours"


def test_an_account_that_is_off_cannot(rules):
    duty, wang = daily_check(rules), factories.officer("wang")
    wang.is_active = False
    assert refused(closing.complete, duty, note="好", by=wang) == "duties.not_yours"


def test_a_note_is_asked_for(rules):
    duty, wang = daily_check(rules), factories.officer("wang")
    assert refused(closing.complete, duty, note=" ", by=wang) == "duties.note_missing"


def test_what_the_record_discharges_nobody_declares_done(rules):
    rules(equipment=TWO_DEVICES)
    factories.officer("li")
    shortfall.look(at=NOON)
    duty, cai = Duty.objects.get(), factories.officer("cai")
    assert refused(closing.complete, duty, note="好", by=cai) == "duties.closed_by_facts"
    assert not closing.may_complete(duty, cai)


def test_of_two_at_once_one_closes_it(rules):
    duty, fa = yearly_review(rules), factories.officer("fa")
    as_the_other_saw_it = Duty.objects.get(pk=duty.pk)
    closing.complete(duty, note="已评查", by=fa, at=NOON)
    two = factories.officer("fa2", "legal_office")
    code = refused(closing.complete, as_the_other_saw_it, note="也评查", by=two)
    assert code == "duties.already_closed"
    assert refused(
        closing.waive, as_the_other_saw_it, reason="不必", by=factories.officer("zhao")
    ) == ("duties.already_closed")


@pytest.mark.parametrize(
    ("action", "words", "login"),
    [(closing.complete, "note", "fa"), (closing.waive, "reason", "zhao")],
)
def test_no_event_no_change(rules, monkeypatch, action, words, login):
    duty = yearly_review(rules)
    before = rows()
    monkeypatch.setattr(closing.log, "record_all", fail)
    with pytest.raises(OSError, match="disk full"):
        action(duty, **{words: "好"}, by=factories.officer(login), at=NOON)
    assert rows() == before


def fail(*_args, **_more):
    raise OSError("disk full")


def test_a_leader_waives_with_a_reason(rules):
    duty, zhao = yearly_review(rules), factories.officer("zhao")
    closing.waive(duty, reason="机构改革", by=zhao, at=NOON)
    assert (duty.state, duty.closed_by, duty.reason) == ("waived", zhao, "机构改革")
    assert told(Kind.DUTY_WAIVED)[0]["reason"] == "机构改革"


def test_a_reason_is_asked_for(rules):
    duty, zhao = yearly_review(rules), factories.officer("zhao")
    assert refused(closing.waive, duty, reason="  ", by=zhao) == "duties.reason_missing"


@pytest.mark.parametrize("login", ["li", "zhou", "fa", "du", "sun", "an", "shen"])
def test_who_may_not_waive(rules, login):
    duty, by = yearly_review(rules), factories.officer(login)
    assert refused(closing.waive, duty, reason="不必", by=by) == "people.not_permitted"
    assert not closing.may_waive(duty, by)


def test_a_units_head_waives_in_the_unit_only(rules):
    rules(handover=handover(24))
    two = factories.unit("监督二科")
    other = examined(officer=factories.officer("wu", unit=two))
    deriving.catch_up(at=NOON)
    Duty.objects.update(state="open", closed_at=None)
    duty, wang = Duty.objects.get(recording=other), factories.officer("wang")
    assert refused(closing.waive, duty, reason="不必", by=wang) == "duties.outside_unit"
    Officer.objects.filter(pk=wang.pk).update(unit=two)
    closing.waive(duty, reason="设备故障", by=Officer.objects.get(pk=wang.pk), at=NOON)
    assert duty.state == "waived"


def test_nobody_waives_what_is_asked_of_the_whole_bureau_from_a_unit(rules):
    duty, wang = yearly_review(rules), factories.officer("wang")
    assert refused(closing.waive, duty, reason="不必", by=wang) == "duties.outside_unit"


def test_nobody_waives_an_own_duty(rules):
    duty, wang = daily_check(rules), factories.officer("wang")
    assert refused(closing.waive, duty, reason="不必", by=wang) == "duties.own_duty"
    review = yearly_review(rules, "leader")
    assert refused(closing.waive, review, reason="不必", by=factories.officer("zhao")) == (
        "duties.own_duty"
    )


def test_another_bureaus_leader_finds_no_such_duty(rules):
    duty = yearly_review(rules)
    other = Agency.objects.create(name="另一局", set_up_at=NOON)
    stranger = factories.officer("stranger", "leader")
    stranger.agency = other
    assert refused(closing.waive, duty, reason="不必", by=stranger) == "duties.no_such_duty"


def test_a_lateness_that_was_noted_stays_when_it_is_waived(rules):
    duty = daily_check(rules)
    overdue.note_due(at=at(MONDAY, 24))
    closing.waive(duty, reason="停电", by=factories.officer("zhao"), at=NOON + DAY)
    assert (duty.state, duty.breach_no) == ("waived", 5)
