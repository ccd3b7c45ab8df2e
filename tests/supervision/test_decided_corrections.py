"""What a decision wants put right is ordered with it, and taken back with it."""

import pytest
from breach_cast import DAY, MONDAY, NOON, decided, heard, inquiry, lead, proposed, refused, who
from correction_cast import duty_of, submitted

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.duties.models import DutyState
from liuhen.kernel.clock import midnight
from liuhen.people.models import Officer
from liuhen.people.roles import Role
from liuhen.supervision.breaches import correcting, deciding, following_up, integrity
from liuhen.supervision.breaches.deciding import Proposal
from liuhen.supervision.corrections import integrity as corrections
from liuhen.supervision.corrections import ordering
from liuhen.supervision.corrections.ordering import Order
from liuhen.supervision.models import Breach, Correction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]

BY = MONDAY + 7 * DAY


def to_correct(**more) -> tuple[Breach, Correction]:
    breach = decided("self_criticism", **{"correct_by": BY} | more)
    return breach, Correction.objects.get()


@pytest.mark.enforces("sanctions", article="chengde-safety:28")
def test_a_decision_with_a_day_orders_a_correction_to_the_one_concerned():
    breach, made = to_correct()
    assert (made.source, made.reference) == ("decision", breach.decision_no)
    assert (made.officer, made.unit, made.ordered_by) == (who("li"), factories.unit(), who("zhao"))
    assert (made.article, made.pack_id) == (28, "chengde-safety")
    assert made.due_at == midnight(BY + DAY)
    assert list(correcting.ordered_by(breach)) == [made]


def test_it_is_owed_by_them():
    _breach, made = to_correct()
    duty = duty_of(made)
    assert (duty.owner, duty.due_at) == (who("li"), made.due_at)


@pytest.mark.enforces("sanctions", article="neiqiu-health:23")
def test_each_regulation_orders_by_its_own_article():
    factories.follow("neiqiu-health")
    breach = decided("criticism", correct_by=BY)
    assert [one.article for one in correcting.ordered_by(breach)] == [23]


def test_without_a_day_nothing_is_ordered():
    decided("self_criticism")
    assert not Correction.objects.exists()


def test_it_says_nothing_of_what_it_is_for():
    breach, made = to_correct()
    said = f"{made.problem}{made.demand}"
    event = CustodyEvent.objects.get(kind=Kind.CORRECTION_ORDERED)
    said += bytes(event.entry).decode()
    told = (breach.number, breach.text[:8], breach.finding[:8], breach.item_text[:8], "借")
    assert [word for word in told if word in said] == []
    assert breach.decision_no in made.problem


def test_who_may_not_know_the_breach_is_not_led_to_it():
    breach, made = to_correct()
    found = {login: correcting.decision_of(made, who(login)) for login in ("li", "du", "wang")}
    assert found == {"li": breach, "du": breach, "wang": None}


def test_one_from_elsewhere_leads_to_none():
    to_correct()
    Correction.objects.update(source="other")
    assert correcting.decision_of(Correction.objects.get(), who("du")) is None


def test_revoked_on_an_appeal_it_need_not_be_done():
    breach = decided("self_criticism", correct_by=BY)
    made = Correction.objects.get()
    following_up.appeal(breach, words="事出有因。", by=who("li"), at=NOON)
    following_up.revoke(breach, reason="证据不足。", by=who("qian"), at=NOON)
    made.refresh_from_db()
    assert (made.state, made.decided_by) == ("withdrawn", who("qian"))
    assert breach.decision_no in made.opinion
    assert duty_of(made).state == DutyState.WAIVED


def test_a_report_that_waits_is_taken_back_with_it():
    breach, made = to_correct()
    submitted(made, at=NOON)
    following_up.revoke(breach, reason="认定有误。", by=who("zhao"), at=NOON)
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_what_was_accepted_stays_accepted():
    breach, made = to_correct()
    submitted(made, at=NOON)
    ordering.accept(made, by=who("zhao"), at=NOON)
    following_up.revoke(breach, reason="认定有误。", by=who("zhao"), at=NOON)
    made.refresh_from_db()
    assert made.state == "accepted"


def test_upheld_it_goes_on():
    breach = decided("self_criticism", correct_by=BY)
    following_up.appeal(breach, words="事出有因。", by=who("li"), at=NOON)
    following_up.uphold(breach, reason="事实清楚。", by=who("qian"), at=NOON)
    assert Correction.objects.get().state == "ordered"


