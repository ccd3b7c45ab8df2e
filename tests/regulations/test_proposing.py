"""A change of the rules: one proposes, another decides, the past stays as it was."""

import json
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.policy.values import Retention
from liuhen.kernel.clock import CHINA
from liuhen.kernel.refusal import Refusal
from liuhen.people import staff
from liuhen.people.given import WAIT
from liuhen.people.models import Agency
from liuhen.regulations import current, proposing
from liuhen.regulations.models import Adoption, Proposal, ProposalState
from regulations.made_packs import OTHER

pytestmark = pytest.mark.usefixtures("packs", "bureau")
NOON = factories.NOON
TODAY = NOON.astimezone(CHINA).date()
FEBRUARY = date(2026, 2, 1)
THREE_YEARS = {"article": 2, "rule": "at_least", "period": "P3Y"}


def proposed(by: str = "an", parameter: str = "retention", **changes) -> Proposal:
    facts = {"value": THREE_YEARS, "from_date": FEBRUARY, "reason": "上级要求", "at": NOON}
    facts |= changes
    return proposing.propose(
        factories.agency(), parameter, facts.pop("value"), by=factories.officer(by), **facts
    )


def adoption(by: str = "an", pack_id: str = OTHER, **changes) -> Proposal:
    facts = {"from_date": FEBRUARY, "reason": "新制度印发", "at": NOON} | changes
    return proposing.propose_adoption(
        factories.agency(), pack_id, by=factories.officer(by), **facts
    )


def approve(proposal: Proposal, by: str = "qian", at: datetime = NOON) -> None:
    proposing.approve(proposal, by=factories.officer(by), at=at)


def kept_for(day: date) -> str:
    return str(current.rules(factories.agency(), day).get(Retention).period)


def facts_of(kind: Kind) -> dict:
    return json.loads(bytes(CustodyEvent.objects.get(kind=kind).entry))["facts"]


def code_of(doing, *args, **more) -> str:
    with pytest.raises(Refusal) as no:
        doing(*args, **more)
    return no.value.code


def test_a_proposal_alone_changes_nothing():
    proposed()
    assert kept_for(FEBRUARY) == "P2Y"


@pytest.mark.enforces("in_force")
def test_an_approved_change_holds_from_its_day_on():
    approve(proposed())
    assert kept_for(FEBRUARY - timedelta(days=1)) == "P2Y"
    assert kept_for(FEBRUARY) == "P3Y"


def test_a_later_approval_for_the_same_day_counts():
    approve(proposed())
    approve(proposed(value=THREE_YEARS | {"period": "P4Y"}), at=NOON + timedelta(hours=1))
    assert kept_for(FEBRUARY) == "P4Y"


def test_the_log_keeps_before_and_after_as_canonical_text():
    approve(proposed())
    facts = facts_of(Kind.RULE_CHANGE_APPROVED)
    assert facts["before"] == '{"article":2,"period":"P2Y","rule":"at_least","see":[]}'
    assert facts["after"] == '{"article":2,"period":"P3Y","rule":"at_least","see":[]}'
    assert facts == facts_of(Kind.RULE_CHANGE_PROPOSED) | {"note": ""}


def test_a_parameter_the_regulation_is_silent_on_can_be_set():
    value = {"article": 2, "fields": ["case_name"]}
    approve(proposed(parameter="ledger", value=value))
    assert "ledger" in current.rules(factories.agency(), FEBRUARY).values
    assert facts_of(Kind.RULE_CHANGE_APPROVED)["before"] is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"by": "qian"}, "people.not_permitted"),
        ({"parameter": "colour"}, "regulations.unknown_parameter"),
        ({"value": {"article": 2, "rule": "at_least"}}, "regulations.value_invalid"),
        ({"value": THREE_YEARS | {"article": 99}}, "regulations.value_invalid"),
        ({"value": THREE_YEARS | {"see": [99]}}, "regulations.value_invalid"),
        ({"value": THREE_YEARS | {"period": "P2Y"}}, "regulations.nothing_changes"),
        ({"from_date": TODAY - timedelta(days=1)}, "regulations.too_early"),
        ({"from_date": date(2206, 1, 1)}, "regulations.too_far"),
        ({"reason": " "}, "regulations.no_reason"),
    ],
)
def test_what_cannot_be_proposed(changes, code):
    assert code_of(proposed, **changes) == code
    assert not Proposal.objects.exists()


