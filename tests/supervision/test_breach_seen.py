"""Nobody sees a breach but who handles it, who decides, whom it concerns, and the legal office
where it was asked."""

import pytest
from breach_cast import MONDAY, NOON, decided, heard, inquiry, lead, proposed, who

import factories
from liuhen.people.roles import Role
from liuhen.supervision.breaches import inquiring, records, seeing
from liuhen.supervision.breaches.errors import NoSuchBreach

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]

OTHERS = ("wang", "kong", "zhou", "cai", "sun", "an", "shen")


def sees(login: str) -> bool:
    return seeing.visible_to(who(login)).exists()


@pytest.mark.parametrize("made", [lead, inquiry, proposed, decided])
@pytest.mark.enforces("investigation", "secrecy")
def test_nobody_else_in_the_house_sees_any(made):
    breach = made()
    for login in OTHERS:
        assert not sees(login), login
        with pytest.raises(NoSuchBreach):
            seeing.breach_for(breach.number, who(login))


def test_supervision_sees_all_and_a_leader_what_is_to_be_decided():
    breach = inquiry()
    assert (sees("du"), sees("qian"), sees("zhao"), sees("fa")) == (True, True, False, False)
    proposed(of=heard(breach))
    assert sees("zhao")


def test_the_legal_office_sees_it_once_it_is_asked():
    breach = inquiry()
    inquiring.consult(breach, words="?", by=who("du"), at=NOON)
    assert sees("fa")


def test_who_is_concerned_sees_it_from_when_they_are_told_and_only_as_their_own():
    breach = inquiry()
    assert not seeing.own(who("li")).exists()
    heard(breach)
    assert seeing.own_breach(breach.number, who("li")) == breach
    assert not sees("li")


def test_supervision_does_not_find_what_concerns_itself():
    lead(officer=None, activity=factories.activity("HD-2026-000001", "du"))
    assert not sees("du")
    assert sees("qian")


def test_another_bureau_sees_none():
    lead()
    assert not seeing.visible_to(factories.stranger("far", Role.SUPERVISION)).exists()


def test_an_account_that_is_off_sees_nothing_of_its_own():
    breach, li = heard(), who("li")
    li.is_active = False
    li.save()
    assert not seeing.own(li).exists()
    assert breach.officer == li


def test_a_clean_year_is_said_and_a_decision_counts_in_its_year():
    assert records.record_of(who("li"), 2026).is_clean
    breach = decided("no_awards")
    record = records.record_of(who("li"), 2026)
    assert (record.standing, record.no_awards) == ([breach], True)
    assert records.record_of(who("li"), 2025).is_clean


def test_what_waits_for_the_one_concerned():
    breach = inquiry()
    inquiring.tell(breach, until=MONDAY, words="请说明。", by=who("du"), at=NOON)
    assert records.open_for(who("li")).count() == 1
    inquiring.state(breach, words="…", by=who("li"), at=NOON)
    assert records.open_for(who("li")).count() == 0
    decided(of=breach)
    assert records.open_for(who("li")).count() == 1
