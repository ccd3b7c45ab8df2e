"""A repair ticket, from the fault to the word that the device works again."""

from decimal import Decimal

import pytest

import factories
from devices.device_cast import take_back
from devices.mending_cast import (
    DAY,
    HOUR,
    NOON,
    closed,
    device,
    events_of,
    finished,
    keeper,
    refused,
    report,
    state_of,
    taken_up,
    told,
    used,
)
from liuhen.custody.kinds import Kind
from liuhen.devices import repairs
from liuhen.devices.mending_states import TICKET, Step
from liuhen.devices.models import Device, DeviceState, RepairTicket, Spending, TicketState
from liuhen.devices.repairs import Mended
from people.told import LogDown

pytestmark = pytest.mark.usefixtures("bureau")


@pytest.mark.enforces("repair", article="neiqiu-health:13")
def test_from_the_fault_to_the_word_that_it_works():
    ticket = closed()
    assert (ticket.state, state_of()) == (TicketState.CLOSED, DeviceState.READY)
    assert (ticket.diagnosis, ticket.parts, ticket.cost) == (
        "镜头排线松动",
        "镜头排线 1 条",
        Decimal("120.00"),
    )
    assert (ticket.arrived_at, ticket.finished_at) == (NOON, NOON + 2 * HOUR)
    assert events_of() == [
        Kind.REPAIR_REPORTED,
        Kind.REPAIR_TAKEN_UP,
        Kind.REPAIR_FINISHED,
        Kind.REPAIR_CLOSED,
    ]


def test_a_device_in_stock_goes_to_repair_at_once():
    ticket = report()
    assert (ticket.state, ticket.checkout, state_of()) == ("reported", None, "repair")
    [said] = told(Kind.REPAIR_REPORTED)
    assert said == {"ticket": ticket.pk, "fault": "开机后无图像", "checkout": None}


@pytest.mark.enforces("accountability", article="neiqiu-health:12")
def test_the_user_reports_what_happens_in_use_and_keeps_the_device_until_the_return():
    checkout = used("li")
    ticket = report(checkout.device, by=factories.officer("li"))
    assert (ticket.checkout, state_of()) == (checkout, DeviceState.OUT)
    take_back(checkout)
    assert state_of() == DeviceState.REPAIR


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "an"])
def test_nobody_else_reports_a_device_that_is_not_theirs(login):
    gao = factories.officer("gao")
    checkout, other = used(gao), factories.officer(login)
    assert refused(report, checkout.device, by=other) == "devices.not_yours_to_report"
    assert state_of() == DeviceState.OUT


def test_a_user_whose_account_is_off_reports_nothing():
    checkout = used("li")
    checkout.officer.is_active = False
    no = refused(report, checkout.device, by=checkout.officer)
    assert no == "devices.not_yours_to_report"


def test_after_the_return_the_user_reports_nothing_more():
    checkout, li = used("li"), factories.officer("li")
    facts = {"returned_at": NOON, "received_by": keeper(), "condition": "good"}
    type(checkout).objects.filter(pk=checkout.pk).update(**facts)
    assert refused(report, checkout.device, by=li) == "devices.not_yours_to_report"


@pytest.mark.parametrize("login", ["kong", "zhou", "cai"])
def test_whoever_keeps_devices_or_sees_to_repairs_reports_any(login):
    assert report(by=factories.officer(login)).state == TicketState.REPORTED


def test_another_bureaus_device_is_not_reported():
    far = factories.stranger("far", "keeper")
    assert refused(report, device(), by=far) == "devices.not_yours_to_report"


@pytest.mark.parametrize("fault", ["", " \n"])
def test_no_fault_no_ticket(fault):
    assert refused(report, fault=fault) == "devices.fault_missing"


@pytest.mark.parametrize("state", [DeviceState.LOST, DeviceState.SCRAPPED])
def test_what_is_gone_is_not_mended(state):
    gone = device(state=state)
    assert refused(report, gone) == "devices.device_gone"


def test_of_two_reports_at_once_one_is_the_ticket():
    first = report()
    assert refused(report) == "devices.already_reported"
    assert RepairTicket.objects.get() == first


def test_the_next_fault_is_another_ticket():
    closed()
    assert report(at=NOON + DAY).state == TicketState.REPORTED
    assert RepairTicket.objects.count() == 2


def test_of_two_who_take_it_up_one_does():
    ticket = report()
    stale = RepairTicket.objects.get(pk=ticket.pk)
    taken_up(ticket)
    assert refused(taken_up, stale, diagnosis="电池") == "devices.wrong_step"
    assert RepairTicket.objects.get().diagnosis == "镜头排线松动"
    assert stale.state == TicketState.UNDER_WAY


def do(step: Step, ticket: RepairTicket) -> None:
    cai, at = factories.officer("cai"), NOON + 4 * HOUR
    if step == Step.TAKE_UP:
        taken_up(ticket)
    elif step == Step.FINISH:
        finished(ticket)
    elif step == Step.GIVE_UP:
        repairs.give_up(ticket, reason="主板烧毁", by=cai, at=at)
    else:
        closed(ticket)


@pytest.mark.parametrize("state", TicketState)
@pytest.mark.parametrize("step", Step)
def test_a_step_is_taken_where_the_table_says_so(step, state):
    ticket = report()
    RepairTicket.objects.filter(pk=ticket.pk).update(state=state)
    ticket.refresh_from_db()
    sources, target = TICKET[step]
    if state in sources:
        do(step, ticket)
        assert ticket.state == target
    else:
        assert refused(do, step, ticket) == "devices.wrong_step"
        assert ticket.state == state