def test_anothers_correction_is_not_taken_back_with_it():
    first, mine = to_correct()
    second = decided("self_criticism", of=heard(inquiry(lead("另一件事"))), correct_by=BY)
    following_up.revoke(second, reason="重复。", by=who("zhao"), at=NOON)
    mine.refresh_from_db()
    assert (mine.state, mine.reference) == ("ordered", first.decision_no)


def test_a_day_that_passed_while_it_waited_is_sent_back():
    breach = proposed(correct_by=BY)
    late = NOON + 8 * DAY
    assert refused(deciding.decide, breach, by=who("zhao"), at=late) == "breach.correct_by_passed"
    deciding.send_back(breach, reason="期限已过。", by=who("zhao"), at=late)
    assert not Correction.objects.exists()


def test_on_its_last_day_it_is_still_ordered():
    breach = proposed(correct_by=BY)
    deciding.decide(breach, by=who("zhao"), at=NOON + 7 * DAY)
    assert Correction.objects.get().due_at == midnight(BY + DAY)


def test_nobody_proposes_more_than_a_year():
    breach, said = heard(), Proposal("属实", ("criticism",), MONDAY + 400 * DAY)
    code = refused(deciding.propose, breach, said, by=who("du"), at=NOON)
    assert code == "correction.deadline_passed"


def test_where_no_regulation_held_nothing_is_ordered():
    factories.agency().adoptions.all().delete()
    breach = heard(inquiry(item_no=None))
    said = Proposal("属实", (), BY)
    code = refused(deciding.propose, breach, said, by=who("du"), at=NOON)
    assert code == "breach.nothing_to_correct_by"


def test_who_belongs_to_no_unit_is_ordered_by_name():
    lone = factories.officer("gu", Role.KEEPER, name="顾管")
    assert lone.unit is None
    breach = inquiry(officer="gu")
    Breach.objects.filter(pk=breach.pk).update(told_at=NOON, heard_at=NOON)
    decided("self_criticism", of=breach, correct_by=BY)
    made = Correction.objects.get()
    assert (made.officer, made.unit) == (lone, None)
    assert (duty_of(made).owner, duty_of(made).unit) == (lone, None)


def test_nobody_orders_in_a_decisions_name_by_hand():
    said = Order("decision", factories.unit(), "…", "…", 26, BY, who("li"), "ZR-2026-000001")
    code = refused(ordering.order, said, by=who("du"), at=NOON)
    assert code == "correction.only_by_decision"


def test_it_is_not_withdrawn_by_hand_while_the_decision_stands():
    _breach, made = to_correct()
    code = refused(ordering.withdraw, made, reason="不必了。", by=who("zhao"), at=NOON)
    assert code == "correction.goes_with_decision"
    made.refresh_from_db()
    assert made.state == "ordered"


def test_whoever_the_breach_concerns_does_not_accept_it_in_the_orderers_place():
    breach, made = to_correct()
    submitted(made, at=NOON)
    Officer.objects.filter(login="zhao").update(is_active=False)
    Breach.objects.update(recording=factories.recording(officer=who("qian")))
    code = refused(ordering.accept, made, by=who("qian"), at=NOON)
    assert code == "correction.not_the_orderer"
    Breach.objects.filter(pk=breach.pk).update(recording=None)
    ordering.accept(made, by=who("qian"), at=NOON)
    assert made.state == "accepted"


def test_nobody_decides_to_have_somebody_correct_it_whose_account_is_off():
    breach = proposed(correct_by=BY)
    Officer.objects.filter(login="li").update(is_active=False)
    code = refused(deciding.decide, breach, by=who("zhao"), at=NOON)
    assert code == "breach.nobody_to_correct"
    breach.refresh_from_db()
    assert breach.state == "proposed"


def test_without_a_day_it_is_decided_all_the_same():
    breach = proposed()
    Officer.objects.filter(login="li").update(is_active=False)
    deciding.decide(breach, by=who("zhao"), at=NOON)
    assert breach.state == "decided"


def test_without_the_order_there_is_no_decision(monkeypatch):
    breach = proposed(correct_by=BY)

    def fail(*_args, **_more):
        raise OSError("disk full")

    monkeypatch.setattr(correcting.ordering, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        deciding.decide(breach, by=who("zhao"), at=NOON)
    breach.refresh_from_db()
    assert (breach.state, Correction.objects.count()) == ("proposed", 0)


def test_the_audit_finds_nothing_wrong_with_either():
    breach, _made = to_correct()
    following_up.revoke(breach, reason="认定有误。", by=who("zhao"), at=NOON)
    assert [*integrity.audit(), *corrections.audit()] == []
