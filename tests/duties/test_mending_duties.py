"""A fault and a loss of a device, as duties; and what discharges them."""

from datetime import date
from typing import Any

import pytest
from duty_cast import DAY, HOUR, NOON, handover, rows, told

import factories
from devices.mending_cast import closed, device, finished, keeper, lost, report, taken_up, used
from liuhen.custody.kinds import Kind
from liuhen.devices import losing, repairs
from liuhen.devices.models import Checkout
from liuhen.duties import closing, deriving
from liuhen.duties.models import Cursor, Duty, DutyKind
from liuhen.engines.policy.values import Repair
from liuhen.kernel.refusal import Refusal
from liuhen.regulations.models import Adoption

pytestmark = pytest.mark.django_db
THROUGH_FINANCE = Repair(article=13, through="finance")


def derive() -> None:
    deriving.catch_up(at=NOON + DAY)


def state() -> str:
    return Duty.objects.get().state


def sealed(at: Any, number: str = "2026-000001") -> None:
    factories.recording(number, sealed_at=at, device=device())


@pytest.mark.enforces("repair")
def test_a_fault_is_for_the_post_the_regulation_names(rules):
    rules(repair=THROUGH_FINANCE)
    ticket = report()
    derive()
    duty = Duty.objects.get()
    assert (duty.kind, duty.post, duty.article, duty.due_at) == ("repair", "finance", 13, None)
    assert (duty.device, duty.key, duty.state) == (ticket.device, f"repair:{ticket.pk}", "open")
    assert duty.facts["ticket"] == ticket.pk


def test_where_the_regulation_names_nobody_the_list_is_enough(rules):
    report()
    derive()
    assert not Duty.objects.exists()


def test_before_the_bureau_had_a_regulation_no_repair_was_owed(rules):
    rules(repair=THROUGH_FINANCE, handover=handover())
    Adoption.objects.update(from_date=date(2026, 1, 6))
    report(device("A")), lost(device("B"))
    derive()
    assert not Duty.objects.exists()


@pytest.mark.enforces("repair")
def test_mended_is_done(rules):
    rules(repair=THROUGH_FINANCE)
    ticket = taken_up()
    derive()
    assert state() == "open"
    finished(ticket)
    derive()
    duty = Duty.objects.get()
    assert (duty.state, duty.closed_at) == ("done", NOON + 2 * HOUR)
    assert duty.closed_by == factories.officer("cai")


def test_given_up_is_done_too(rules):
    rules(repair=THROUGH_FINANCE)
    repairs.give_up(report(), reason="主板烧毁", by=keeper(), at=NOON)
    derive()
    assert state() == "done"


def test_nobodys_word_stands_in_for_the_repair(rules):
    rules(repair=THROUGH_FINANCE)
    report()
    derive()
    with pytest.raises(Refusal) as no:
        closing.complete(Duty.objects.get(), note="好", by=factories.officer("cai"), at=NOON)
    assert no.value.code == "duties.closed_by_facts"


@pytest.mark.parametrize("said", [None, False])
def test_what_was_not_handed_in_is_for_supervision(rules, said):
    rules(handover=handover())
    sealed(NOON - HOUR)
    loss = lost(used("li").device, recordings_in=said)
    derive()
    duty = Duty.objects.get(kind=DutyKind.LOSS)
    assert (duty.post, duty.owner, duty.article) == ("supervision", None, 9)
    assert (duty.device, duty.unit, duty.key) == (loss.device, None, f"loss:{loss.pk}")
    assert duty.facts["grounds"][0]["code"] == "recordings_lost"


def test_said_to_be_in_and_something_of_that_use_is_in(rules):
    rules(handover=handover())
    checkout = used("li")
    sealed(NOON - HOUR)
    lost(checkout.device, recordings_in=True)
    derive()
    assert not Duty.objects.filter(kind=DutyKind.LOSS).exists()


def test_said_to_be_in_but_nothing_of_that_use_is_in(rules):
    rules(handover=handover())
    checkout = used("li")
    sealed(NOON - DAY)
    lost(checkout.device, recordings_in=True)
    derive()
    assert Duty.objects.filter(kind=DutyKind.LOSS).exists()


def test_what_comes_in_later_changes_nothing(rules):
    rules(handover=handover())
    lost(used("li").device, recordings_in=True)
    derive()
    before = rows()
    sealed(NOON + HOUR)
    Cursor.objects.update(next_index=0)
    derive()
    assert rows() == before


def test_lost_from_the_cupboard_the_last_use_counts(rules):
    rules(handover=handover())
    checkout = used("li")
    back = {"returned_at": NOON - HOUR, "received_by": keeper(), "condition": "good"}
    Checkout.objects.filter(pk=checkout.pk).update(**back)
    lost(device(state="ready"), recordings_in=True)
    derive()
    assert Duty.objects.filter(kind=DutyKind.LOSS).exists()


def test_one_that_was_never_used_held_nothing(rules):
    rules(handover=handover())
    lost(recordings_in=True)
    derive()
    assert not Duty.objects.exists()


def test_a_regulation_that_sets_no_time_makes_no_duty_of_a_loss(rules):
    lost(used("li").device)
    derive()
    assert not Duty.objects.exists()


def test_found_is_done(rules):
    rules(handover=handover())
    loss = lost(used("li").device)
    derive()
    losing.found(loss, note="找到", by=keeper(), at=NOON + HOUR)
    derive()
    duty = Duty.objects.get()
    assert (duty.state, duty.closed_by) == ("done", keeper())


def test_supervision_says_what_came_of_it(rules):
    rules(handover=handover())
    lost(used("li").device)
    derive()
    duty, du = Duty.objects.get(), factories.officer("du")
    closing.complete(duty, note="已约谈，资料未备份", by=du, at=NOON + DAY)
    assert (duty.state, duty.closed_by) == ("done", du)
    assert told(Kind.DUTY_DONE)[0]["device"] == "ZF-001"


def test_the_unit_it_concerns_does_not_waive_it(rules):
    rules(handover=handover())
    lost(used("li").device)
    derive()
    assert not closing.may_waive(Duty.objects.get(), factories.officer("wang"))
    assert closing.may_waive(Duty.objects.get(), factories.officer("zhao"))


def test_lost_twice_is_two_duties_and_found_closes_its_own(rules):
    rules(handover=handover())
    first = lost()
    losing.found(first, note="找到", by=keeper(), at=NOON + HOUR)
    lost(at=NOON + 3 * HOUR)
    derive()
    states = Duty.objects.order_by("pk").values_list("key", "state")
    assert [one for _, one in states] == ["done", "open"]


def test_the_same_log_twice_changes_nothing(rules):
    rules(repair=THROUGH_FINANCE, handover=handover())
    closed(), lost(device("B"))
    derive()
    before = rows()
    Cursor.objects.update(next_index=0)
    derive()
    assert rows() == before
    assert deriving.recompute(factories.agency(), at=NOON + DAY) == 0


def test_another_bureaus_tickets_are_left_alone(rules):
    rules(repair=THROUGH_FINANCE)
    report()
    assert deriving.recompute(factories.stranger().agency, at=NOON) == 0
    assert deriving.recompute(factories.agency(), at=NOON) == 1


@pytest.mark.parametrize("n", [1, 6])
def test_many_faults_are_read_at_once(rules, django_assert_max_num_queries, n):
    rules(repair=THROUGH_FINANCE)
    for number in range(n):
        report(device(f"Z{number}"))
    with django_assert_max_num_queries(26):
        derive()
    assert Duty.objects.count() == n
