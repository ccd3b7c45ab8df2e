"""Who answers for a loss or damage, what the leaders decide, and that it is paid."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

import factories
from devices.mending_cast import (
    DAY,
    NOON,
    case,
    decide,
    device,
    events_of,
    keeper,
    lost,
    refused,
    report,
    told,
    used,
)
from liuhen.custody.kinds import Kind
from liuhen.devices import compensating
from liuhen.devices.mending_states import CASE, Ruling
from liuhen.devices.models import CompensationCase, CompensationState, Fault
from liuhen.regulations.models import Adoption
from people.told import LogDown

pytestmark = pytest.mark.usefixtures("bureau")
DELIBERATE = Fault.DELIBERATE


def waive(of: CompensationCase, by: str = "zhao", reason: str = "不可抗力") -> None:
    compensating.waive(of, reason=reason, by=factories.officer(by), at=NOON)


def pay(of: CompensationCase, by: str = "cai", receipt_no: str = "0012345") -> None:
    compensating.paid(of, receipt_no=receipt_no, by=factories.officer(by), at=NOON + 2 * DAY)


@pytest.mark.enforces("compensation", article="neiqiu-health:12")
def test_what_was_broken_by_accident_costs_what_the_leaders_decide():
    made = case()
    decide(made, "600.00")
    assert (made.state, made.fault, made.amount) == ("decided", "normal", Decimal("600.00"))
    assert (made.article, made.decided_by.login) == (12, "zhao")
    [said] = told(Kind.COMPENSATION_DECIDED)
    assert (said["amount"], said["full_price"], said["article"]) == ("600.00", "1800.00", 12)


@pytest.mark.enforces("compensation", article="neiqiu-health:12")
def test_what_was_broken_on_purpose_costs_the_full_price():
    made = case(price="1800.00")
    for amount in ("1799.99", "1800.01", "1"):
        assert refused(decide, made, amount, fault=DELIBERATE) == "devices.not_full_price"
    decide(made, "1800", fault=DELIBERATE)
    assert (made.state, made.amount) == ("decided", 1800)


@pytest.mark.enforces("compensation", article="neiqiu-health:12")
def test_without_a_price_on_purpose_is_not_decided_until_there_is_one():
    made = case(price=None)
    assert refused(decide, made, "1800", fault=DELIBERATE) == "devices.price_unknown"
    device(price="1800.00")
    decide(made, "1800", fault=DELIBERATE)
    assert made.full_price == 1800


def test_a_refusal_names_the_article():
    made = case()
    with pytest.raises(compensating.errors.NotFullPrice) as no:
        decide(made, "5", fault=DELIBERATE)
    assert no.value.article == "12"


def test_the_price_is_the_one_of_the_day_it_was_opened():
    made = case(price="1800.00")
    device(price="20.00")
    assert refused(decide, made, "20", fault=DELIBERATE) == "devices.not_full_price"


def test_a_regulation_that_is_silent_leaves_it_to_the_bureau():
    Adoption.objects.update(pack_id="luohe-livestock")
    made = case()
    decide(made, "300.00", fault=DELIBERATE)
    assert (made.amount, made.article) == (300, None)


def test_a_bureau_without_a_regulation_decides_by_itself():
    made, zhao = case(), factories.officer("zhao")
    Adoption.objects.all().delete()
    decide(made, "300.00", fault=DELIBERATE, by=zhao)
    assert made.article is None
    assert compensating.answers_for(made.agency, NOON) is None


@pytest.mark.enforces("accountability", article="weidong-market:4")
def test_the_user_answers():
    Adoption.objects.update(pack_id="weidong-market")
    loss = lost(used("li").device)
    made = CompensationCase.objects.get()
    assert (made.officer, made.loss) == (factories.officer("li"), loss)
    ground = compensating.answers_for(made.agency, made.opened_at)
    assert (ground.article, ground.code) == (4, "user_answers")


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN"])
def test_an_amount_is_money(amount):
    assert refused(decide, case(), amount) == "devices.amount_wrong"


def test_nobody_pays_more_than_the_device_cost():
    assert refused(decide, case(), "1800.01") == "devices.amount_above_price"


def test_without_a_price_an_accident_costs_what_is_decided():
    made = case(price=None)
    decide(made, "600.00")
    assert (made.amount, made.full_price) == (600, None)


def test_a_decision_has_its_reason():
    assert refused(decide, case(), reason=" ") == "devices.words_missing"


@pytest.mark.parametrize("login", ["kong", "zhou", "cai", "wang", "li", "du"])
def test_only_the_leaders_decide(login):
    made, other = case(), factories.officer(login)
    assert refused(decide, made, by=other) == "people.not_permitted"
    assert refused(waive, made, login) == "people.not_permitted"
    assert not compensating.may_rule(made, other, Ruling.DECIDE)


def test_nobody_decides_on_oneself():
    zhao = factories.officer("zhao")
    made = case(by="zhao")
    assert refused(decide, made, by=zhao) == "devices.own_case"
    assert refused(waive, made, "zhao") == "devices.own_case"
    assert not compensating.may_rule(made, zhao, Ruling.DECIDE)
    assert compensating.may_rule(made, factories.officer("qian"), Ruling.DECIDE)


def test_the_database_itself_lets_nobody_decide_on_oneself():
    made = case()
    facts = {"state": "decided", "decided_at": NOON, "decided_by": made.officer}
    with pytest.raises(IntegrityError), transaction.atomic():
        CompensationCase.objects.filter(pk=made.pk).update(**facts)


def test_another_bureaus_case_is_not_there():
    made, far = case(), factories.stranger("far", "leader")
    assert refused(decide, made, by=far) == "devices.no_such_case"
    assert not compensating.may_rule(made, far, Ruling.DECIDE)


def test_of_two_deciders_one_decides():
    made = case()
    stale = CompensationCase.objects.get(pk=made.pk)
    decide(made, "600.00")
    assert refused(decide, stale, "900", by=factories.officer("qian")) == "devices.case_moved"
    assert (CompensationCase.objects.get().amount, stale.state) == (600, "decided")


def test_waived_with_a_reason():
    made = case()
    assert refused(waive, made, reason="") == "devices.words_missing"
    waive(made)
    assert (made.state, made.reason, made.amount) == ("waived", "不可抗力", None)
    assert told(Kind.COMPENSATION_WAIVED)[0]["amount_before"] is None


def test_what_was_decided_is_waived_when_the_device_is_found():
    made = case()
    decide(made, "600.00")
    waive(made, reason="设备已找回")
    assert (made.state, made.amount) == ("waived", None)
    assert told(Kind.COMPENSATION_WAIVED)[0]["amount_before"] == "600.00"


@pytest.mark.enforces("compensation", article="neiqiu-health:12")
def test_paid_by_the_number_of_its_receipt():
    made = case()
    decide(made)
    pay(made)
    assert (made.state, made.receipt_no, made.paid_at) == ("paid", "0012345", NOON + 2 * DAY)
    assert events_of()[-1] == Kind.COMPENSATION_PAID


def test_finance_says_what_is_paid_with_a_receipt():
    made = case()
    decide(made)
    assert refused(pay, made, receipt_no=" ") == "devices.words_missing"
    assert refused(pay, made, "kong") == "people.not_permitted"
    assert refused(pay, made, "zhao") == "people.not_permitted"


def test_finance_does_not_say_it_of_oneself():
    made = case(by="cai")
    decide(made)
    assert refused(pay, made, "cai") == "devices.own_case"


def rule(ruling: Ruling, made: CompensationCase) -> None:
    {Ruling.DECIDE: decide, Ruling.WAIVE: waive, Ruling.PAY: pay}[ruling](made)


@pytest.mark.parametrize("state", CompensationState)
@pytest.mark.parametrize("ruling", Ruling)
def test_a_case_moves_where_the_table_says_so(ruling, state):
    made = case()
    decided_at = None if state == CompensationState.OPEN else NOON
    CompensationCase.objects.filter(pk=made.pk).update(state=state, decided_at=decided_at)
    made.refresh_from_db()
    sources, target = CASE[ruling]
    if state in sources:
        rule(ruling, made)
        assert made.state == target
    else:
        assert refused(rule, ruling, made) == "devices.case_moved"


def test_one_damage_is_one_case():
    made, ticket = case(), report()
    more = {"officer": made.officer, "story": "摔坏", "by": keeper(), "at": NOON}
    first = compensating.open_case(made.device, ticket=ticket, **more)
    assert first.full_price == Decimal("1800.00")
    again = refused(compensating.open_case, made.device, ticket=ticket, **more)
    assert again == "devices.case_there"
    waive(first)
    assert compensating.open_case(made.device, ticket=ticket, **more).state == "open"


def test_several_may_answer_for_one_damage():
    ticket = report()
    for login in ("li", "wang"):
        facts = {"officer": factories.officer(login), "story": "摔坏", "ticket": ticket}
        compensating.open_case(ticket.device, **facts, by=keeper(), at=NOON)
    assert CompensationCase.objects.count() == 2


def test_a_case_is_opened_by_those_who_keep_or_decide():
    made, li = device(), factories.officer("li")
    facts = {"officer": li, "story": "摔坏", "at": NOON}
    assert refused(compensating.open_case, made, by=li, **facts) == "people.not_permitted"
    far = factories.stranger("far", "keeper")
    assert refused(compensating.open_case, made, by=far, **facts) == "devices.no_such_ticket"
    assert not compensating.may_open(made, far)


def test_only_somebody_here_answers():
    facts = {"officer": factories.stranger(), "story": "摔坏", "by": keeper(), "at": NOON}
    assert refused(compensating.open_case, device(), **facts) == "devices.not_of_this_bureau"


def test_a_case_has_its_story():
    facts = {"officer": factories.officer("li"), "story": "", "by": keeper(), "at": NOON}
    assert refused(compensating.open_case, device(), **facts) == "devices.words_missing"


def test_no_event_no_case(log_down):
    by, li, made = keeper(), factories.officer("li"), device()
    log_down()
    with pytest.raises(LogDown):
        compensating.open_case(made, officer=li, story="摔坏", by=by, at=NOON)
    assert not CompensationCase.objects.exists()


@pytest.mark.parametrize("ruling", Ruling)
def test_no_event_no_ruling(log_down, ruling):
    made = case()
    if ruling == Ruling.PAY:
        decide(made)
    before = made.state
    factories.officer("zhao"), factories.officer("cai")
    log_down()
    with pytest.raises(LogDown):
        rule(ruling, made)
    assert CompensationCase.objects.get().state == before