def test_what_cannot_be_mended_stays_in_repair_for_its_keeper():
    ticket = report()
    repairs.give_up(ticket, reason="主板烧毁", by=factories.officer("cai"), at=NOON)
    assert (ticket.state, ticket.outcome, state_of()) == ("given_up", "主板烧毁", "repair")
    assert told(Kind.REPAIR_GIVEN_UP) == [{"ticket": ticket.pk, "reason": "主板烧毁"}]


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "zhou", "an"])
def test_repairs_are_for_the_keeper_and_finance(login):
    ticket, other = report(), factories.officer(login)
    assert refused(taken_up, ticket, by=other) == "people.not_permitted"
    assert not repairs.may_handle(ticket, other, Step.TAKE_UP)
    assert repairs.may_handle(ticket, keeper(), Step.TAKE_UP)


def test_another_bureaus_ticket_is_not_there():
    ticket, far = report(), factories.stranger("far", "keeper")
    assert refused(taken_up, ticket, by=far) == "devices.no_such_ticket"
    assert refused(closed, finished(taken_up(ticket)), by=far) == "devices.no_such_ticket"
    assert not repairs.may_handle(ticket, far, Step.FINISH)
    assert not repairs.may_close(ticket, far)


def test_whoever_mended_it_does_not_say_that_it_works():
    ticket, cai = finished(), factories.officer("cai")
    assert refused(closed, ticket, by=cai) == "devices.not_yours_to_close"
    assert not repairs.may_close(ticket, cai)


def test_who_reported_it_and_the_head_of_its_unit_may_say_so():
    ticket = report(used("li").device, by=factories.officer("li"))
    finished(taken_up(ticket))
    other_head = factories.officer("wu", "unit_head", unit=factories.unit("监督二科"))
    may = [repairs.may_close(ticket, factories.officer(login)) for login in ("li", "wang", "kong")]
    assert may == [True, True, True]
    assert not repairs.may_close(ticket, other_head)


def test_what_was_mended_in_its_users_hands_is_still_out():
    closed(finished(taken_up(report(used("li").device))))
    assert state_of() == DeviceState.OUT


@pytest.mark.parametrize("field", ["diagnosis", "repairer"])
def test_taken_up_with_words(field):
    assert refused(taken_up, report(), **{field: " "}) == "devices.words_missing"


def test_a_repairer_is_not_there_before_now():
    no = refused(taken_up, report(), arrived_at=NOON + 2 * HOUR)
    assert no == "devices.in_the_future"


@pytest.mark.parametrize("cost", ["-0.01", "1.005", "10000000000", "NaN", "Infinity"])
def test_a_cost_is_an_amount_of_money(cost):
    assert refused(finished, taken_up(), cost) == "devices.cost_wrong"


def test_a_repair_may_cost_nothing():
    assert finished(cost="0").cost == 0
    assert told(Kind.REPAIR_FINISHED)[0]["cost"] == "0.00"


def test_no_event_no_ticket(log_down):
    of, by = device(), keeper()
    log_down()
    with pytest.raises(LogDown):
        report(of, by=by)
    assert not RepairTicket.objects.exists()
    assert state_of() == DeviceState.READY


@pytest.mark.parametrize(
    ("step", "before"),
    [
        (Step.TAKE_UP, "reported"),
        (Step.GIVE_UP, "reported"),
        (Step.FINISH, "under_way"),
        (Step.CLOSE, "finished"),
    ],
)
def test_no_event_no_step(log_down, step, before):
    ticket = report()
    RepairTicket.objects.filter(pk=ticket.pk).update(state=before)
    ticket.refresh_from_db()
    keeper(), factories.officer("cai")
    log_down()
    with pytest.raises(LogDown):
        do(step, ticket)
    assert RepairTicket.objects.get().state == before
    assert state_of() == DeviceState.REPAIR


def test_long_words_are_kept_as_far_as_they_fit():
    finished_ = taken_up(report(fault="坏" * 600), repairer="某" * 200)
    assert (len(finished_.fault), len(finished_.repairer)) == (500, 100)
    mended = Mended("好" * 600, Decimal(1), "件" * 300)
    repairs.finish(finished_, mended, by=keeper(), at=NOON)
    assert (len(finished_.outcome), len(finished_.parts)) == (500, 200)


def test_a_loss_ends_the_open_ticket():
    ticket, by = report(), keeper()
    with_acts = repairs.abandoned(ticket.device, reason="遗失", by=by, at=NOON)
    assert [act.kind for act in with_acts] == [Kind.REPAIR_GIVEN_UP]
    assert RepairTicket.objects.get().state == TicketState.GIVEN_UP
    assert repairs.abandoned(ticket.device, reason="遗失", by=by, at=NOON) == []


def test_a_loss_leaves_a_repair_that_was_done_done():
    ticket = finished()
    [act] = repairs.abandoned(ticket.device, reason="遗失", by=keeper(), at=NOON)
    assert (act.kind, RepairTicket.objects.get().state) == (Kind.REPAIR_CLOSED, "closed")


def test_a_device_of_another_bureau_with_the_same_number_is_another_one():
    far = factories.stranger("far", "keeper")
    theirs = Device.objects.create(
        agency=far.agency, device_no="ZF-001", kind="body_camera", registered_at=NOON
    )
    report()
    assert report(theirs, by=far).agency == far.agency


@pytest.mark.enforces("repair", article="neiqiu-health:13")
def test_what_it_cost_stands_in_the_years_accounts():
    ticket = finished(cost="120.00")
    entered = Spending.objects.get()
    assert (entered.ticket, entered.amount, entered.category) == (
        ticket,
        Decimal("120.00"),
        "maintenance",
    )
    assert entered.spent_date.year == NOON.year


def test_a_repair_for_nothing_stands_in_no_account():
    finished(cost="0")
    assert not Spending.objects.exists()
