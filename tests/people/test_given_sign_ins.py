"""Two people stay two: whoever gave out a sign-in does not decide with it."""

from datetime import timedelta

import pytest

import factories
from factories import NOON
from liuhen.people import importing, roles_changing, second_factor, staff
from liuhen.people.filled import Row
from liuhen.people.given import WAIT, SignInGiven
from liuhen.people.models import Officer, SecondFactor
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer

pytestmark = pytest.mark.usefixtures("bureau")
SOON = NOON + timedelta(hours=1)
PASSWORD = "Rain-on-Slate-7"


def reset_password(login: str, by: str = "an") -> Officer:
    officer = factories.officer(login)
    staff.set_password(officer, PASSWORD, by=factories.officer(by), at=NOON)
    return officer


def reset_factor(login: str, by: Officer | str) -> Officer:
    officer = factories.officer(login)
    SecondFactor.objects.create(officer=officer, sealed_secret="x", added_at=NOON, last_step=0)
    second_factor.reset(officer, by=by, at=NOON)
    return officer


def confirm(by: Officer, at=SOON) -> None:
    an, li = factories.officer("an"), factories.officer("li")
    change = roles_changing.propose(
        li, Role.KEEPER, is_grant=True, reason="工作需要", by=an, at=NOON
    )
    roles_changing.confirm(change, by=Officer.objects.get(pk=by.pk), at=at)


def test_a_confirmer_whose_password_was_reset_confirms_nothing_for_a_while():
    head = reset_password("qian")
    staff.set_password(head, "Slate-on-Rain-8", by=head, at=SOON)  # as whoever has it must
    with pytest.raises(SignInGiven):
        confirm(head)


def test_nor_one_whose_phone_was_reset():
    with pytest.raises(SignInGiven):
        confirm(reset_factor("sun", factories.officer("an")))


def test_afterwards_the_confirmer_confirms_again():
    confirm(reset_password("qian"), at=NOON + WAIT)


def test_ones_own_new_password_takes_nothing_away():
    confirm(reset_password("qian", by="qian"))


def test_nor_does_what_the_servers_keeper_reset():
    confirm(reset_factor("sun", "command"))


def test_a_refusal_waits_as_well():
    an, li, head = (factories.officer(login) for login in ("an", "li", "qian"))
    change = roles_changing.propose(li, Role.KEEPER, is_grant=True, reason="x", by=an, at=NOON)
    reset_password("qian")
    with pytest.raises(SignInGiven):
        roles_changing.refuse(change, by=head, at=SOON)


def test_a_new_account_decides_nothing_yet():
    an = factories.officer("an")
    puppet = NewOfficer("puppet", "某人", PASSWORD, frozenset({Role.BUREAU_HEAD}))
    made = staff.add_officer(an.agency, puppet, by=an, at=NOON)
    roles_changing.confirm(made.role_changes.get(), by=factories.officer("sun"), at=NOON)
    with pytest.raises(SignInGiven):
        confirm(made)


def test_nor_does_an_imported_one():
    an = factories.officer("an")
    row = Row(2, ("某人", "puppet", "", "", "主要负责人", "", ""))
    [made] = importing.take_in(an.agency, [row], by=an, at=NOON)
    roles_changing.confirm(made.officer.role_changes.get(), by=factories.officer("sun"), at=NOON)
    with pytest.raises(SignInGiven):
        confirm(made.officer)


def test_the_first_accounts_decide_at_once():
    confirm(factories.officer("sun"))
