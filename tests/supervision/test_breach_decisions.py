"""A decision takes two, stops enforcement work where it says so, and may be appealed against."""

from datetime import date, timedelta

import pytest
from breach_cast import (
    DAY,
    MONDAY,
    NOON,
    appealed,
    decided,
    events,
    heard,
    inquiry,
    lead,
    proposed,
    refused,
    state_of,
    who,
)

import factories
from liuhen.devices import handing_out
from liuhen.devices.checking import Found
from liuhen.devices.handing_out import HandOut
from liuhen.engines.policy.periods import Period
from liuhen.people import given, suspending
from liuhen.people.models import Officer
from liuhen.supervision.breaches import deciding, following_up, records, stopping
from liuhen.supervision.breaches.deciding import Proposal
from liuhen.supervision.breaches.following_up import How
from liuhen.supervision.models import Breach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]

CHECKED = Found(dict.fromkeys(("works", "battery", "storage", "clock", "memory"), True))


def hand_out(at):
    to = HandOut(Officer.objects.get(login="li"), CHECKED)
    return handing_out.hand_out(factories.device(), to, by=who("kong"), at=at)


def until() -> date | None:
    return Officer.objects.get(login="li").suspended_until


@pytest.mark.enforces("sanctions", article="chengde-safety:28")
def test_a_month_without_enforcement_blocks_check_out_and_ends_by_itself():
    breach = decided("suspension")
    assert breach.suspended_until == date(2026, 2, 4)
    assert refused(hand_out, NOON) == "devices.user_suspended"
    assert refused(hand_out, NOON + 30 * DAY) == "devices.user_suspended"
    assert hand_out(NOON + 31 * DAY).officer == who("li")


@pytest.mark.enforces("sanctions", article="chengde-safety:28")
def test_the_five_of_the_article_are_decided_together():
    codes = ("disciplinary", "no_awards", "suspension", "criticism", "self_criticism")
    breach = decided(*codes)
    assert [one.code for one in breach.sanctions.order_by("pk")] == list(reversed(codes))
    assert (breach.decision_no, breach.no_awards_year) == ("ZR-2026-000001", 2026)
    assert records.record_of(who("li"), 2026).no_awards
    assert events(breach)[-2:] == ["proposed", "decided"]


@pytest.mark.parametrize(
    ("pack", "codes"),
    [
        ("jiaxian-health", ("criticism", "by_rules")),
        ("weidong-market", ("by_rules", "by_law")),
        ("neiqiu-health", ("criticism", "disciplinary", "criminal")),
        ("luohe-livestock", ("self_criticism", "suspension", "no_awards")),
    ],
)
@pytest.mark.enforces("sanctions")
def test_each_regulation_has_its_own(pack, codes):
    factories.follow(pack)
    breach = decided(*codes)
    assert [one.code for one in breach.sanctions.order_by("pk")] == list(codes)


def test_a_sanction_the_regulation_does_not_list_is_refused():
    factories.follow("weidong-market")
    assert refused(proposed, "suspension") == "breach.no_such_sanction"


@pytest.mark.parametrize(
    ("day", "last"), [("2026-01-05", "2026-02-04"), ("2026-01-31", "2026-02-27")]
)
def test_a_month_is_a_calendar_month(day, last):
    assert deciding.ends(Period(months=1), date.fromisoformat(day)) == date.fromisoformat(last)


def test_who_proposed_does_not_decide():
    breach = proposed(of=heard())
    Breach.objects.update(proposed_by=who("qian"))
    breach.refresh_from_db()
    assert refused(deciding.decide, breach, by=who("qian"), at=NOON) == ("breach.own_proposal")
    assert refused(deciding.decide, breach, by=who("du"), at=NOON) == ("people.not_permitted")


def test_a_leader_decides_nothing_about_themselves():
    breach = proposed("criticism", of=heard_of("zhao"))
    assert refused(deciding.decide, breach, by=who("zhao"), at=NOON) == "breach.concerned"
    deciding.decide(breach, by=who("qian"), at=NOON)
    assert breach.decided_by == who("qian")


def heard_of(login: str) -> Breach:
    from liuhen.supervision.breaches import inquiring

    breach = inquiry(lead(officer=who(login)), officer=login)
    inquiring.tell(breach, until=MONDAY + DAY, words="请说明。", by=who("du"), at=NOON)
    inquiring.not_stated(breach, words="不作陈述。", by=who("du"), at=NOON)
    return breach


def test_a_password_somebody_else_has_just_set_decides_nothing():
    breach = proposed()
    given.note(who("zhao"), at=NOON - timedelta(days=1))
    assert refused(deciding.decide, breach, by=who("zhao"), at=NOON) == ("people.sign_in_given")


