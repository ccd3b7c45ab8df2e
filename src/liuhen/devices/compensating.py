"""Compensation (赔偿): who answers for a loss or damage, what is decided, whether it is paid."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.devices import repair_errors as errors
from liuhen.devices.mending_states import CASE, Ruling, allows_ruling
from liuhen.devices.models import (
    Asset,
    Checkout,
    CompensationCase,
    CompensationState,
    Device,
    Fault,
    LossReport,
    RepairTicket,
)
from liuhen.devices.money import is_money
from liuhen.devices.register import subject_of
from liuhen.devices.repairs import cut, need
from liuhen.engines.policy import answering, issuing
from liuhen.engines.policy.answers import Ground
from liuhen.engines.policy.issuing import Owed
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.regulations import current

OPENING = frozenset(
    {Permission.MANAGE_DEVICES, Permission.HANDLE_REPAIRS, Permission.DECIDE_COMPENSATION}
)
NEEDED = {
    Ruling.DECIDE: Permission.DECIDE_COMPENSATION,
    Ruling.WAIVE: Permission.DECIDE_COMPENSATION,
    Ruling.PAY: Permission.MANAGE_BUDGET,
}
"""The leaders decide; that the money is there, finance says."""


@dataclass(frozen=True)
class Facts:
    """What a case is about: who had which device, and what came of it."""

    device: Device
    officer: Officer
    story: str
    checkout: Checkout | None = None
    ticket: RepairTicket | None = None
    loss: LossReport | None = None


@transaction.atomic
def open_case(
    device: Device,
    *,
    officer: Officer,
    story: str,
    by: Officer,
    at: datetime,
    checkout: Checkout | None = None,
    ticket: RepairTicket | None = None,
) -> CompensationCase:
    """Against `officer`, who answers for the device. One for each damage and person.

    Refuses: NotPermitted, NoSuchTicket, NotOfThisBureau, WordsMissing, CaseThere.
    """
    check_opens(device, by)
    log.wait_for_turn()
    need(story, field=_("损坏经过"))
    case, act = opened(Facts(device, officer, story, checkout, ticket), by=by, at=at)
    log.record_all([act])
    return case


def check_opens(device: Device, by: Officer) -> None:
    """Refuses: NotPermitted, NoSuchTicket."""
    if not OPENING & permissions_of(by):
        raise permissions.NotPermitted()
    if device.agency_id != by.agency_id:
        raise errors.NoSuchTicket()


def may_open(device: Device, by: Officer) -> bool:
    return device.agency_id == by.agency_id and bool(OPENING & permissions_of(by))


def opened(facts: Facts, *, by: Officer, at: datetime) -> tuple[CompensationCase, Act]:
    """The row, and the event its caller writes: a loss opens one, whoever reports it."""
    device, officer = facts.device, facts.officer
    if officer.agency_id != device.agency_id:
        raise errors.NotOfThisBureau()
    check_once(facts)
    case = CompensationCase.objects.create(
        agency_id=device.agency_id,
        device=device,
        officer=officer,
        checkout=facts.checkout,
        ticket=facts.ticket,
        loss=facts.loss,
        story=cut(facts.story),
        full_price=price_of(device),
        opened_at=at,
        opened_by=by,
    )
    said = {
        "officer": officer.officer_cert_no or officer.login,
        "name": officer.name,
        "story": case.story,
        "checkout": case.checkout_id,
        "ticket": case.ticket_id,
        "loss": case.loss_id,
        "full_price": money(case.full_price),
    }
    return case, act_of(Kind.COMPENSATION_OPENED, case, by=by, at=at, **said)


def check_once(facts: Facts) -> None:
    """The log's turn is the caller's: nobody opens another one meanwhile. Refuses: CaseThere."""
    if is_open_about(facts):
        raise errors.CaseThere(name=facts.officer.name)


def is_open_about(facts: Facts) -> bool:
    """Whether the person answers for this very damage or loss already; a waived case is over."""
    about = {"ticket": facts.ticket, "loss": facts.loss, "checkout": facts.checkout}
    same = {name: row for name, row in about.items() if row is not None}
    rows = CompensationCase.objects.filter(device=facts.device, officer=facts.officer)
    return bool(same) and rows.filter(**same).exclude(state=CompensationState.WAIVED).exists()


def price_of(device: Device) -> Decimal | None:
    """What one such device cost, in yuan; None: not registered."""
    prices = Asset.objects.filter(device_id=device.pk).values_list("unit_price", flat=True)
    return prices.first()


def full_price(case: CompensationCase) -> Decimal | None:
    """As registered when the case was opened, else as it has been since."""
    return price_of(case.device) if case.full_price is None else case.full_price


def owed(case: CompensationCase, *, deliberate: bool) -> Owed:
    """By the rules of the day on which it was opened; without a regulation the bureau decides."""
    rules = current.rules_if_any(case.agency, in_china(case.opened_at).date())
    return issuing.compensation(rules, deliberate=deliberate) if rules else Owed(False, ())


def answers_for(agency: Agency, at: datetime) -> Ground | None:
    """Why it is the user who answers; None: the regulation then in force does not say."""
    rules = current.rules_if_any(agency, in_china(at).date())
    return answering.user_answers(rules) if rules else None


@transaction.atomic
def decide(
    case: CompensationCase,
    *,
    fault: Fault,
    amount: Decimal,
    reason: str,
    by: Officer,
    at: datetime,
) -> None:
    """How it came about and what is to be paid, in yuan.

    Refuses: NotPermitted, NoSuchCase, OwnCase, WordsMissing, AmountWrong, PriceUnknown,
    NotFullPrice, AmountAbovePrice, CaseMoved.
    """
    check_rules(case, by, Ruling.DECIDE)
    log.wait_for_turn()
    need(reason, field=_("认定理由"))
    wanted = owed(case, deliberate=fault == Fault.DELIBERATE)
    price = full_price(case)
    check_amount(case, wanted, amount, price)
    article = wanted.grounds[0].article if wanted.grounds else None
    said = {"fault": str(fault), "reason": cut(reason), "article": article}
    move(
        case,
        Ruling.DECIDE,
        **said,
        amount=amount,
        full_price=price,
        decided_at=at,
        decided_by=by,
    )
    facts = said | {"amount": money(amount), "full_price": money(price)}
    log.record_all([act_of(Kind.COMPENSATION_DECIDED, case, by=by, at=at, **facts)])


def check_amount(
    case: CompensationCase, wanted: Owed, amount: Decimal, price: Decimal | None
) -> None:
    """Refuses: AmountWrong, PriceUnknown, NotFullPrice, AmountAbovePrice."""
    if not is_money(amount) or amount == 0:
        raise errors.AmountWrong()
    no: errors.PriceUnknown | errors.NotFullPrice | None = None
    if wanted.full_price and price is None:
        no = errors.PriceUnknown(device_no=case.device.device_no)
    elif wanted.full_price and amount != price:
        no = errors.NotFullPrice(price=money(price))
    if no:
        no.article = str(wanted.grounds[0].article)
        raise no
    if price is not None and amount > price:
        raise errors.AmountAbovePrice(price=money(price))


@transaction.atomic
def waive(case: CompensationCase, *, reason: str, by: Officer, at: datetime) -> None:
    """Nothing is to be paid, or no longer, e.g. since the device was found.

    Refuses: NotPermitted, NoSuchCase, OwnCase, WordsMissing, CaseMoved.
    """
    check_rules(case, by, Ruling.WAIVE)
    log.wait_for_turn()
    need(reason, field=_("不予赔偿的理由"))
    case.refresh_from_db(fields=["amount"])
    before = money(case.amount)
    move(case, Ruling.WAIVE, reason=cut(reason), amount=None, decided_at=at, decided_by=by)
    facts = {"reason": case.reason, "amount_before": before}
    log.record_all([act_of(Kind.COMPENSATION_WAIVED, case, by=by, at=at, **facts)])


@transaction.atomic
def paid(case: CompensationCase, *, receipt_no: str, by: Officer, at: datetime) -> None:
    """The whole amount, by the number of its receipt.

    Refuses: NotPermitted, NoSuchCase, OwnCase, WordsMissing, CaseMoved.
    """
    check_rules(case, by, Ruling.PAY)
    log.wait_for_turn()
    need(receipt_no, field=_("收据号"))
    move(case, Ruling.PAY, receipt_no=cut(receipt_no, 50), paid_at=at)
    facts = {"receipt_no": case.receipt_no, "amount": money(case.amount)}
    log.record_all([act_of(Kind.COMPENSATION_PAID, case, by=by, at=at, **facts)])


def check_rules(case: CompensationCase, by: Officer, ruling: Ruling) -> None:
    """Never the person it is about. Refuses: NotPermitted, NoSuchCase, OwnCase."""
    permissions.check(by, NEEDED[ruling])
    if case.agency_id != by.agency_id:
        raise errors.NoSuchCase()
    if case.officer_id == by.pk:
        raise errors.OwnCase()


def may_rule(case: CompensationCase, by: Officer, ruling: Ruling) -> bool:
    granted = NEEDED[ruling] in permissions_of(by) and case.agency_id == by.agency_id
    return granted and case.officer_id != by.pk and allows_ruling(ruling, case.state)


def move(case: CompensationCase, ruling: Ruling, **said: Any) -> None:
    """Compare-and-set by the table: two deciders, one decision. Refuses: CaseMoved."""
    sources, target = CASE[ruling]
    rows = CompensationCase.objects.filter(pk=case.pk, state__in=sources)
    moved = rows.update(state=target, **said)
    case.refresh_from_db(fields=["state", *said])
    if not moved:
        raise errors.CaseMoved(state=CompensationState(case.state).label)


def money(yuan: Decimal | None) -> str | None:
    return None if yuan is None else f"{yuan:.2f}"


def act_of(kind: Kind, case: CompensationCase, *, by: Officer, at: datetime, **facts: Any) -> Act:
    return Act(kind, subject_of(case.device), by, at, {"case": case.pk} | facts)
