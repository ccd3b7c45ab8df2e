"""Roles given and taken by two people."""

import pytest
from django.db import IntegrityError

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.people import errors, roles_changing
from liuhen.people.models import Decision, Officer, RoleChange, RoleHolding
from liuhen.people.permissions import NotPermitted
from liuhen.people.roles import ADMINISTRATORS, Role
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")


def propose(who="li", role=Role.KEEPER, *, is_grant=True, by="an") -> RoleChange:
    officer = who if isinstance(who, Officer) else factories.officer(who)
    proposer = by if isinstance(by, Officer) else factories.officer(by)
    return roles_changing.propose(
        officer, role, is_grant=is_grant, reason="工作需要", by=proposer, at=NOON
    )


def confirm(change: RoleChange, by="qian") -> None:
    roles_changing.confirm(
        change, by=by if isinstance(by, Officer) else factories.officer(by), at=NOON
    )


def held(login="li") -> set[str]:
    return set(RoleHolding.objects.filter(officer__login=login).values_list("role", flat=True))


def test_two_people_give_a_role():
    change = propose()
    assert held() == {"officer"}
    confirm(change)
    assert held() == {"officer", "keeper"}
    assert kinds("officer:li") == [Kind.ROLE_PROPOSED, Kind.ROLE_GRANTED]


def test_two_people_take_a_role():
    confirm(propose(role=Role.OFFICER, is_grant=False), by="sun")
    assert held() == set()
    assert kinds("officer:li") == [Kind.ROLE_PROPOSED, Kind.ROLE_TAKEN]


def test_a_role_is_refused():
    change = propose()
    roles_changing.refuse(change, reason="不需要", by=factories.officer("qian"), at=NOON)
    change.refresh_from_db()
    assert (change.decision, change.decided_by.login) == (Decision.REFUSED, "qian")
    assert held() == {"officer"}
    assert kinds("officer:li")[-1] == Kind.ROLE_REFUSED


def test_the_proposer_withdraws():
    change = propose()
    roles_changing.withdraw(change, by=factories.officer("an"), at=NOON)
    assert kinds("officer:li")[-1] == Kind.ROLE_WITHDRAWN
    propose()  # may be asked for again


def test_nobody_else_withdraws():
    with pytest.raises(errors.NotYourProposal):
        roles_changing.withdraw(
            propose(), by=factories.officer("an2", Role.SECURITY_ADMIN), at=NOON
        )


@pytest.mark.parametrize("login", ["li", "sun", "shen", "qian", "zhou"])
def test_only_the_security_administrator_proposes(login):
    with pytest.raises(NotPermitted):
        propose("wang", by=login)


@pytest.mark.parametrize("login", ["li", "an", "shen", "zhao", "zhou"])
def test_only_the_bureau_head_or_the_system_administrator_confirms(login):
    change = propose("wang")
    with pytest.raises(NotPermitted):
        confirm(change, by=login)
    assert held("wang") == {"unit_head"}


def test_nobody_proposes_their_own_role():
    with pytest.raises(errors.OwnRoles):
        propose("an", Role.AUDITOR)


def both() -> Officer:
    """Rows may be older than rules: one person with both permissions."""
    return factories.officer("both", Role.SECURITY_ADMIN, Role.BUREAU_HEAD)


def test_nobody_confirms_their_own_proposal():
    change = propose(by=both())
    with pytest.raises(errors.OwnProposal):
        confirm(change, by=both())
    with pytest.raises(errors.OwnProposal):
        roles_changing.refuse(change, by=both(), at=NOON)


def test_the_person_concerned_does_not_confirm():
    change = propose("qian", Role.LEADER)
    with pytest.raises(errors.OwnRoles):
        confirm(change, by="qian")
    with pytest.raises(errors.OwnRoles):
        roles_changing.refuse(change, by=factories.officer("qian"), at=NOON)


def test_an_administrator_takes_no_other_role():
    for role in set(Role) - {Role.SYSTEM_ADMIN}:
        with pytest.raises(errors.AdministratorsApart):
            propose("sun", role)


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_somebody_with_a_role_becomes_no_administrator(role):
    with pytest.raises(errors.AdministratorsApart):
        propose("li", role)


def test_two_of_the_three_are_not_hoped_for_at_once():
    nobody = factories.officer("new")
    nobody.role_holdings.all().delete()
    propose(nobody, Role.AUDITOR)
    for role in (Role.SYSTEM_ADMIN, Role.OFFICER):
        with pytest.raises(errors.AdministratorsApart):
            propose(nobody, role)