def test_today_counts_by_chinas_calendar():
    late = datetime(2026, 1, 31, 17, tzinfo=NOON.tzinfo)  # already 1 February there
    assert code_of(proposed, from_date=date(2026, 1, 31), at=late) == "regulations.too_early"
    assert proposed(from_date=FEBRUARY, at=late).pk


def test_one_waits_at_a_time_for_a_parameter_and_a_day():
    proposed()
    assert code_of(proposed, reason="再来") == "regulations.already_pending"
    assert proposed(from_date=FEBRUARY + timedelta(days=1)).pk


def test_nobody_approves_their_own():
    both = factories.officer("both", "bureau_head")
    proposal = proposed()
    Proposal.objects.update(proposed_by=both)
    proposal.refresh_from_db()
    assert code_of(approve, proposal, by="both") == "regulations.own_proposal"
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(state="approved", decided_by=both, decided_at=NOON)


def test_the_database_too_holds_two_persons_apart():
    proposal = proposed()
    head = factories.officer("qian")
    Proposal.objects.update(proposed_by=head)  # behind the loaded row's back
    assert code_of(approve, proposal) == "regulations.own_proposal"
    assert kept_for(FEBRUARY) == "P2Y"


@pytest.mark.parametrize("who", ["an", "zhao", "fa", "sun"])
def test_who_may_not_decide(who):
    proposal = proposed()
    assert code_of(approve, proposal, by=who) == "people.not_permitted"
    by = factories.officer(who)
    assert code_of(proposing.refuse, proposal, by=by, at=NOON, note="x") == "people.not_permitted"


def test_another_bureaus_head_decides_nothing():
    proposal, head = proposed(), factories.officer("qian")
    head.agency = Agency.objects.create(name="别的单位")
    head.save()
    assert code_of(approve, proposal) == "people.not_permitted"


def test_two_deciders_one_effect():
    proposal = proposed()
    approve(proposal)
    assert code_of(approve, proposal) == "regulations.already_decided"
    assert CustodyEvent.objects.filter(kind=Kind.RULE_CHANGE_APPROVED).count() == 1


@pytest.mark.enforces("in_force")
def test_the_past_is_never_rewritten():
    proposal = proposed()
    late = NOON + timedelta(days=40)
    assert code_of(approve, proposal, at=late) == "regulations.day_passed"
    assert kept_for(FEBRUARY) == "P2Y"


def test_a_refusal_says_why():
    proposal, head = proposed(), factories.officer("qian")
    assert code_of(proposing.refuse, proposal, by=head, at=NOON, note=" ") == (
        "regulations.note_missing"
    )
    proposing.refuse(proposal, by=head, at=NOON, note="期限过长")
    assert Proposal.objects.get().state == ProposalState.REFUSED
    assert facts_of(Kind.RULE_CHANGE_REFUSED)["note"] == "期限过长"


def test_the_proposer_withdraws():
    proposal = proposed()
    head = factories.officer("qian")
    assert code_of(proposing.withdraw, proposal, by=head, at=NOON) == (
        "regulations.not_the_proposer"
    )
    proposing.withdraw(proposal, by=factories.officer("an"), at=NOON)
    assert facts_of(Kind.RULE_CHANGE_WITHDRAWN)["after"]
    assert code_of(approve, proposal) == "regulations.already_decided"


