"""整改: ordered with a deadline, reported on with proof, accepted or returned; owed as a duty."""

from datetime import date, timedelta

import pytest
from correction_cast import (
    LAST_DAY,
    LATER,
    PDF,
    duty_of,
    kinds_of,
    order_of,
    ordered,
    refused,
    submitted,
    who,
)

import factories
from factories import NOON
from liuhen.custody import log
from liuhen.custody.models import CustodyEvent
from liuhen.duties import closing, deriving, overdue
from liuhen.duties.models import Duty, DutyState
from liuhen.kernel.clock import midnight
from liuhen.people.models import Unit
from liuhen.supervision.corrections import integrity, ordering, proof, seeing
from liuhen.supervision.models import Correction, CorrectionState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]
AFTER = midnight(LAST_DAY) + timedelta(days=1, hours=9)


@pytest.mark.enforces("inspection", article="chengde-safety:26")
def test_an_order_is_a_duty_of_who_has_to_put_it_right():
    one = ordered()
    duty = duty_of(one)
    assert one.number == "ZG-2026-000001"
    assert (duty.owner, duty.article, duty.state) == (who("li"), 26, DutyState.OPEN)
    assert duty.due_at == midnight(LAST_DAY + timedelta(days=1))
    assert kinds_of(f"correction:{one.number}") == ["correction.ordered"]


def test_without_a_name_the_units_head_has_to():
    duty = duty_of(ordered(officer=None))
    assert (duty.owner, duty.post, duty.unit) == (None, "unit_head", factories.unit())


@pytest.mark.enforces("inspection", article="chengde-safety:26")
def test_accepted_it_is_done_as_of_the_report():
    one = submitted(ordered())
    ordering.accept(one, opinion="已改正", by=who("du"), at=AFTER)
    duty = duty_of(one, AFTER)
    assert (one.state, duty.state) == (CorrectionState.ACCEPTED, DutyState.DONE)
    assert (duty.closed_at, duty.closed_by) == (LATER, who("li"))


def test_a_report_that_lies_unread_makes_nobody_late():
    one = submitted(ordered())
    assert duty_of(one).due_at is None
    assert overdue.note_due(at=AFTER) == 0


def test_what_was_reported_too_late_is_done_late():
    one = submitted(ordered(), at=AFTER)
    ordering.accept(one, by=who("du"), at=AFTER)
    assert duty_of(one, AFTER).state == DutyState.DONE_LATE


def test_what_nobody_puts_right_is_overdue():
    one = ordered()
    duty_of(one)
    assert overdue.note_due(at=AFTER) == 1
    assert CustodyEvent.objects.filter(kind="duty.overdue").count() == 1


def test_returned_the_time_runs_on_to_the_day_named_then():
    one = submitted(ordered())
    ordering.send_back(one, opinion="说明不全", until=date(2026, 1, 20), by=who("du"), at=LATER)
    assert (one.state, one.due_at) == (CorrectionState.ORDERED, midnight(date(2026, 1, 21)))
    assert duty_of(one).due_at == one.due_at
    submitted(one, at=LATER + timedelta(hours=1))
    assert Correction.objects.get().state == CorrectionState.SUBMITTED


def test_withdrawn_nothing_is_owed():
    one = ordered()
    ordering.withdraw(one, reason="发错科室", by=who("du"), at=LATER)
    duty = duty_of(one)
    assert (duty.state, duty.reason, duty.closed_by) == (DutyState.WAIVED, "发错科室", who("du"))


def test_the_log_read_again_makes_no_second_duty(bureau):
    one = submitted(ordered())
    duty_of(one)
    assert deriving.recompute(bureau, at=LATER) == 0
    assert Duty.objects.filter(key__startswith="correction").count() == 1
    assert duty_of(one).due_at is None


def test_nobodys_word_closes_the_duty():
    duty = duty_of(ordered())
    assert refused(closing.complete, duty, note="已改", by=who("li"), at=LATER) == (
        "duties.closed_by_facts"
    )


def test_a_units_head_orders_within_the_unit_alone():
    other = Unit.objects.create(agency=factories.agency(), name="监督二科")
    assert ordered(by="wang").ordered_by == who("wang")
    said = order_of(unit=other, officer=None)
    assert refused(ordering.order, said, by=who("wang"), at=NOON) == "correction.outside_unit"


def test_the_head_of_the_office_orders_everywhere():
    assert ordered(by="ban").unit == factories.unit()