def test_of_two_deciders_one_decides():
    breach, seen = proposed("suspension"), Breach.objects.get()
    deciding.decide(breach, by=who("zhao"), at=NOON)
    assert refused(deciding.decide, seen, by=who("qian"), at=NOON) == "breach.moved"
    assert Breach.objects.get().decided_by == who("zhao")


def test_without_the_event_nobody_is_stopped(monkeypatch):
    breach = proposed("suspension")

    def fail(*_args, **_more):
        raise OSError("disk full")

    monkeypatch.setattr(stopping.suspending.log, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        deciding.decide(breach, by=who("zhao"), at=NOON)
    assert (state_of(breach), until()) == ("proposed", None)


def test_sent_back_it_is_inquired_into_again():
    breach = proposed()
    deciding.send_back(breach, reason="事实不清。", by=who("zhao"), at=NOON)
    assert (state_of(breach), events(breach)[-1]) == ("inquiry", "returned")


def test_nothing_follows_where_nothing_is_proposed():
    breach = heard()
    deciding.propose(breach, Proposal("情况不实"), by=who("du"), at=NOON)
    deciding.decide(breach, by=who("zhao"), at=NOON)
    assert (breach.state, events(breach)[-1]) == ("cleared", "cleared")
    assert records.record_of(who("li"), 2026).is_clean


@pytest.mark.enforces("sanctions", article="neiqiu-health:23")
def test_putting_right_has_its_day():
    factories.follow("neiqiu-health")
    breach = decided("criticism", correct_by=MONDAY + 7 * DAY)
    assert breach.correct_by_date == MONDAY + 7 * DAY
    assert (
        refused(proposed, "criticism", of=again(), correct_by=MONDAY - DAY) == "breach.day_passed"
    )


def again() -> Breach:
    return heard(inquiry(lead("另一件事")))


def test_it_is_signed_for_once():
    breach = decided()
    following_up.sign(breach, by=who("li"), at=NOON)
    assert breach.delivered_at == NOON
    assert (
        refused(following_up.hand_over, breach, How.HANDED, words="当面送达", by=who("du"), at=NOON)
        == "breach.delivered"
    )


def test_nobody_signs_for_another():
    breach = decided()
    assert refused(following_up.sign, breach, by=who("wang"), at=NOON) == ("breach.not_concerned")


def test_what_was_carried_out_is_noted_once():
    sanction = decided("self_criticism").sanctions.get()
    following_up.carry_out(sanction, words="已交书面检查。", by=who("du"), at=NOON)
    sanction.refresh_from_db()
    assert (sanction.done_at, sanction.done_by) == (NOON, who("du"))
    assert (
        refused(following_up.carry_out, sanction, words="…", by=who("du"), at=NOON)
        == "breach.carried_out"
    )


def test_an_appeal_is_decided_by_another_and_upheld_it_is_the_last_word():
    breach = appealed()
    assert (
        refused(following_up.uphold, breach, reason="…", by=who("zhao"), at=NOON)
        == "breach.own_decision"
    )
    following_up.uphold(breach, reason="事实清楚。", by=who("qian"), at=NOON)
    assert state_of(breach) == "upheld"
    assert (
        refused(following_up.appeal, breach, words="再诉", by=who("li"), at=NOON) == "breach.moved"
    )


@pytest.mark.enforces("sanctions")
def test_revoked_it_stops_nobody_any_more():
    breach = appealed("suspension", "no_awards")
    assert until() == date(2026, 2, 4)
    following_up.revoke(breach, reason="证据不足。", by=who("qian"), at=NOON)
    assert (state_of(breach), until()) == ("revoked", None)
    assert not records.record_of(who("li"), 2026).no_awards
    assert hand_out(NOON).officer == who("li")


def test_what_another_decision_orders_goes_on():
    first = decided("suspension")
    second = decided("suspension", of=again(), at=NOON + 10 * DAY)
    assert until() == date(2026, 2, 14)
    following_up.revoke(second, reason="重复处理。", by=who("qian"), at=NOON + 10 * DAY)
    assert until() == first.suspended_until


def test_a_longer_stop_somebody_set_is_not_shortened():
    long = date(2026, 6, 30)
    suspending.suspend(who("li"), until=long, reason="另案", by=who("an"), at=NOON)
    breach = decided("suspension")
    assert until() == long
    following_up.revoke(breach, reason="撤销", by=who("qian"), at=NOON)
    assert until() == long


def test_a_decision_without_an_appeal_is_revoked_by_who_took_it():
    breach = decided()
    following_up.revoke(breach, reason="认定有误。", by=who("zhao"), at=NOON)
    assert state_of(breach) == "revoked"
