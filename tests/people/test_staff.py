"""Accounts: adding, putting right, turning off."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people import errors, roles_changing, second_factor, sign_in, staff
from liuhen.people.models import Decision, Officer, RoleChange, RoleHolding, Unit
from liuhen.people.policies import is_suspended
from liuhen.people.roles import ADMINISTRATORS, Role
from liuhen.people.staff import NewOfficer, OfficerFacts
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")


def new(*roles: Role, **facts) -> NewOfficer:
    said = {"login": "new", "name": "新人", "password": "Rain-on-Slate-7"} | facts
    return NewOfficer(roles=frozenset(roles or {Role.OFFICER}), **said)


def add(person: NewOfficer) -> Officer:
    return staff.add_officer(factories.agency(), person, by=factories.officer("an"), at=NOON)


def test_a_new_account_holds_nothing_until_another_confirms():
    made = add(new(Role.OFFICER, Role.KEEPER))
    assert not made.role_holdings.exists()
    waiting = RoleChange.objects.filter(officer=made, decision=Decision.PENDING, is_grant=True)
    assert sorted(waiting.values_list("role", flat=True)) == ["keeper", "officer"]
    assert kinds("officer:new") == [Kind.OFFICER_ADDED, *[Kind.ROLE_PROPOSED] * 2]


def test_a_new_account_changes_its_password_first():
    made = add(new())
    assert (made.must_change_password, made.password_set_at) == (True, NOON)


def test_a_new_account_may_hope_for_no_role():
    made = add(NewOfficer("new", "新人", "Rain-on-Slate-7", frozenset()))
    assert kinds(f"officer:{made.login}") == [Kind.OFFICER_ADDED]


def test_a_new_account_may_not_hope_for_two_of_the_three():
    with pytest.raises(errors.AdministratorsApart):
        add(new(Role.AUDITOR, Role.OFFICER))
    assert not Officer.objects.filter(login="new").exists()


def test_no_event_no_account(log_down):
    by = factories.officer("an")
    log_down()
    with pytest.raises(LogDown):
        staff.add_officer(by.agency, new(), by=by, at=NOON)
    assert not Officer.objects.filter(login="new").exists()


def put_right(officer: Officer, **facts) -> None:
    usual = {"name": officer.name, "officer_cert_no": officer.officer_cert_no}
    to = OfficerFacts(**usual | {"unit": officer.unit} | facts)
    staff.change(officer, to, by=factories.officer("an"), at=NOON)
    officer.refresh_from_db()


def test_facts_are_put_right_with_what_was_before():
    li, unit = factories.officer("li"), factories.unit("监督二科")
    put_right(li, name="李执法二", unit=unit)
    assert (li.name, li.unit) == ("李执法二", unit)
    entry = CustodyEvent.objects.get(kind=Kind.OFFICER_CHANGED).entry
    facts = json.loads(bytes(entry))["facts"]
    assert facts["before"] == {"name": "李执法", "unit": "监督一科"}
    assert facts["after"] == {"name": "李执法二", "unit": "监督二科"}


def test_nothing_put_right_is_no_event():
    put_right(factories.officer("li"))
    assert not CustodyEvent.objects.exists()


def test_a_certificate_is_one_persons_and_the_refusal_names_it():
    factories.officer("wang")
    with pytest.raises(errors.CertTaken, match="HB-wang"):
        put_right(factories.officer("li"), officer_cert_no="HB-wang")


def test_a_certificate_is_one_persons_in_all_bureaus():
    factories.stranger(officer_cert_no="HB-9")
    with pytest.raises(errors.CertTaken):
        put_right(factories.officer("li"), officer_cert_no="HB-9")


def test_two_people_may_have_no_certificate():
    for login in ("zhou", "kong"):
        put_right(factories.officer(login), officer_cert_no=None, name="某人")
    assert Officer.objects.filter(name="某人").count() == 2


def test_nobody_is_put_into_another_bureaus_unit():
    theirs = factories.unit("别处", of=factories.agency("邻县卫健局"))
    with pytest.raises(errors.NotOfThisAgency):
        put_right(factories.officer("li"), unit=theirs)


def test_no_event_nothing_put_right(log_down):
    li = factories.officer("li")
    log_down()
    with pytest.raises(LogDown):
        put_right(li, name="别名")
    assert Officer.objects.get(login="li").name == "李执法"


def switch_off(officer: Officer) -> None:
    staff.switch(officer, active=False, by=factories.officer("an"), at=NOON)


def test_a_units_head_is_not_turned_off():
    wang = factories.officer("wang")
    Unit.objects.update(head=wang)
    with pytest.raises(errors.IsHead, match="监督一科"):
        switch_off(wang)


def test_the_last_of_an_administrators_role_is_not_turned_off():
    with pytest.raises(errors.LastAdministrator):
        switch_off(factories.officer("shen"))
    factories.officer("shen2", Role.AUDITOR)
    switch_off(factories.officer("shen"))
    assert not Officer.objects.get(login="shen").is_active


def test_a_stranger_is_not_turned_off():
    with pytest.raises(errors.NotOfThisAgency):
        switch_off(factories.stranger())


def test_no_event_nobody_turned_off(log_down):
    li, an = factories.officer("li"), factories.officer("an")
    log_down()
    with pytest.raises(LogDown):
        staff.switch(li, active=False, by=an, at=NOON)
    assert Officer.objects.get(login="li").is_active


def back_on(officer: Officer) -> None:
    staff.switch(officer, active=True, by=factories.officer("an"), at=NOON)


def test_an_account_turned_on_again_holds_nothing_until_another_confirms():
    zhou = factories.officer("zhou")
    switch_off(zhou)
    back_on(zhou)
    assert not zhou.role_holdings.exists()
    [change] = RoleChange.objects.filter(officer=zhou)
    assert (change.role, change.is_grant, change.decision) == ("custodian", True, "")
    enabled = CustodyEvent.objects.get(kind=Kind.OFFICER_ENABLED)
    assert json.loads(bytes(enabled.entry))["facts"] == {"roles_waiting": ["custodian"]}
    roles_changing.confirm(change, by=factories.officer("sun"), at=NOON)
    assert zhou.role_holdings.get().role == "custodian"


def test_a_role_that_was_to_be_taken_is_not_proposed_again():
    zhou, an = factories.officer("zhou"), factories.officer("an")
    switch_off(zhou)
    roles_changing.propose(zhou, Role.CUSTODIAN, is_grant=False, reason="退休", by=an, at=NOON)
    back_on(zhou)
    assert not zhou.role_holdings.exists()
    assert not RoleChange.objects.filter(officer=zhou, is_grant=True).exists()


def test_turning_on_what_is_on_takes_no_role():
    zhou = factories.officer("zhou")
    back_on(zhou)
    assert zhou.role_holdings.exists()
    assert kinds("officer:zhou") == []


def test_no_event_nobody_turned_on(log_down):
    zhou = factories.officer("zhou")
    switch_off(zhou)
    log_down()
    with pytest.raises(LogDown):
        back_on(zhou)
    assert zhou.role_holdings.exists()


def test_a_password_from_somebody_else_is_changed_by_its_owner():
    li = factories.officer("li")
    staff.set_password(li, "Rain-on-Slate-7", by=factories.officer("an"), at=NOON)
    assert li.must_change_password
    staff.set_password(li, "Rain-on-Slate-8", by=li, at=NOON)
    assert not li.must_change_password


@pytest.mark.parametrize("second", ADMINISTRATORS[1:])
def test_the_database_itself_keeps_the_administrators_apart(second):
    sun = factories.officer("sun")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHolding.objects.create(officer=sun, role=second, granted_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleHolding.objects.bulk_create([RoleHolding(officer=sun, role=second, granted_at=NOON)])


def test_the_database_itself_lets_nobody_become_a_second_administrator():
    li = factories.officer("li", Role.SYSTEM_ADMIN, Role.OFFICER)
    with pytest.raises(IntegrityError), transaction.atomic():
        li.role_holdings.filter(role=Role.OFFICER).update(role=Role.AUDITOR)


def test_the_last_day_of_a_suspension_counts_in():
    li = Officer(suspended_until=date(2026, 1, 31))
    assert is_suspended(li, date(2026, 1, 31))
    assert not is_suspended(li, date(2026, 2, 1))
    assert not is_suspended(Officer(), date(2026, 1, 1))


def test_another_bureaus_sign_in_is_not_touched():
    far, an = factories.stranger(), factories.officer("an")
    for act in (
        lambda: staff.set_password(far, "Rain-on-Slate-7", by=an, at=NOON),
        lambda: second_factor.reset(far, by=an, at=NOON),
        lambda: sign_in.unlock(far, by=an, at=NOON),
    ):
        with pytest.raises(errors.NotOfThisAgency):
            act()