@pytest.mark.parametrize(
    ("by", "more", "code"),
    [
        ("li", {}, "people.not_permitted"),
        ("kong", {}, "people.not_permitted"),
        ("wang", {"officer": None}, "correction.ordered_to_oneself"),
        ("du", {"problem": " "}, "correction.words_blank"),
        ("du", {"demand": ""}, "correction.words_blank"),
        ("du", {"article": 14}, "correction.no_such_article"),
        ("du", {"until": date(2026, 1, 4)}, "correction.deadline_passed"),
        ("du", {"until": date(2028, 1, 4)}, "correction.deadline_passed"),
    ],
)
def test_an_order_that_cannot_stand_is_refused(by, more, code):
    assert refused(ordering.order, order_of(**more), by=who(by), at=NOON) == code


def test_somebody_of_another_unit_is_not_ordered():
    said = order_of(unit=factories.office())
    assert refused(ordering.order, said, by=who("du"), at=NOON) == "correction.not_of_unit"


def test_another_cannot_report_for_who_has_to():
    one = ordered()
    facts = {"report": "已改", "at": LATER}
    assert refused(ordering.submit, one, by=who("wang"), **facts) == "correction.not_yours"
    assert refused(ordering.submit, one, by=who("kong"), **facts) == "correction.no_such"


def test_who_ordered_it_says_whether_it_is_put_right():
    one = submitted(ordered())
    assert refused(ordering.accept, one, by=who("zhao"), at=LATER) == "correction.not_the_orderer"
    assert refused(ordering.accept, one, by=who("li"), at=LATER) == "correction.not_the_orderer"


def test_a_leader_does_where_who_ordered_it_is_gone():
    one, du = submitted(ordered()), who("du")
    du.is_active = False
    du.save()
    ordering.accept(one, by=who("zhao"), at=LATER)
    assert one.decided_by == who("zhao")


def test_of_two_at_once_one_is_told_how_it_stands():
    one = submitted(ordered())
    again = Correction.objects.get()
    ordering.accept(one, by=who("du"), at=LATER)
    assert refused(ordering.accept, again, by=who("du"), at=LATER) == "correction.moved"


def test_no_event_no_change(monkeypatch):
    one = ordered()

    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(log, "record", broken)
    with pytest.raises(RuntimeError):
        submitted(one)
    assert Correction.objects.get().state == CorrectionState.ORDERED


def test_proof_is_kept_as_papers_are_until_the_report():
    one = ordered()
    kept = proof.add(one, "说明.pdf", [PDF], by=who("li"), at=LATER)
    assert kept.request_no == one.number
    found, file = proof.open(one, kept.pk, by=who("du"), at=LATER)
    assert (found, file.read()) == (kept, PDF)
    file.close()
    submitted(one)
    more = {"by": who("li"), "at": LATER}
    assert refused(proof.add, one, "又.pdf", [PDF], **more) == "correction.moved"


def test_proof_is_for_who_sees_the_order():
    one = ordered()
    kept = proof.add(one, "说明.pdf", [PDF], by=who("li"), at=LATER)
    other = factories.officer("other", name="别人")
    assert refused(proof.open, one, kept.pk, by=other, at=LATER) == "correction.no_such"
    facts = {"by": who("wang"), "at": LATER}
    assert refused(proof.add, one, "b.pdf", [PDF + b"\n"], **facts) == "correction.not_yours"


@pytest.mark.parametrize(
    ("login", "seen"),
    [("li", 1), ("wang", 1), ("du", 1), ("zhao", 1), ("ban", 1), ("kong", 0), ("sun", 0)],
)
def test_who_sees_an_order(login, seen):
    ordered()
    assert seeing.visible_to(who(login)).count() == seen


def test_another_bureau_sees_none():
    ordered()
    assert not seeing.visible_to(factories.stranger("far", "leader")).exists()


def test_what_went_its_way_is_clean_for_the_audit():
    one = submitted(ordered())
    ordering.send_back(one, opinion="说明不全", until=date(2026, 1, 20), by=who("du"), at=LATER)
    ordered(officer=None)
    assert list(integrity.audit()) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"state": "withdrawn"}, "correction.moved_aside"),
        ({"due_at": NOON + timedelta(days=90)}, "correction.moved_aside"),
        ({"problem": "没有问题"}, "correction.row_changed"),
        ({"officer": None}, "correction.row_changed"),
    ],
)
def test_what_was_changed_behind_the_logs_back_is_named(changed, code):
    ordered()
    Correction.objects.update(**changed)
    assert [one.code for one in integrity.audit()] == [code]