def test_what_was_held_meanwhile_stops_the_confirmation():
    nobody = factories.officer("new")
    nobody.role_holdings.all().delete()
    change = propose(nobody, Role.AUDITOR)
    RoleHolding.objects.create(officer=nobody, role=Role.OFFICER, granted_at=NOON)
    with pytest.raises(errors.AdministratorsApart):
        confirm(change)
    change.refresh_from_db()
    assert change.decision == Decision.PENDING


def test_the_databases_no_becomes_the_refusal(monkeypatch):
    sun = factories.officer("sun")
    monkeypatch.setattr(roles_changing, "check_apart", lambda roles: None)
    change = propose(sun, Role.AUDITOR)
    with pytest.raises(errors.AdministratorsApart):
        confirm(change)
    assert held("sun") == {"system_admin"}


def test_somebody_of_another_bureau_is_left_alone():
    with pytest.raises(errors.NotOfThisAgency):
        propose(factories.stranger())


def test_another_bureaus_head_confirms_nothing():
    with pytest.raises(errors.NotOfThisAgency):
        confirm(propose(), by=factories.stranger("head", Role.BUREAU_HEAD))


def test_an_account_that_is_off_is_given_nothing():
    li, change = factories.officer("li"), propose()
    Officer.objects.filter(pk=li.pk).update(is_active=False)
    with pytest.raises(errors.AccountOff):
        confirm(change)
    with pytest.raises(errors.AccountOff):
        propose(role=Role.LEADER)


def test_an_account_that_is_off_can_lose_a_role():
    factories.officer("li", is_active=False)
    confirm(propose(role=Role.OFFICER, is_grant=False))
    assert held() == set()


def test_what_is_held_is_not_given_again():
    with pytest.raises(errors.RoleHeld):
        propose(role=Role.OFFICER)


def test_what_is_not_held_is_not_taken():
    with pytest.raises(errors.RoleNotHeld):
        propose(is_grant=False)


def test_one_proposal_at_a_time():
    propose()
    with pytest.raises(errors.RolePending):
        propose()


@pytest.mark.parametrize("login", ["sun", "shen"])
def test_the_last_administrator_of_a_kind_stays(login):
    officer = factories.officer(login)
    with pytest.raises(errors.LastAdministrator):
        propose(officer, Role(officer.role_holdings.get().role), is_grant=False)


def test_the_last_security_administrator_stays():
    an, an2 = factories.officer("an"), factories.officer("an2", Role.SECURITY_ADMIN)
    change = propose(an, Role.SECURITY_ADMIN, is_grant=False, by=an2)
    Officer.objects.filter(pk=an2.pk).update(is_active=False)
    with pytest.raises(errors.LastAdministrator):
        confirm(change)
    assert held("an") == {"security_admin"}


def test_of_two_taken_at_once_the_second_stays():
    an, an2 = factories.officer("an"), factories.officer("an2", Role.SECURITY_ADMIN)
    first = propose(an, Role.SECURITY_ADMIN, is_grant=False, by=an2)
    second = propose(an2, Role.SECURITY_ADMIN, is_grant=False, by=an)
    confirm(first)
    with pytest.raises(errors.LastAdministrator):
        confirm(second)


def test_of_two_confirmers_one_is_late():
    change = propose()
    confirm(change, by="qian")
    with pytest.raises(errors.RoleDecided):
        confirm(change, by="sun")
    assert kinds("officer:li").count(Kind.ROLE_GRANTED) == 1


def test_the_row_decides_between_two_at_once():
    change = propose()
    RoleChange.objects.filter(pk=change.pk).update(decision=Decision.REFUSED, decided_at=NOON)
    with pytest.raises(errors.RoleDecided):
        roles_changing.decide(change, Decision.CONFIRMED, by=factories.officer("qian"), at=NOON)


def test_the_database_itself_wants_two_people():
    change = propose()
    with pytest.raises(IntegrityError):
        RoleChange.objects.filter(pk=change.pk).update(
            decision=Decision.CONFIRMED, decided_by=change.proposed_by, decided_at=NOON
        )


def test_no_event_no_proposal(log_down):
    li, an = factories.officer("li"), factories.officer("an")
    log_down()
    with pytest.raises(LogDown):
        propose(li, by=an)
    assert not RoleChange.objects.exists()


@pytest.mark.parametrize("verb", [roles_changing.confirm, roles_changing.refuse])
def test_no_event_no_decision(log_down, verb):
    change, qian = propose(), factories.officer("qian")
    log_down()
    with pytest.raises(LogDown):
        verb(change, by=qian, at=NOON)
    assert RoleChange.objects.get().decision == Decision.PENDING
    assert held() == {"officer"}


def test_no_event_nothing_withdrawn(log_down):
    change = propose()
    log_down()
    with pytest.raises(LogDown):
        roles_changing.withdraw(change, by=change.proposed_by, at=NOON)
    assert RoleChange.objects.get().decision == Decision.PENDING