@pytest.mark.parametrize(
    ("decision", "login", "more"),
    [
        (proposing.approve, "qian", {}),
        (proposing.refuse, "qian", {"note": "期限过长"}),
        (proposing.withdraw, "an", {}),
    ],
)
def test_a_decision_takes_the_logs_turn_before_its_row(monkeypatch, decision, login, more):
    proposal, order, moved = proposed(), [], proposing.decide
    monkeypatch.setattr(log, "wait_for_turn", lambda: order.append("turn"))
    monkeypatch.setattr(proposing, "decide", lambda *a, **k: (order.append("row"), moved(*a, **k)))
    decision(proposal, by=factories.officer(login), at=NOON, **more)
    assert order[:2] == ["turn", "row"]


def test_a_proposer_whose_account_is_off_withdraws_nothing():
    proposal, left = proposed(), factories.officer("an")
    left.is_active = False
    assert code_of(proposing.withdraw, proposal, by=left, at=NOON) == "people.not_permitted"


@pytest.mark.enforces("in_force")
def test_another_regulation_is_followed_from_its_day():
    approve(adoption())
    assert (kept_for(FEBRUARY - timedelta(days=1)), kept_for(FEBRUARY)) == ("P2Y", "P5Y")
    assert facts_of(Kind.REGULATION_ADOPTED)["pack_id"] == OTHER
    assert facts_of(Kind.RULE_CHANGE_APPROVED)["pack_before"] == "neiqiu-health"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"by": "qian"}, "people.not_permitted"),
        ({"pack_id": "nowhere"}, "regulations.no_such_pack"),
        ({"pack_id": "neiqiu-health"}, "regulations.already_followed"),
        ({"from_date": TODAY - timedelta(days=1)}, "regulations.too_early"),
    ],
)
def test_what_cannot_be_adopted(changes, code):
    assert code_of(adoption, **changes) == code


def test_one_regulation_begins_a_day():
    approve(adoption())
    assert code_of(adoption, pack_id="neiqiu-health") == "regulations.adopted_that_day"


def test_two_that_wait_for_the_same_are_not_both_approved():
    first, second = adoption(), adoption(from_date=FEBRUARY + timedelta(days=1))
    approve(first)
    assert code_of(approve, second) == "regulations.already_followed"
    assert Adoption.objects.filter(pack_id=OTHER).count() == 1


def test_a_change_is_not_carried_into_a_regulation_it_was_not_made_for():
    waiting = adoption()
    approve(proposed(from_date=FEBRUARY + timedelta(days=9)))
    assert code_of(approve, waiting) == "regulations.changes_after"
    assert code_of(adoption, from_date=date(2026, 2, 3)) == "regulations.changes_after"


def test_a_change_waiting_when_the_regulation_changes_is_proposed_anew():
    waiting = proposed(from_date=FEBRUARY + timedelta(days=9))
    approve(adoption(), at=NOON + timedelta(minutes=1))
    assert code_of(approve, waiting) == "regulations.changed_since"


@pytest.mark.parametrize("doing", [proposed, adoption])
def test_no_event_no_proposal(monkeypatch, doing):
    monkeypatch.setattr(proposing.log, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        doing()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("doing", [proposed, adoption])
def test_no_event_no_approval(monkeypatch, doing):
    proposal = doing()
    monkeypatch.setattr(proposing.log, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        approve(proposal)
    assert Proposal.objects.get().state == ProposalState.PROPOSED
    assert kept_for(FEBRUARY) == "P2Y"


@pytest.mark.parametrize("decide", [approve, lambda one: proposing.refuse(
    one, by=factories.officer("qian"), at=NOON, note="不同意")])  # fmt: skip
def test_a_head_whose_password_was_reset_decides_nothing_for_a_while(decide):
    change, head = proposed(), factories.officer("qian")
    staff.set_password(head, "Rain-on-Slate-7", by=factories.officer("an"), at=NOON)
    assert code_of(decide, change) == "people.sign_in_given"
    approve(change, at=NOON + WAIT)
