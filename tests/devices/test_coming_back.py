"""What follows from the state in which a device comes back."""

import pytest

import factories
from devices.mending_cast import NOON, events_of, keeper, report, state_of, used
from liuhen.custody.kinds import Kind
from liuhen.devices import compensating, repairs, taking_back
from liuhen.devices.models import Checkout, CompensationCase, Condition, DeviceState, RepairTicket
from liuhen.devices.taking_back import Return
from people.told import LogDown

pytestmark = pytest.mark.usefixtures("bureau")


def back(checkout: Checkout, condition: Condition, note: str = "屏幕碎裂") -> Checkout:
    given = Return(condition=condition, condition_note=note)
    return taking_back.take_back(checkout, given, by=keeper(), at=NOON)


@pytest.mark.enforces("repair", article="neiqiu-health:13")
def test_a_fault_goes_to_repair_with_the_return():
    ended = back(used("li"), Condition.FAULTY)
    ticket = RepairTicket.objects.get()
    assert (ticket.fault, ticket.checkout, state_of()) == ("屏幕碎裂", ended, DeviceState.REPAIR)
    assert not CompensationCase.objects.exists()
    assert events_of() == [Kind.DEVICE_RETURNED, Kind.REPAIR_REPORTED]


@pytest.mark.enforces("compensation", "accountability", article="neiqiu-health:12")
def test_damage_opens_a_case_against_the_user_as_well():
    ended = back(used("li", price="1800.00"), Condition.DAMAGED)
    case, ticket = CompensationCase.objects.get(), RepairTicket.objects.get()
    assert (case.officer, case.checkout, case.ticket) == (ended.officer, ended, ticket)
    assert (case.story, case.full_price) == ("屏幕碎裂", 1800)


@pytest.mark.parametrize("condition", [Condition.GOOD, Condition.FAULTY, Condition.DAMAGED])
def test_what_was_reported_in_use_is_the_ticket(condition):
    checkout = used("li")
    ticket = report(checkout.device, by=factories.officer("li"))
    back(checkout, condition)
    assert RepairTicket.objects.get() == ticket
    assert state_of() == DeviceState.REPAIR


def test_what_could_not_be_mended_in_use_is_not_handed_out_again():
    checkout = used("li")
    ticket = report(checkout.device, by=factories.officer("li"))
    repairs.give_up(ticket, reason="主板烧毁", by=factories.officer("cai"), at=NOON)
    back(checkout, Condition.GOOD)
    assert state_of() == DeviceState.REPAIR


def test_a_case_opened_in_use_is_no_reason_to_refuse_the_return():
    checkout = used("li")
    ticket = report(checkout.device)
    about = {"officer": checkout.officer, "checkout": checkout, "ticket": ticket}
    compensating.open_case(checkout.device, **about, story="摔落", by=keeper(), at=NOON)
    back(checkout, Condition.DAMAGED)
    assert CompensationCase.objects.get().story == "摔落"


def test_no_event_no_ticket_and_no_return(log_down):
    checkout = used("li")
    keeper()
    log_down()
    with pytest.raises(LogDown):
        back(checkout, Condition.DAMAGED)
    assert not RepairTicket.objects.exists()
    assert (Checkout.objects.get().returned_at, state_of()) == (None, DeviceState.OUT)
